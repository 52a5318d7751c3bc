"""A document as the gateway knows it, sent and received alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, Final

from app.codes import AgencyCode, DocumentId
from app.documents.domain.statuses import Recall, Standing, Status
from app.documents.domain.withdrawal import Withdrawal

Facts = Mapping[str, Any]
"""A packet's header as plain JSON values."""

_NUMBER: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_DATED: Final = re.compile(r"(.*,)(\d{4})([/-])(\d{2})\3(\d{2})(,.*)", re.DOTALL)


class Business(IntEnum):
    """What a document does: loại nghiệp vụ."""

    NEW = 0
    REVOKE = 1
    UPDATE = 2
    REPLACE = 3

    @property
    def has_original(self) -> bool:
        """Whether it is about one earlier document, whose statuses it shares."""
        return self in {Business.REVOKE, Business.UPDATE}


class Role(StrEnum):
    """How a packet names a recipient: an update may add some and drop others."""

    TO = "to"
    ADDED = "added"
    DROPPED = "dropped"


class Route(StrEnum):
    """How a document reaches one recipient.

    `local`: from one of our members to another, never leaving us; `axis`: sent over the
    document axis; `here`: it came over the axis for one of our members.
    """

    LOCAL = "local"
    AXIS = "axis"
    HERE = "here"


class Delivery(StrEnum):
    """What became of something on its way; `refused` stays until somebody retries it."""

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"
    DELIVERED = "delivered"


class Source(StrEnum):
    """Who wrote a status down: the gateway itself, one of our members, or the axis."""

    AUTOMATIC = "automatic"
    MEMBER = "member"
    AXIS = "axis"


@dataclass(frozen=True, slots=True)
class Party:
    """An agency: its canonical code, and the spelling that the packet used."""

    code: AgencyCode
    spelling: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A document at one recipient."""

    party: Party
    route: Route
    delivery: Delivery
    standing: Standing = field(default_factory=Standing)
    status_at: datetime | None = None
    transport_id: str | None = None
    reason: str | None = None
    role: Role = Role.TO
    withdrawn: Withdrawal | None = None
    replaced_by: str | None = None

    @property
    def is_here(self) -> bool:
        """Whether the document lies in the inbox of one of our members."""
        return self.route is not Route.AXIS


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a document, out of its packing; its content is kept by its SHA-256."""

    n: int
    content_id: str
    name: str
    content_type: str
    size: int
    sha256: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Packet:
    """The exact bytes that were sent or came, kept by their SHA-256."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Portion:
    """What one message takes to the axis: a document of ours, for recipients by their spelling."""

    document: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One packet with everything known of it.

    `content_sha256` is the same for two packets that say the same, whatever nodes they passed.
    """

    id: str
    sender: Party
    document_id: DocumentId
    business: Business
    number: str
    notation: str
    subject: str | None
    promulgated_on: date | None
    due_on: date | None
    type_code: int | None
    type_name: str | None
    priority: int | None
    header: Facts
    packet: Packet
    content_sha256: str
    created_at: datetime
    recipients: tuple[Recipient, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    is_another: bool = False
    """Whether it came as new under the DocumentId of one that says something else."""

    @property
    def edition(self) -> str:
        """What tells documents of one DocumentId and one business apart.

        A new document exists once; revocations, updates and replacements may follow each other.
        """
        is_only_one = self.business is Business.NEW and not self.is_another
        return "" if is_only_one else self.content_sha256

    @property
    def substance(self) -> tuple[object, ...]:
        """What is the same for two packets of one document, to whomever and by whatever way."""
        files = sorted(file.sha256 for file in self.attachments)
        facts = (self.symbol, self.subject, self.promulgated_on, self.due_on, self.type_name)
        return (*facts, *files)

    @property
    def symbol(self) -> str:
        """Số và ký hiệu: `42/SKTDL-VP`."""
        return f"{self.number}/{self.notation}"

    @property
    def origin(self) -> DocumentId:
        """The DocumentId of the document that a revocation or update is about; else its own.

        A revocation may leave it out: then it carries the original's own (edXML 2.2.4).
        """
        named = self.header.get("business", {}).get("document_id")
        return dated(DocumentId(named) if named and self.has_original else self.document_id)

    @property
    def has_original(self) -> bool:
        """Whether it is about one earlier document, whose statuses it shares."""
        return self.business.has_original

    def key_at(self, code: AgencyCode) -> str:
        """Return the key under which messages keep their order that concern it at a recipient.

        What the axis refuses for one recipient thus holds nothing for another.
        """
        return f"document:{self.sender.code}|{self.origin}|{code.canonical}"

    @property
    def subject_of_evidence(self) -> str:
        """How the evidence log names it."""
        return f"document:{self.id}"

    def first_standing(self, role: Role, *, is_here: bool) -> Standing:
        """Return where it stands to begin with at a recipient that the packet names so."""
        recall = Recall.NONE
        if self.business is Business.REVOKE or role is Role.DROPPED:
            recall = Recall.PROPOSED
        elif self.business is Business.UPDATE and role is Role.TO:
            recall = Recall.OFFERED
        return Standing(Status.ARRIVED if is_here else None, recall)

    def at(self, code: AgencyCode) -> Recipient | None:
        """Return a recipient by its canonical code."""
        return next((one for one in self.recipients if one.party.code == code), None)


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What a party says of a document: `at` is when it happened."""

    code: Status
    at: datetime
    reason: str | None = None
    staff: str | None = None
    department: str | None = None

    @property
    def lacks_reason(self) -> bool:
        """Whether it must say why and does not."""
        return self.code.needs_reason and self.reason is None


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """A status as it stands in a document's history.

    `is_unexpected` marks one that was reported against the table, or without its reason.
    `delivery` is that of the packet which tells the other party; None where nobody beyond us has
    to be told.
    """

    number: int
    recipient: Party
    report: StatusReport
    source: Source
    is_unexpected: bool = False
    delivery: Delivery | None = None


def is_number(text: str) -> bool:
    """Tell whether a text can be one of our ids."""
    return _NUMBER.fullmatch(text) is not None


def dated(document_id: DocumentId) -> DocumentId:
    """Return a DocumentId with the date inside it written `2026/03/02`."""
    found = _DATED.fullmatch(document_id)
    if found is None:
        return document_id
    head, year, _, month, day, tail = found.groups()
    return DocumentId(f"{head}{year}/{month}/{day}{tail}")


def spellings(document_id: DocumentId) -> tuple[str, ...]:
    """Return a DocumentId as it is, and with the date inside it written the other way.

    Some writers put `2026-03-02` into statuses where the document has `2026/03/02`.
    """
    found = _DATED.fullmatch(document_id)
    if found is None:
        return (str(document_id),)
    head, year, mark, month, day, tail = found.groups()
    other = "-" if mark == "/" else "/"
    return (str(document_id), f"{head}{year}{other}{month}{other}{day}{tail}")
