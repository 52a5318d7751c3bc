"""Rules' own values as plain JSON, and back: for the database and for messages owed."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_PLAIN: Final = frozenset({NoneType, bool, int, str})


def facts_of(value: Any) -> Any:
    """Return a value as JSON: records as objects, moments and days as ISO 8601, codes as text."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if names := _names(kind):
        return {name: facts_of(getattr(value, name)) for name in names}
    if kind is tuple:
        return [facts_of(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def from_facts(kind: type[T], facts: Any) -> T:
    """Return the value of a kind that gave `facts`; a field that is not in them has its default."""
    value: T = _read(kind, facts)
    return value


def _read(kind: Any, facts: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        return None if facts is None else _read(_without_none(kind), facts)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in facts)
    if is_dataclass(kind):
        return _record(kind, facts)
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(facts)
    return facts if kind in {bool, int, str} else kind(facts)


def _record(kind: Any, facts: Any) -> Any:
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], fact) for name, fact in facts.items() if name in hints})


def _without_none(kind: Any) -> Any:
    (found,) = (one for one in get_args(kind) if one is not NoneType)
    return found


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a record, and none of anything else."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
