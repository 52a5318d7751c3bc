"""Taking what the axis brings: each document and each status once, whatever is repeated."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import (
    Delivery,
    Document,
    Recipient,
    Role,
    Route,
    StatusReport,
)
from app.documents.domain.families import Family, pick
from app.documents.domain.statuses import Status
from app.documents.domain.waiting import Delivery as AxisDelivery
from app.documents.store import documents
from app.documents.use_cases import linking, noting, waiting
from app.documents.use_cases.addressing import TAKEN, Item, Outcome, ours_of
from app.documents.use_cases.naming import known_as
from app.documents.use_cases.packing import Consignment, party_of
from app.documents.use_cases.reaching import reach
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.exchange import inbox
from app.exchange.vxp.edxml.packet import Organisation, StatusPacket
from app.platform.clock import Clock
from app.platform.storage import blobs

UNKNOWN_DOCUMENT: Final = "unknown-document"
NOT_YOURS: Final = "status-not-yours"
FORBIDDEN: Final = "forbidden-status"
NO_REASON: Final = "reason-needed"


@dataclass(frozen=True, slots=True)
class _About:
    """Of whose document a status speaks, at which recipient, and what it says."""

    sender: AgencyCode
    document_id: DocumentId
    recipient: AgencyCode
    report: StatusReport

    @property
    def reversed(self) -> "_About":
        """The same with the parties in each other's place."""
        return replace(self, sender=self.recipient, recipient=self.sender)


def receive(connection: Connection, clock: Clock, item: Item, consignment: Consignment) -> Outcome:
    """Keep a document for those of its recipients that are ours; return what became of it.

    A document that is here already reaches only recipients it had not reached before.
    """
    packet = consignment.packet
    ours, refusal = ours_of(connection, clock, item, packet)
    if refusal is not None:
        refuse(connection, clock, item, "document.receive", refusal.slug, consignment.raw.sha256)
        return refusal
    if not inbox.accept(connection, clock, sender=item.axis, message_id=item.doc_id):
        return TAKEN
    sender = party_of(packet.sender, known_as(connection, packet.sender.code))
    wanted = consignment.document(clock, sender)
    documents.lock_family(connection, sender.code, wanted.origin)
    document = _kept(connection, clock, wanted, consignment)
    for organisation, code, role in ours:
        reach(connection, clock, document, _recipient(clock, document, organisation, code, role))
    linking.link(connection, documents.find(connection, document.id) or document, packet)
    digest = consignment.raw.sha256
    act = Act("document.receive", document.subject_of_evidence, digest)
    record(connection, clock, _actor(item), act)
    return TAKEN


def receive_status(
    connection: Connection, clock: Clock, item: Item, packet: StatusPacket, digest: str
) -> Outcome:
    """Note a status that another party reports; return what became of it.

    One that the table does not allow is noted and marked, or refused where the table is strict.
    One whose document is not here yet waits for it.
    """
    about = _about(connection, packet)
    family = documents.find_family(connection, about.sender, about.document_id)
    spoken_of = _spoken_of(family, about)
    if spoken_of is None and _can_wait(connection, family, about):
        if inbox.accept(connection, clock, sender=item.axis, message_id=item.doc_id):
            _wait(connection, clock, item, about, digest)
        return TAKEN
    refusal = _refusal_of_status(connection, item, about, spoken_of)
    if refusal is not None or spoken_of is None:
        outcome = refusal or UNKNOWN_DOCUMENT
        refuse(connection, clock, item, "document.status", outcome, digest)
        return Outcome(outcome)
    if not inbox.accept(connection, clock, sender=item.axis, message_id=item.doc_id):
        return TAKEN
    document, recipient = spoken_of
    if not noting.is_known(connection, document, recipient, about.report):
        noting.note(connection, clock, family, spoken_of, about.report)
        act = Act("document.status", document.subject_of_evidence, digest)
        record(connection, clock, _actor(item), act)
    return TAKEN


