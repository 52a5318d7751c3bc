"""Field types of the portal's wire, where every scalar travels as text."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
)

from app.platform.clock import VIETNAM
from app.platform.wire import WireModel

_MOMENT = "%Y%m%d%H%M%S"
_DIGITS = re.compile(r"[0-9]{14}")


class PortalModel(WireModel):
    """A record we write: built by its English names, written under its Vietnamese ones."""

    model_config = ConfigDict(validate_by_name=True)


class PortalFact(WireModel):
    """A record we read: the portal may add fields, and quotes its numbers or does not."""

    model_config = ConfigDict(validate_by_name=True, extra="ignore")


def _read_moment(value: Any) -> Any:
    if value == "":
        return None
    if isinstance(value, str):
        if _DIGITS.fullmatch(value) is None:
            raise ValueError("fourteen digits are wanted")
        return datetime.strptime(value, _MOMENT).replace(tzinfo=VIETNAM)
    return value


def _write_moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(VIETNAM).strftime(_MOMENT)


def _cut(longest: int) -> AfterValidator:
    return AfterValidator(lambda text: text[:longest])


def _as_text(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _as_truth(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value)
    return {"1": "True", "0": "False"}.get(value, value) if isinstance(value, str) else value


def _as_amount(value: Any) -> Any:
    text = _as_text(value)
    if isinstance(text, str):
        return re.sub(r"\.0+$", "", text) or "0"
    return text


def _as_list(value: Any) -> Any:
    if value is None or value == "":
        return ()
    return (value,) if isinstance(value, Mapping | str) else value


Moment = Annotated[
    AwareDatetime | None, BeforeValidator(_read_moment), PlainSerializer(_write_moment)
]
"""`yyyyMMddHHmmss` in Vietnam time, whole seconds; empty text when there is none."""

# Codes are refused when too long; what people wrote is cut, as the known clients do.
Code = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Name = Annotated[str, StringConstraints(min_length=1), _cut(500)]
Summary = Annotated[str, StringConstraints(min_length=1), _cut(1000)]
Text = Annotated[str, _cut(4000)]
Content = Annotated[str, StringConstraints(min_length=1), _cut(4000)]
PaperName = Annotated[str, StringConstraints(min_length=1), _cut(2000)]
FileName = Content
PersonName = Annotated[str, StringConstraints(min_length=1), _cut(50)]
Number = Annotated[str, BeforeValidator(_as_text), StringConstraints(pattern=r"^[0-9]+$")]
Digits = Annotated[str, BeforeValidator(_as_text), StringConstraints(pattern=r"^[0-9]*$")]
Amount = Annotated[str, BeforeValidator(_as_amount), StringConstraints(pattern=r"^[0-9]+$")]
"""Whole đồng; read also as `20000.0`, as a number, and as 0 where it is empty."""
Flag = Literal["0", "1"]
Truth = Annotated[Literal["True", "False"], BeforeValidator(_as_truth)]
"""Written "True" or "False"; one client writes "1" and "0", another a boolean."""
StatusCode = Annotated[str, StringConstraints(pattern=r"^(?:[1-9]|10)$")]
"""Trạng thái hồ sơ, in the order of the process: 1 registered … 9 finished, 10 returned."""

Scalar = Annotated[str, BeforeValidator(_as_text)]
"""Text as read: a bare number becomes its text, null the empty text."""

Listed = BeforeValidator(_as_list)
"""Reads null and the empty text as an empty list, one bare element as a list of one."""
