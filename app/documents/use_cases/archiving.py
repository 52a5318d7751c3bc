"""Handing a finished document over to the agency's own archive."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.access.domain import Caller
from app.documents.domain.archive import is_over
from app.documents.domain.documents import Recipient
from app.documents.domain.errors import UnfinishedDocumentError
from app.documents.domain.events import Timeline
from app.documents.domain.legal_value import Check
from app.documents.domain.statuses import Recall
from app.documents.store import signatures, statuses
from app.documents.store.statuses import KeptPacket
from app.documents.use_cases import reading, watching
from app.documents.use_cases.reading import View
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class HandedOver:
    """All that is known of a finished document, as far as the caller may see it."""

    view: View
    timeline: Timeline
    check: Check | None
    status_packets: Sequence[KeptPacket]


def hand_over(connection: Connection, clock: Clock, caller: Caller, number: str) -> HandedOver:
    """Return what goes to the archive.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
        UnfinishedDocumentError: if it is not finished at every recipient shown, or was taken
            back from the caller's.
    """
    seen = reading.show(connection, caller, number)
    document = seen.document
    is_sender = caller.may_see(document.sender.code)
    waiting = [one for one in seen.recipients if not _may_go(one, is_sender=is_sender)]
    if waiting:
        raise UnfinishedDocumentError([one.party.spelling for one in waiting])
    codes = {one.party.code for one in seen.recipients}
    packets = [one for one in statuses.packets(connection, number) if one.recipient in codes]
    act = Act("document.archive", document.subject_of_evidence, document.packet.sha256)
    record(connection, clock, caller, act)
    return HandedOver(
        seen,
        watching.timeline(connection, caller, number),
        signatures.find(connection, number),
        packets,
    )


def _may_go(recipient: Recipient, *, is_sender: bool) -> bool:
    is_lost = recipient.standing.recall is Recall.AGREED and not is_sender
    return is_over(recipient.standing) and not is_lost