def refuse(
    connection: Connection, clock: Clock, item: Item, act: str, outcome: str, digest: str | None
) -> None:
    """Write down that a delivery of the axis was not taken."""
    entry = Act(act, f"axis:{item.doc_id}", digest, outcome)
    record(connection, clock, _actor(item), entry)


def _actor(item: Item) -> SystemActor:
    return SystemActor("system:axis", item.province)


def _kept(
    connection: Connection, clock: Clock, wanted: Document, consignment: Consignment
) -> Document:
    """Return the document, kept now or before.

    What it names is kept anew: it may have gone with the last copy that was withdrawn. One that
    comes as new and says something else than the one of its DocumentId is kept beside it.
    """
    found = documents.find_same(connection, wanted)
    if found is not None and found.substance != wanted.substance:
        wanted = replace(wanted, is_another=True)
        found = documents.find_same(connection, wanted)
    named = wanted if found is None else found
    for content in consignment.named_by(named):
        blobs.keep(connection, clock, content)
    if found is not None:
        return found
    if documents.add(connection, wanted):
        return wanted
    return documents.find_same(connection, wanted) or wanted


def _recipient(
    clock: Clock, document: Document, organisation: Organisation, code: AgencyCode, role: Role
) -> Recipient:
    return Recipient(
        party=party_of(organisation, code),
        route=Route.HERE,
        delivery=Delivery.DELIVERED,
        standing=document.first_standing(role, is_here=True),
        status_at=clock.now(),
        role=role,
    )


def _about(connection: Connection, packet: StatusPacket) -> _About:
    told, document_id = packet.response_for.agency, packet.response_for.document_id
    if told is None or document_id is None:
        raise AssertionError  # A StatusPacket without them cannot be made.
    by, to = known_as(connection, packet.sender.code), known_as(connection, told)
    report = _report(packet)
    sender, recipient = (by, to) if report.code.is_senders else (to, by)
    return _About(sender, document_id, recipient, report)


def _spoken_of(family: Family, about: _About) -> tuple[Document, Recipient] | None:
    """Return the document that a status speaks of, and the recipient where it happened."""
    found = pick(family, about.recipient, about.report.code)
    recipient = None if found is None else found.at(about.recipient)
    if found is None or recipient is None:
        return None
    theirs = Route.HERE if about.report.code.is_senders else Route.AXIS
    return (found, recipient) if recipient.route is theirs else None


def _can_wait(connection: Connection, family: Family, about: _About) -> bool:
    """Tell whether the document may still come: it is not here, not even the other way round."""
    is_here = any(one.route is not Route.HERE for document in family for one in document.recipients)
    return not is_here and not _is_reversed(connection, about)


def _is_reversed(connection: Connection, about: _About) -> bool:
    """Tell whether the party speaks that the status does not belong to."""
    other = about.reversed
    family = documents.find_family(connection, other.sender, other.document_id)
    return any(document.at(other.recipient) is not None for document in family)


def _refusal_of_status(
    connection: Connection, item: Item, about: _About, spoken_of: tuple[Document, Recipient] | None
) -> str | None:
    if spoken_of is None:
        return NOT_YOURS if _is_reversed(connection, about) else UNKNOWN_DOCUMENT
    if not item.terms.is_strict:
        return None
    if about.report.lacks_reason:
        return NO_REASON
    standing, code = spoken_of[1].standing, about.report.code
    return None if code in standing.allowed or standing.is_repeat(code) else FORBIDDEN


def _wait(connection: Connection, clock: Clock, item: Item, about: _About, digest: str) -> None:
    delivery = AxisDelivery(item.axis, item.doc_id, digest)
    subject = (about.sender, about.document_id, about.recipient)
    waiting.keep(connection, clock, delivery, subject, (about.report, item.terms.horizon))
    refuse(connection, clock, item, "document.status", waiting.WAITING, digest)


def _report(packet: StatusPacket) -> StatusReport:
    staff = packet.staff
    return StatusReport(
        code=Status(packet.code.value),
        at=packet.at,
        reason=packet.description,
        staff=None if staff is None else staff.name,
        department=None if staff is None else staff.department,
    )
