"""Names in the environment that look like settings and are none: a slip sets nothing, silently."""

import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

_PREFIX: Final = "LGSP_"


def unknown_names(known: Iterable[str]) -> Mapping[str, str | None]:
    """Return each name that is no setting, with the setting that was probably meant."""
    settings = frozenset(known)
    here = sorted(name for name in os.environ if name.upper().startswith(_PREFIX))  # noqa: TID251 -- names only
    return {name: _meant(name, settings) for name in here if name.upper() not in settings}


def _meant(name: str, settings: frozenset[str]) -> str | None:
    return next(iter(get_close_matches(name.upper(), settings, n=1, cutoff=0.8)), None)
