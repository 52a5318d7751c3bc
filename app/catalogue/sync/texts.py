"""Texts of a national record, made fit for the catalogue: cleaned and cut, never guessed."""

import re
from datetime import UTC, datetime
from typing import Any, Final

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")
_CONTROL_BUT_LINES: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_DAYS: Final = ("%Y%m%d%H%M%S", "%Y%m%d", "%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")
"""Forms of a day; which one the portal writes is not publicly known."""

NAME, LONG_NAME, PROSE, SHORT, ADDRESS = 300, 1000, 20_000, 50, 2000
"""Longest texts of each kind in the catalogue."""


def line(text: str, longest: int) -> str | None:
    """Return one line, at most so long; None when there is nothing."""
    return " ".join(_CONTROL.sub(" ", text).split())[:longest].strip() or None


def prose(text: str) -> str | None:
    """Return text of any number of lines; None when there is nothing."""
    return _CONTROL_BUT_LINES.sub(" ", text).strip()[:PROSE].strip() or None


def whole(text: str, largest: int) -> int | None:
    """Return a whole number written `5`, `5.0` or `20000`; None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() and 0 <= number <= largest else None


def day(text: str) -> str | None:
    """Return a day as ISO 8601; None for a form nobody knows."""
    for form in _DAYS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return None


def filled(**fields: Any) -> dict[str, Any]:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
