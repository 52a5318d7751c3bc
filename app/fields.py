"""JSON field types shared by the slices: codes, moments and bounded text."""

import re
from collections.abc import Callable
from datetime import MAXYEAR, UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from app import codes
from app.platform.clock import VIETNAM

_FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_LAST = datetime(2200, 1, 1, tzinfo=UTC)

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day_as_written(value: Any) -> Any:
    """Refuse what is no day: pydantic takes digits, as text too, for seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a day as YYYY-MM-DD is wanted")


def _moment_as_written(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and _DAY.match(value)):
        return value
    raise ValueError("a moment as YYYY-MM-DDThh:mm:ss with its zone is wanted")


DAY_AS_WRITTEN = BeforeValidator(_day_as_written)
"""Stands behind the bounds of a `date` that has some; the date itself must not be strict."""


def _bounded(moment: datetime) -> datetime:
    if 1 < moment.year < MAXYEAR:  # Every zone's moments of these years are moments of UTC.
        moment = moment.astimezone(UTC)
        if _FIRST <= moment < _LAST:
            return moment
    raise ValueError("between 1900 and 2200")


def _in_vietnam(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).isoformat()


Moment = Annotated[
    AwareDatetime,
    Field(strict=False),
    BeforeValidator(_moment_as_written),
    AfterValidator(_bounded),
    PlainSerializer(_in_vietnam, when_used="json"),
    Field(examples=["2026-11-02T08:40:00+07:00"]),
]
"""A moment with its zone, kept in UTC, written in Vietnam time; 1900 to 2199."""

Day = Annotated[date, Field(strict=False), DAY_AS_WRITTEN]
"""A day as ISO 8601 writes it, and no other way."""

Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""Text of one line, not empty; add `Field(max_length=…)`."""

Text = Annotated[
    str, StringConstraints(min_length=1, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$")
]
"""Text of any number of lines, not empty; add `Field(max_length=…)`."""


def _reading(kind: Callable[[str], str]) -> PlainValidator:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("a text is wanted")  # noqa: TRY004 -- pydantic reports ValueError
        return kind(value)

    return PlainValidator(read)


def _described(example: str, longest: int) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "minLength": 1, "maxLength": longest, "examples": [example]}
    )


AgencyCode = Annotated[
    codes.AgencyCode, _reading(codes.AgencyCode), _described("000.00.12.H38", 35)
]
ProcedureCode = Annotated[
    codes.ProcedureCode, _reading(codes.ProcedureCode), _described("1.003560.H38", 50)
]
DossierCode = Annotated[
    codes.DossierCode, _reading(codes.DossierCode), _described("H38.12-261102-0007", 50)
]
DocumentId = Annotated[
    codes.DocumentId,
    _reading(codes.DocumentId),
    _described("000.00.12.H38,2026/03/02,42/SKTDL-VP", 200),
]
