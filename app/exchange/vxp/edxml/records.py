"""What all groups of a packet have in common: texts held by one rule, moments to the second."""

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Final

from app.codes import AgencyCode
from app.exchange.vxp.edxml import texts
from app.exchange.vxp.edxml.dates import is_near
from app.exchange.vxp.edxml.errors import (
    MissingElementError,
    UnwritableTextError,
    WrongDateError,
    WrongNumberError,
)

MAX_NUMBER: Final = 999_999_999


@dataclass(frozen=True, slots=True)
class Record:
    """A group of the packet: texts held by one rule, moments in UTC and to the second."""

    def __post_init__(self) -> None:
        for name, default in _defaults_of(type(self)):
            given = getattr(self, name)
            if given is default or type(given) in _HELD or _is_plain(given):
                continue
            value = _held(given, name)
            if value is None and default is MISSING:
                raise MissingElementError(f"/{name}")
            kept = default if value is None else value
            if kept is not given:
                object.__setattr__(self, name, kept)

    @property
    def is_saying(self) -> bool:
        """Whether any part of the group is there."""
        return any(getattr(self, name) not in _NOTHING for name, _ in _defaults_of(type(self)))


_NOTHING: Final[tuple[Any, ...]] = (None, ())

_HELD: Final = frozenset({bool, AgencyCode})
"""Kinds whose values are always as a packet holds them."""

_DEFAULTS: Final[dict[type[Record], tuple[tuple[str, Any], ...]]] = {}


def _defaults_of(kind: type[Record]) -> tuple[tuple[str, Any], ...]:
    """Return the names of a group's parts with their defaults: to look is costly, so once."""
    known = _DEFAULTS.get(kind)
    if known is None:
        known = _DEFAULTS[kind] = tuple((one.name, one.default) for one in fields(kind))
    return known


def parts_of(value: Record) -> Sequence[tuple[str, Any]]:
    """Return what a group has that is not None, with its names, in their order."""
    named = [(name, getattr(value, name)) for name, _ in _defaults_of(type(value))]
    return [one for one in named if one[1] is not None]


def _is_plain(value: Any) -> bool:
    """Tell quickly of most texts that they are as a packet holds them: letters and inner spaces."""
    return (
        type(value) is str
        and value.isprintable()
        and value.strip(" ") == value
        and value not in {"", "null"}
    )


def _held(value: Any, name: str) -> Any:
    """Return the value as it will be read back, or None where it says nothing."""
    match value:
        case str():
            if not texts.is_writable(value):
                raise UnwritableTextError(f"/{name}")
            text = texts.held(value)
            return value if text == value else text
        case tuple():
            return tuple(one for one in (_held(each, name) for each in value) if one is not None)
        case date():
            return _told(value, name)
        case Record():
            return value if value.is_saying else None
        case int() if not 0 <= value <= MAX_NUMBER:
            raise WrongNumberError(f"/{name}")
    return value


def _told(when: date, name: str) -> date:
    """Return a day as it is, and a moment in UTC."""
    if isinstance(when, datetime) and when.tzinfo is None:
        raise ValueError("a moment names its zone")
    if not is_near(when):
        raise WrongDateError(f"/{name}")
    return when.astimezone(UTC).replace(microsecond=0) if isinstance(when, datetime) else when
