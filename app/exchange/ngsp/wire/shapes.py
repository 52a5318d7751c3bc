"""What all messages of the shared national services have in common."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from app.platform.wire import WireModel


class Sent(WireModel):
    """A message of ours: built by its English names, written under the names of the wire."""

    model_config = ConfigDict(validate_by_name=True)


class Heard(BaseModel):
    """A message of theirs: keys that we do not know are overlooked."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, validate_by_alias=True, validate_by_name=False,
        serialize_by_alias=True,
    )  # fmt: skip


def _as_text(value: Any) -> Any:
    """Read a number as its digits and null as nothing; a truth stays what it is, and is refused."""
    if value is None:
        return ""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else value


Scalar = Annotated[str, BeforeValidator(_as_text)]
"""Text that some senders write as a number, or leave null."""
