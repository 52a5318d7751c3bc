"""The packets of the document axis as facts: a document (`Packet`) and a status about one.

Everything is optional that a packet may lack and still be routed and identified; the required
rest is checked when the packet is made, so a packet that exists can be written.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from typing_extensions import override

from app.codes import AgencyCode, DocumentId
from app.exchange.vxp.edxml import media
from app.exchange.vxp.edxml.errors import (
    EmptyAttachmentError,
    MissingElementError,
    RepeatedContentIdError,
)
from app.exchange.vxp.edxml.records import Record
from app.platform.contents import Content


class BusinessKind(IntEnum):
    """What a packet does (BussinessDocType)."""

    NEW = 0
    REVOKE = 1
    UPDATE = 2
    REPLACE = 3


class StatusCode(StrEnum):
    """What happened to a document at the other party (StatusCode)."""

    ARRIVED = "01"
    REJECTED = "02"
    RECEIVED = "03"
    ASSIGNED = "04"
    PROCESSING = "05"
    FINISHED = "06"
    TAKE_BACK = "13"
    AGREED = "15"
    DECLINED = "16"


class Priority(IntEnum):
    """Urgency: thường, khẩn, thượng khẩn, hỏa tốc, hỏa tốc hẹn giờ."""

    NORMAL = 0
    URGENT = 1
    VERY_URGENT = 2
    EXPRESS = 3
    TIMED_EXPRESS = 4


class Steering(IntEnum):
    """Whether a document directs (SteeringType); 0 is what two known writers send always."""

    UNSTATED = 0
    NO_DIRECTIVE = 1
    DIRECTIVE = 2
    REPORT = 3


@dataclass(frozen=True, slots=True)
class Organisation(Record):
    """A sender or a recipient; `in_charge` names the agency above it."""

    code: AgencyCode
    name: str | None = None
    in_charge: str | None = None
    address: str | None = None
    email: str | None = None
    telephone: str | None = None
    fax: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentType(Record):
    """Loại văn bản. Writers disagree on the code: the name is the truth."""

    code: int | None = None
    name: str | None = None
    detail: int | None = None


@dataclass(frozen=True, slots=True)
class Signer(Record):
    """Who signed, and on whose authority (`TM.`, `KT. GIÁM ĐỐC`, …)."""

    full_name: str | None = None
    position: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Staff(Record):
    """Who at the agency acted."""

    department: str | None = None
    name: str | None = None
    mobile: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class OtherInfo(Record):
    """Urgency, circulation, the drafter's mark, copies, pages and annex titles."""

    priority: Priority | None = None
    circulation: str | None = None
    drafter: str | None = None
    copies: int | None = None
    pages: int | None = None
    appendixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentReference(Record):
    """Another document: whose (or, in a status, to whom), its symbol, date and id."""

    agency: AgencyCode | None = None
    document_id: DocumentId | None = None
    symbol: str | None = None
    promulgated_on: date | None = None


@dataclass(frozen=True, slots=True)
class TraceHop(Record):
    """One node the packet went through; the axis writes some without a code."""

    code: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Replacement(Record):
    """A document that is replaced, and the recipients for whom it is."""

    document_id: DocumentId
    recipients: tuple[AgencyCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Business(Record):
    """What the packet does and to which earlier document (`document_id`)."""

    kind: BusinessKind = BusinessKind.NEW
    reason: str | None = None
    document_id: DocumentId | None = None
    is_content_changed: bool = False
    are_receivers_changed: bool = False
    added: tuple[AgencyCode, ...] = ()
    dropped: tuple[AgencyCode, ...] = ()
    staff: Staff | None = None
    has_paper: bool = False
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment(Record):
    """A file of the packet, as the sender had it: decoded and out of its zip.

    A large one comes as a `Content`, which need not be in memory; bytes become one.
    """

    content_id: str
    name: str
    file: bytes | Content = field(repr=False)
    description: str | None = None

    @override
    def __post_init__(self) -> None:
        Record.__post_init__(self)
        object.__setattr__(self, "file", self.source)
        if not self.source.size:
            raise EmptyAttachmentError(f"/attachments/{self.content_id}")

    @property
    def source(self) -> Content:
        """The file, to be read in pieces."""
        return Content.of(self.file) if isinstance(self.file, bytes) else self.file

    @property
    def content(self) -> bytes:
        """The whole file in memory: for what is known to be small."""
        return self.source.data

    @property
    def content_type(self) -> str:
        """The media type of the file's extension; what packets declare is the wire's or wrong."""
        return media.content_type(self.name)


@dataclass(frozen=True, slots=True)
class Packet(Record):
    """An `edoc`: one document on its way to its recipients."""

    sender: Organisation
    recipients: tuple[Organisation, ...]
    number: str
    notation: str
    document_id: DocumentId
    place: str | None = None
    promulgated_on: date | None = None
    document_type: DocumentType = DocumentType()
    subject: str | None = None
    content: str | None = None
    signer: Signer = Signer()
    due_on: date | None = None
    to_places: tuple[str, ...] = ()
    other: OtherInfo = OtherInfo()
    response_for: tuple[DocumentReference, ...] = ()
    steering: Steering | None = None
    hops: tuple[TraceHop, ...] = ()
    business: Business = Business()
    attachments: tuple[Attachment, ...] = ()

    @override
    def __post_init__(self) -> None:
        Record.__post_init__(self)
        if not self.recipients:
            raise MissingElementError("/recipients")
        if len({one.content_id for one in self.attachments}) < len(self.attachments):
            raise RepeatedContentIdError("/attachments")

    @property
    def symbol(self) -> str:
        """Số và ký hiệu: `42/SKTDL-VP`."""
        return f"{self.number}/{self.notation}"


@dataclass(frozen=True, slots=True)
class StatusPacket(Record):
    """A status about one document; `response_for.agency` is the party that should read it."""

    sender: Organisation
    response_for: DocumentReference
    code: StatusCode
    at: datetime
    description: str | None = None
    staff: Staff | None = None

    @override
    def __post_init__(self) -> None:
        Record.__post_init__(self)
        for name in ("agency", "document_id"):
            if getattr(self.response_for, name) is None:
                raise MissingElementError(f"/response_for/{name}")
