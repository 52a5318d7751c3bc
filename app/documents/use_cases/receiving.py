"""Taking what the axis brings: each document and each status once, whatever is repeated."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.catalogue.domain import MemberNotFoundError
from app.catalogue.use_cases import resolve_member, show_member
from app.codes import AgencyCode
from app.documents.domain.documents import (
    Delivery,
    Document,
    Recipient,
    Route,
    Source,
    StatusEntry,
    StatusReport,
    pick,
    spellings,
)
from app.documents.domain.statuses import Status
from app.documents.store import blobs, documents, statuses
from app.documents.use_cases import telling
from app.documents.use_cases.packing import Consignment, party_of
from app.evidence.domain import DONE, Act, SystemActor
from app.evidence.store import record
from app.exchange import inbox
from app.exchange.vxp.edxml.packet import Organisation, StatusPacket
from app.platform.clock import Clock
from app.platform.errors import RefusedError

UNKNOWN_DOCUMENT: Final = "unknown-document"


@dataclass(frozen=True, slots=True)
class Item:
    """A delivery of the axis: its id there, whom it is for if the list says so.

    `axis` names the system it came to, `province` is our own root.
    """

    doc_id: str
    axis: str
    province: str
    recipient: str | None = None


def receive(connection: Connection, clock: Clock, item: Item, consignment: Consignment) -> str:
    """Keep a document for those of its recipients that are ours; return `done` or why not.

    A document that is here already reaches only recipients it had not reached before.
    """
    ours, refusal = _ours(connection, clock, item, consignment)
    if refusal is not None:
        refuse(connection, clock, item, "document.receive", refusal, consignment.raw.sha256)
        return refusal
    if not inbox.accept(connection, clock, sender=item.axis, message_id=item.doc_id):
        return DONE
    organisation = consignment.packet.sender
    sender = party_of(organisation, _canonical(connection, organisation.code))
    wanted = consignment.document(clock, sender)
    documents.lock_key(connection, sender.code, wanted.document_id)
    document = _kept(connection, clock, wanted, consignment)
    for organisation, code in ours:
        _reach(connection, clock, document, organisation, code)
    digest = consignment.raw.sha256
    act = Act("document.receive", document.subject_of_evidence, digest)
    record(connection, clock, _actor(item), act)
    return DONE


def receive_status(
    connection: Connection, clock: Clock, item: Item, packet: StatusPacket, digest: str
) -> str:
    """Note a status that another party reports; return `done` or why not.

    One that the table does not allow is noted all the same, and marked.
    """
    document, recipient = _spoken_of(connection, packet)
    if document is None or recipient is None:
        refuse(connection, clock, item, "document.status", UNKNOWN_DOCUMENT, digest)
        return UNKNOWN_DOCUMENT
    if not inbox.accept(connection, clock, sender=item.axis, message_id=item.doc_id):
        return DONE
    report = _report(packet)
    if not _is_known(connection, document, recipient, report):
        _note(connection, clock, document, recipient, report)
        record(
            connection,
            clock,
            _actor(item),
            Act("document.status", document.subject_of_evidence, digest),
        )
    return DONE


def refuse(
    connection: Connection, clock: Clock, item: Item, act: str, outcome: str, digest: str | None
) -> None:
    """Write down that a delivery of the axis was not taken."""
    entry = Act(act, f"axis:{item.doc_id}", digest, outcome)
    record(connection, clock, _actor(item), entry)


def _actor(item: Item) -> SystemActor:
    return SystemActor("system:axis", item.province)


def _ours(
    connection: Connection, clock: Clock, item: Item, consignment: Consignment
) -> tuple[list[tuple[Organisation, AgencyCode]], str | None]:
    """Return our recipients of a packet, or why the one it came for cannot have it."""
    ours = []
    refusals = {}
    for organisation in consignment.packet.recipients:
        try:
            code = resolve_member(connection, clock, organisation.code, pointer="/To").code
        except RefusedError as refusal:
            if organisation.code.root == item.province:
                refusals[organisation.code.canonical] = refusal.slug
            continue
        if code.root == item.province:
            ours.append((organisation, code))
    return ours, _refusal(item, refusals, is_any_ours=bool(ours))


def _refusal(item: Item, refusals: dict[str, str], *, is_any_ours: bool) -> str | None:
    for code, slug in refusals.items():
        if not is_any_ours or (item.recipient and _canonical_text(item.recipient) == code):
            return slug
    return None if is_any_ours else "unknown-member"


def _canonical_text(text: str) -> str:
    try:
        return AgencyCode(text).canonical
    except ValueError:
        return text


def _canonical(connection: Connection, code: AgencyCode) -> AgencyCode:
    """Return the code under which we know an agency; one we do not know keeps its own."""
    try:
        return show_member(connection, code=code).code
    except MemberNotFoundError:
        return AgencyCode(code.canonical)


def _kept(
    connection: Connection, clock: Clock, wanted: Document, consignment: Consignment
) -> Document:
    """Return the document, kept now or before."""
    found = documents.find_same(connection, wanted)
    if found is not None:
        return found
    for content in consignment.contents:
        blobs.keep(connection, clock, content)
    if documents.add(connection, wanted):
        return wanted
    return documents.find_same(connection, wanted) or wanted


def _reach(
    connection: Connection,
    clock: Clock,
    document: Document,
    organisation: Organisation,
    code: AgencyCode,
) -> None:
    recipient = Recipient(
        party=party_of(organisation, code),
        route=Route.HERE,
        delivery=Delivery.DELIVERED,
        standing=document.first_standing(is_here=True),
        status_at=clock.now(),
    )
    if not documents.add_recipient(connection, document.id, recipient):
        return
    reached = replace(document, recipients=(*document.recipients, recipient))
    if _is_first(connection, reached, code):
        telling.arrive(connection, clock, reached, recipient)


def _is_first(connection: Connection, document: Document, code: AgencyCode) -> bool:
    """Tell whether this recipient got nothing of this sender and DocumentId before."""
    known = documents.find_all(connection, document.sender.code, [document.document_id])
    return all(other.id == document.id or other.at(code) is None for other in known)


def _spoken_of(
    connection: Connection, packet: StatusPacket
) -> tuple[Document | None, Recipient | None]:
    """Return the document that a status speaks of, and the recipient where it happened."""
    code = Status(packet.code.value)
    told, teller = packet.response_for.agency, packet.sender.code
    document_id = packet.response_for.document_id
    if told is None or document_id is None:
        return None, None
    to, by = _canonical(connection, told), _canonical(connection, teller)
    sender, reader = (by, to) if code.is_senders else (to, by)
    for spelling in spellings(document_id):
        found = pick(documents.find_all(connection, sender, [spelling]), reader, code)
        recipient = None if found is None else found.at(reader)
        if found is not None and recipient is not None:
            is_theirs = recipient.route is (Route.HERE if code.is_senders else Route.AXIS)
            return (found, recipient) if is_theirs else (None, None)
    return None, None


def _report(packet: StatusPacket) -> StatusReport:
    staff = packet.staff
    return StatusReport(
        code=Status(packet.code.value),
        at=packet.at,
        reason=packet.description,
        staff=None if staff is None else staff.name,
        department=None if staff is None else staff.department,
    )


def _is_known(
    connection: Connection, document: Document, recipient: Recipient, report: StatusReport
) -> bool:
    """Tell whether the same status came before: the axis and its clients repeat themselves."""
    return any(
        entry.recipient.code == recipient.party.code
        and (entry.report.code, entry.report.at) == (report.code, report.at)
        for entry in statuses.history(connection, document)
    )


def _note(
    connection: Connection,
    clock: Clock,
    document: Document,
    recipient: Recipient,
    report: StatusReport,
) -> None:
    standing = recipient.standing
    is_overtaken = recipient.status_at is not None and report.at < recipient.status_at
    is_lawful = report.code in standing.allowed or standing.is_repeat(report.code)
    entry = StatusEntry(
        number=0,
        recipient=recipient.party,
        report=report,
        source=Source.AXIS,
        is_unexpected=not is_lawful,
    )
    statuses.add(connection, document, entry, clock.now(), None)
    if not (is_overtaken and not is_lawful):
        after = standing.drift(report.code)
        at = max(report.at, recipient.status_at or report.at)
        statuses.stand(connection, document, recipient.party.code, after, at)
