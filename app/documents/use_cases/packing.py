"""From a packet of the exchange to a document of ours, before any transaction is open."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Final

from app.codes import AgencyCode, DocumentId
from app.documents.domain import documents as domain
from app.documents.domain.documents import Business, Document, Party
from app.exchange.vxp.edxml import packet as packets
from app.exchange.vxp.edxml.dates import write_day
from app.exchange.vxp.edxml.packet import (
    Attachment,
    BusinessKind,
    DocumentReference,
    DocumentType,
    Organisation,
    Packet,
    Signer,
    Staff,
    StatusCode,
    StatusPacket,
    TraceHop,
)
from app.exchange.vxp.edxml.records import Record, parts_of
from app.exchange.vxp.edxml.writer import compose, write_status
from app.platform.clock import Clock
from app.platform.contents import Content
from app.platform.ids import new_id

_NOTHING: Final[tuple[Any, ...]] = ([], {})
_AS_IT_IS: Final = frozenset({str, int, bool, type(None), AgencyCode, DocumentId})
_ON_THE_WAY: Final = ("hops",)
"""What nodes add to a packet that passes them; `document_type.detail` is another."""


@dataclass(frozen=True, slots=True)
class Consignment:
    """A packet, its exact bytes and its files, each with its SHA-256."""

    packet: Packet
    raw: Content
    files: tuple[Content, ...]

    @property
    def contents(self) -> tuple[Content, ...]:
        """All that must be kept for the document to be."""
        return (*self.files, self.raw)

    def named_by(self, document: Document) -> Iterator[Content]:
        """Return those of its contents that a document which is kept already names."""
        hashes = {document.packet.sha256, *(file.sha256 for file in document.attachments)}
        return (content for content in self.contents if content.sha256 in hashes)

    def document(self, clock: Clock, sender: Party) -> Document:
        """Return the document, new, with nobody reached yet."""
        packet = self.packet
        header = facts_of(packet)
        attachments = tuple(map(_attachment, range(1, len(self.files) + 1), *self._files()))
        return Document(
            id=new_id(),
            sender=sender,
            document_id=packet.document_id,
            business=Business(packet.business.kind),
            number=packet.number,
            notation=packet.notation,
            subject=packet.subject,
            promulgated_on=packet.promulgated_on,
            due_on=packet.due_on,
            type_code=packet.document_type.code,
            type_name=packet.document_type.name,
            priority=packet.other.priority,
            header=header,
            packet=domain.Packet(self.raw.sha256, self.raw.size),
            content_sha256=_content_digest(header, attachments),
            created_at=clock.now(),
            attachments=attachments,
        )

    def _files(self) -> tuple[tuple[Attachment, ...], tuple[Content, ...]]:
        return self.packet.attachments, self.files


def packed(packet: Packet, raw: Content | bytes | None = None) -> Consignment:
    """Return a packet ready to be kept; without bytes of its own it is written.

    Costly for a large packet that is written: its files are read twice.
    """
    files = tuple(one.source for one in packet.attachments)
    if raw is None:
        return Consignment(packet, compose(packet), files)
    return Consignment(packet, Content.of(raw) if isinstance(raw, bytes) else raw, files)


def party_of(organisation: Organisation, code: AgencyCode) -> Party:
    """Return an agency of a packet under its canonical code."""
    return Party(code, str(organisation.code), organisation.name)


def status_packet(
    document: Document, report: domain.StatusReport, *, by: Party, to: Party
) -> Content:
    """Return the packet with which one party tells a status to the other."""
    is_signed = report.staff is not None or report.department is not None
    packet = StatusPacket(
        sender=Organisation(AgencyCode(by.spelling), by.name),
        response_for=DocumentReference(
            agency=AgencyCode(to.spelling),
            document_id=document.document_id,
            symbol=document.symbol,
            promulgated_on=document.promulgated_on,
        ),
        code=StatusCode(report.code.value),
        at=report.at,
        description=report.reason,
        staff=Staff(department=report.department, name=report.staff) if is_signed else None,
    )
    return Content.of(write_status(packet))


def dropping_packet(document: Document, dropped: Party) -> Content:
    """Return the update as it tells a recipient that it loses the document, and nothing else."""
    sender = Organisation(AgencyCode(document.sender.spelling), document.sender.name)
    code = AgencyCode(dropped.spelling)
    packet = Packet(
        sender=sender,
        recipients=(Organisation(code, dropped.name),),
        number=document.number,
        notation=document.notation,
        document_id=document.document_id,
        promulgated_on=document.promulgated_on,
        document_type=DocumentType(document.type_code, document.type_name),
        subject=document.subject,
        signer=Signer(**document.header.get("signer", {})),
        hops=(TraceHop(sender.code, document.created_at),),
        business=packets.Business(
            kind=BusinessKind.UPDATE,
            reason=document.header.get("business", {}).get("reason"),
            document_id=document.origin,
            are_receivers_changed=True,
            dropped=(code,),
        ),
    )
    return compose(packet)


def facts_of(value: Any) -> Any:
    """Return a part of a packet as plain JSON values; contents of files are left out."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Record):
        return dict(_facts(value))
    if isinstance(value, tuple):
        return [facts_of(one) for one in value if not isinstance(one, Attachment)]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _facts(value: Record) -> Iterator[tuple[str, Any]]:
    for name, part in parts_of(value):
        if type(part) in _AS_IT_IS:
            yield name, part
        elif (fact := facts_of(part)) not in _NOTHING:
            yield name, fact


def _content_digest(header: Mapping[str, Any], files: tuple[domain.Attachment, ...]) -> str:
    said = {name: fact for name, fact in header.items() if name not in _ON_THE_WAY}
    said["document_type"] = {**said.get("document_type", {}), "detail": None}
    said["files"] = [[file.name, file.sha256] for file in files]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _attachment(n: int, file: Attachment, content: Content) -> domain.Attachment:
    return domain.Attachment(
        n=n,
        content_id=file.content_id,
        name=file.name,
        content_type=file.content_type,
        size=content.size,
        sha256=content.sha256,
        description=file.description,
    )


def named(packet: Packet, sender: str, recipients: tuple[str, ...]) -> Packet:
    """Return the packet with the names of its parties."""
    return replace(
        packet,
        sender=replace(packet.sender, name=sender),
        recipients=tuple(map(_named, packet.recipients, recipients)),
    )


def _named(organisation: Organisation, name: str) -> Organisation:
    return replace(organisation, name=name)


def document_id_of(sender: AgencyCode, day: date, symbol: str) -> DocumentId:
    """Return the usual DocumentId: agency, date, number and notation."""
    return DocumentId(f"{sender},{write_day(day)},{symbol}".strip())
