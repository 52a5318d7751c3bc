"""What answers share: records of the domain shown by the same names, or only some of them."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from app.lookups.domain.granting import Leave


class Shown(BaseModel):
    """What is shown of a record of the domain, by the same names."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


def _nothing_is_required(schema: dict[str, Any]) -> None:
    schema.pop("required", None)


class Limited(Shown):
    """A record of which only granted fields are shown: the others are not there at all."""

    model_config = ConfigDict(json_schema_extra=_nothing_is_required)


_EVERY: Final = "__all__"


def hidden(shown: BaseModel, leave: Leave) -> dict[str, Any]:
    """Return what of an answer's records may not be told, as pydantic's `exclude` wants it."""
    found: dict[str, Any] = {}
    for name in type(shown).model_fields:
        value = getattr(shown, name)
        if isinstance(value, Limited):
            found[name] = hidden_of(value, leave)
        elif isinstance(value, list) and value and isinstance(value[0], Limited):
            found[name] = {_EVERY: hidden_of(value[0], leave)}
    return found


def hidden_of(record: Limited, leave: Leave) -> Mapping[str, bool]:
    """Return which fields of a record may not be told."""
    return {name: True for name in type(record).model_fields if not leave.shows(name)}
