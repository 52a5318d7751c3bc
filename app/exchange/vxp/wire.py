"""Answers of the document axis.

Only answers are read here, so fields nobody told us about are passed over, a number is taken
where text stands, and null is the same as nothing.
"""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

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


class ListAnswer(Answer, Generic[T]):
    """Answer to a list; no `data` is an empty list."""

    data: list[T] | None = None


def _only_text(value: Any) -> Any:
    return value if isinstance(value, str | int) else None


Code = Annotated[str | None, BeforeValidator(_only_text)]
"""A code that a list tells beside an id; several in an array say nothing, and spoil nothing."""


class ReceivedItem(AxisModel):
    """A package waiting for this system; the id is that of this delivery, not of the document."""

    doc_id: str = Field(alias="docId", min_length=1)
    service_type: str | None = Field(None, alias="serviceType")
    message_type: str | None = Field(None, alias="messageType")
    created_at: str | None = Field(None, alias="created_time")
    updated_at: str | None = Field(None, alias="updated_time")
    sender: Code = Field(None, alias="from")
    recipient: Code = Field(None, alias="to")
    status: str | None = None
    status_description: str | None = Field(None, alias="status_desc")


class SentItem(AxisModel):
    """One delivery of a package we sent: our transport id and the recipient's."""

    service_type: str | None = Field(None, alias="serviceType")
    message_type: str | None = Field(None, alias="messageType")
    sender_doc_id: str | None = Field(None, alias="senderDocId")
    receiver_doc_id: str | None = Field(None, alias="receiverDocId")
    sender: str | None = Field(None, alias="fromCode")
    recipient: str | None = Field(None, alias="toCode")
    title: str | None = None
    notation: str | None = None
    sent_at: str | None = Field(None, alias="sentTime")
    received_at: str | None = Field(None, alias="receivedTime")
    send_status: str | None = Field(None, alias="sendStatus")
    send_description: str | None = Field(None, alias="sendStatusDesc")
    receive_status: str | None = Field(None, alias="receiveStatus")
    receive_description: str | None = Field(None, alias="receiveStatusDesc")


class AgencyRow(AxisModel):
    """One agency of the directory, with whichever of its codes the list carries."""

    id: str | None = None
    parent_id: str | None = Field(None, alias="pid")
    code: str = Field(min_length=1)
    name: str | None = None
    mail: str | None = None
    former_code: str | None = Field(None, alias="oldCode")
    qcvn_code: str | None = Field(None, alias="code102")


class UnitRow(AxisModel):
    """One unit of the directory as a tree; a deleted one is still told."""

    id: str | None = None
    parent_id: str | None = Field(None, alias="pid")
    code: str = Field(min_length=1)
    name: str | None = None
    is_deleted: bool = Field(default=False, alias="deleted")
    modified_at: str | None = Field(None, alias="modifyDate")
