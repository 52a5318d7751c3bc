"""The index of templates, which is data, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from app.notices.domain.notices import Kind, Template

FOLDER: Final = Path(__file__).resolve().parents[1] / "templates"


@cache
def templates() -> Mapping[Kind, Template]:
    """Return every template by its kind."""
    rows = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))
    return {
        Kind(name): Template(Kind(name), row["title"], row["waits"], frozenset(row["acts"]))
        for name, row in rows.items()
    }


@cache
def by_act() -> Mapping[str, Template]:
    """Return the template that each act triggers."""
    return {act: one for one in templates().values() for act in one.acts}
