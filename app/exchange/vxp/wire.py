"""Answers of the document axis.

Only answers are read here, so fields nobody told us about are passed over, a number is taken
where text stands, and null is the same as nothing.
"""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

T = TypeVar("T")


class AxisModel(BaseModel):
    """A record of an answer: wire names as aliases, text or number alike."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, validate_by_alias=True, validate_by_name=False,
        coerce_numbers_to_str=True,
    )  # fmt: skip


class Answer(AxisModel):
    """The envelope around every answer; `OK` with code `0` is the only success."""

    status: str
    error_code: str | None = Field(None, alias="ErrorCode")
    description: str | None = Field(None, alias="ErrorDesc")

    @property
    def is_ok(self) -> bool:
        """Whether the axis did what it was asked."""
        return self.status == "OK" and self.error_code in {None, "", "0"}


class SendAnswer(Answer):
    """Answer to `sendEdoc`: the transport id of the package as accepted."""

    doc_id: str | None = Field(None, alias="DocId")


class PacketAnswer(Answer):
    """Answer to `getEdoc`: the packet in base64."""

    data: str | None = None


def _if_readable(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError:
        return None


def _some_readable(rows: list[T | None] | None) -> list[T | None] | None:
    if rows and not any(row is not None for row in rows):
        raise ValueError("no row can be read")
    return rows


class ListAnswer(Answer, Generic[T]):
    """Answer to a list; no `data` is an empty list, a row that cannot be read spoils no other."""

    data: Annotated[
        list[Annotated[T | None, WrapValidator(_if_readable)]] | None,
        AfterValidator(_some_readable),
    ] = None

    @property
    def rows(self) -> list[T]:
        """The rows that can be read."""
        return [row for row in self.data or () if row is not None]

    @property
    def unreadable(self) -> int:
        """How many rows cannot."""
        return len(self.data or ()) - len(self.rows)


def _only_text(value: Any) -> Any:
    return value if isinstance(value, str | int) else None


Text = Annotated[str | None, BeforeValidator(_only_text)]
"""What a list tells beside an id; several texts in an array say nothing, and spoil nothing."""


def _only_yes(value: Any) -> bool:
    return str(value).strip().lower() in {"true", "1"}


Mark = Annotated[bool, BeforeValidator(_only_yes)]
"""A mark that is set, or says nothing."""


class ReceivedItem(AxisModel):
    """A package waiting for this system; the id is that of this delivery, not of the document."""

    doc_id: str = Field(alias="docId", min_length=1)
    service_type: Text = Field(None, alias="serviceType")
    message_type: Text = Field(None, alias="messageType")
    created_at: Text = Field(None, alias="created_time")
    updated_at: Text = Field(None, alias="updated_time")
    sender: Text = Field(None, alias="from")
    recipient: Text = Field(None, alias="to")
    status: Text = None
    status_description: Text = Field(None, alias="status_desc")


class SentItem(AxisModel):
    """One delivery of a package we sent: our transport id and the recipient's."""

    service_type: Text = Field(None, alias="serviceType")
    message_type: Text = Field(None, alias="messageType")
    sender_doc_id: Text = Field(None, alias="senderDocId")
    receiver_doc_id: Text = Field(None, alias="receiverDocId")
    sender: Text = Field(None, alias="fromCode")
    recipient: Text = Field(None, alias="toCode")
    title: Text = None
    notation: Text = None
    sent_at: Text = Field(None, alias="sentTime")
    received_at: Text = Field(None, alias="receivedTime")
    send_status: Text = Field(None, alias="sendStatus")
    send_description: Text = Field(None, alias="sendStatusDesc")
    receive_status: Text = Field(None, alias="receiveStatus")
    receive_description: Text = Field(None, alias="receiveStatusDesc")


class AgencyRow(AxisModel):
    """One agency of the directory, with whichever of its codes the list carries."""

    id: Text = None
    parent_id: Text = Field(None, alias="pid")
    code: str = Field(min_length=1)
    name: Text = None
    mail: Text = None
    former_code: Text = Field(None, alias="oldCode")
    qcvn_code: Text = Field(None, alias="code102")


class UnitRow(AxisModel):
    """One unit of the directory as a tree; a deleted one is still told."""

    id: Text = None
    parent_id: Text = Field(None, alias="pid")
    code: str = Field(min_length=1)
    name: Text = None
    is_deleted: Mark = Field(default=False, alias="deleted")
    modified_at: Text = Field(None, alias="modifyDate")
