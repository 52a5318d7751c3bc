"""What answers share: records of the domain shown by the same names, or only some of them."""

from collections.abc import Collection
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Shown(BaseModel):
    """What is shown of a record of the domain, by the same names."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Limited(Shown):
    """A record of which only granted fields are shown: the others are not there at all."""

    @classmethod
    def some(cls, record: Any, fields: Collection[str]) -> Self:
        """Show these fields of a record."""
        return cls.model_validate(
            {name: getattr(record, name) for name in cls.model_fields if name in fields}
        )
