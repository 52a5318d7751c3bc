"""Statistics of documents."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.documents.domain.statistics import Counts, Dimensions, Group, Row
from app.documents.store import counting
from app.documents.use_cases import reading
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: the months from `first` to `last`, given by any of their days."""

    first: date
    last: date
    by: Dimensions
    member: AgencyCode | None = None


def count(connection: Connection, clock: Clock, caller: Caller, asked: Asked) -> Sequence[Row]:
    """Return the counts of the caller's units, group by group in order."""
    member = reading.narrowed(caller, asked.member)
    if member is None:
        return []
    _, days = monthrange(asked.last.year, asked.last.month)
    span = counting.Span(
        member, asked.first.replace(day=1), asked.last.replace(day=days), clock.now()
    )
    sent = counting.sent(connection, span, asked.by)
    received = counting.received(connection, span, asked.by)
    groups: set[Group] = {*sent, *received}
    nothing = Counts()
    rows = [Row(one, sent.get(one, nothing), received.get(one, nothing)) for one in sorted(groups)]
    return [row for row in rows if row.sent.documents or row.received.documents]
