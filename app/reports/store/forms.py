"""Forms: those that we ship, and imported ones lying over them.

A version that was imported is never written anew, so a report is always read by its own form.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from app.reports.domain.forms import Check, Field, FieldType, Form, Relation, Share, Text
from app.reports.domain.periods import Cycle
from app.reports.tables import forms

_ALL: Final = select(forms.c.content).order_by(forms.c.code, forms.c.version)


def every(connection: Connection) -> Mapping[tuple[str, int], Form]:
    """Return every form by code and version."""
    imported = map(form_of, connection.execute(_ALL).scalars())
    return {(one.code, one.version): one for one in (*shipped(), *imported)}


def current(connection: Connection) -> Mapping[str, Form]:
    """Return the last version of each form, in the order of their codes."""
    found = every(connection)
    return {code: found[code, version] for code, version in sorted(found)}


def add(connection: Connection, form: Form, *, at: datetime) -> None:
    """Add a version of a form."""
    values = {"code": form.code, "version": form.version, "content": asdict(form)}
    connection.execute(insert(forms).values(**values, imported_at=at))


@cache
def shipped() -> Sequence[Form]:
    """Return the forms of `forms.json`."""
    raw = files("app.reports").joinpath("forms.json").read_bytes()
    return tuple(form_of(one) for one in json.loads(raw)["forms"])


def form_of(facts: Mapping[str, Any]) -> Form:
    """Return a form out of its facts."""
    return Form(
        **dict(facts)
        | {
            "title": Text(**facts["title"]),
            "cycle": Cycle(facts["cycle"]),
            "fields": tuple(map(_field, facts["fields"])),
            "checks": tuple(map(_check, facts.get("checks") or ())),
        }
    )


def _field(facts: Mapping[str, Any]) -> Field:
    share = facts.get("share")
    return Field(
        **dict(facts)
        | {
            "name": Text(**facts["name"]),
            "type": FieldType(facts["type"]),
            "source": tuple(facts.get("source") or ()),
            "share": None if share is None else Share(**share),
        }
    )


def _check(facts: Mapping[str, Any]) -> Check:
    return Check(
        **dict(facts)
        | {
            "left": tuple(facts["left"]),
            "relation": Relation(facts["relation"]),
            "right": tuple(facts["right"]),
            "said": Text(**facts["said"]),
        }
    )
