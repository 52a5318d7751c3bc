"""Statuses that came before their document: kept until a horizon, then an error to be seen."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import StatusReport
from app.documents.domain.waiting import Delivery, WaitingStatus
from app.documents.store import waiting
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.platform.clock import Clock

WAITING: Final = "waiting"
GAVE_UP: Final = "unknown-document"
_STEP: Final = 100


def keep(
    connection: Connection,
    clock: Clock,
    delivery: Delivery,
    about: tuple[AgencyCode, DocumentId, AgencyCode],
    said: tuple[StatusReport, timedelta],
) -> None:
    """Keep a status `about` (sender, DocumentId, recipient) for so long at most."""
    sender, document_id, recipient = about
    report, horizon = said
    now = clock.now()
    status = WaitingStatus(
        delivery, sender, document_id, recipient, report, arrived_at=now, until=now + horizon
    )
    waiting.add(connection, status)


def give_up(connection: Connection, clock: Clock, province: str) -> Sequence[WaitingStatus]:
    """Give up what has waited too long, some at once, and return it.

    It stays to be looked at; the evidence names the delivery it came in.
    """
    late = waiting.give_up(connection, clock.now(), at_most=_STEP)
    actor = SystemActor("system:axis", province)
    for status in late:
        delivery = status.delivery
        act = Act("document.status", f"axis:{delivery.doc_id}", delivery.digest, GAVE_UP)
        record(connection, clock, actor, act)
    return late


def counts(connection: Connection) -> Mapping[str, int]:
    """Return how many wait, and how many were given up."""
    return waiting.counts(connection)


def page(connection: Connection, *, limit: int) -> Sequence[WaitingStatus]:
    """Return what waits or was given up, the latest first."""
    return waiting.page(connection, limit=limit)
