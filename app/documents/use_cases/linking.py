"""Tying documents together: what a packet names, and what named it before it came."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.codes import AgencyCode
from app.documents.domain.documents import Business, Document
from app.documents.domain.relations import OF_BUSINESS, Link, Related, Relation
from app.documents.store import documents, links
from app.documents.use_cases.naming import known_as
from app.exchange.vxp.edxml.packet import DocumentReference, Packet


def link(connection: Connection, document: Document, packet: Packet) -> bool:
    """Write down what a packet names, and take up what named its document before it came.

    Tells whether a recipient's copy of any document was replaced by that.
    """
    reached = [one.party.code for one in document.recipients]
    is_tied = False
    for named in _named(connection, document, packet):
        agencies = reached if named.agency is None else [named.agency]
        target = links.find_target(connection, named, agencies)
        links.add(connection, replace(named, target=target))
        is_tied = True
    if document.business is not Business.REVOKE and links.meet(connection, document):
        is_tied = True
    ties = links.about(connection, document.id) if is_tied else ()
    replacing = [tie for tie in ties if tie.relation is Relation.REPLACES and tie.target]
    for tie in replacing:
        links.replace(connection, tie, _replaced_at(connection, tie))
    return bool(replacing)


def _named(connection: Connection, document: Document, packet: Packet) -> Iterator[Link]:
    sender = document.sender.code
    if document.business in OF_BUSINESS:
        yield Link(document.id, OF_BUSINESS[document.business], document.origin, sender)
    for one in packet.business.replacements:
        named = Link(document.id, Relation.REPLACES, one.document_id, sender)
        places = [known_as(connection, code) for code in one.recipients]
        yield from [replace(named, recipient=code) for code in places] or [named]
    for reference in packet.response_for:
        if reference.document_id is not None:
            issuer = _issuer(connection, document, reference)
            yield Link(document.id, Relation.ANSWERS, reference.document_id, issuer)


def _issuer(
    connection: Connection, document: Document, reference: DocumentReference
) -> AgencyCode | None:
    """Return who issued the answered document; the only recipient, if the packet is silent."""
    if reference.agency is not None:
        return known_as(connection, reference.agency)
    return document.recipients[0].party.code if len(document.recipients) == 1 else None


def _replaced_at(connection: Connection, tie: Link) -> list[AgencyCode]:
    if tie.recipient:
        return [AgencyCode(tie.recipient)]
    found = documents.find(connection, tie.document)
    return [] if found is None else [one.party.code for one in found.recipients]


def related(
    connection: Connection, document: Document
) -> Sequence[tuple[Related, Document | None]]:
    """Return what a document names and what names it, each with the other document if here."""
    ties = links.about(connection, document.id)
    ids = {tie.target if tie.document == document.id else tie.document for tie in ties}
    known = documents.find_several(connection, [one for one in ids if one is not None])
    return [_seen_from(document, tie, known) for tie in ties]


def _seen_from(
    document: Document, tie: Link, known: dict[str, Document]
) -> tuple[Related, Document | None]:
    recipient = AgencyCode(tie.recipient) if tie.recipient else None
    if tie.document == document.id:
        other = None if tie.target is None else known.get(tie.target)
        return Related(tie.relation.value, tie.target, tie.document_id, recipient), other
    other = known[tie.document]
    found = Related(
        tie.relation.inverse, other.id, other.document_id, recipient, is_named_here=False
    )
    return found, other
