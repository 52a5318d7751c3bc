"""Types of values that several services write."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, ConfigDict

from app.exchange.dvcqg.wire.fields import Listed, PortalFact, Scalar
from app.platform.wire import WireModel

__all__ = ["Day", "Listed", "Scalar", "ServiceFact", "ServiceModel", "or_none"]

_FORMS: Final = (
    (re.compile(r"\d{2}/\d{2}/\d{4}"), "%d/%m/%Y"),
    (re.compile(r"\d{8}"), "%Y%m%d"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "%Y-%m-%d"),
)


class ServiceModel(WireModel):
    """What we write: built by its English names, written under its Vietnamese ones."""

    model_config = ConfigDict(validate_by_name=True)


class ServiceFact(PortalFact):
    """What we read: a service may add fields, and quotes its numbers or does not."""


def _read_day(value: Any) -> Any:
    if value is None or value == "":
        return None
    for form, layout in _FORMS:
        if isinstance(value, str) and form.fullmatch(value):
            return datetime.strptime(value, layout).date()  # noqa: DTZ007 -- a day has no zone
    raise ValueError("a day is wanted")


Day = Annotated[date | None, BeforeValidator(_read_day)]
"""`dd/MM/yyyy`, `yyyyMMdd` or `yyyy-MM-dd`; None where it is empty. Any other text is no day."""


def or_none(text: str) -> str | None:
    """Return a text without the space around it; None if nothing is left."""
    return text.strip() or None
