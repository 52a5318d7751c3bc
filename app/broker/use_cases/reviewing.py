"""Looking at what was called: one's own calls, and those of services that one provides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller, Scope
from app.broker.domain.watching import Days, Dimension, Exchange, Period, Sought, Tally
from app.broker.store import registered
from app.broker.store import watching as store
from app.broker.store.watching import Part
from app.codes import AgencyCode


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of which exchanges."""

    sought: Sought
    period: Period
    after: int | None
    limit: int


@dataclass(frozen=True, slots=True)
class Question:
    """Which totals, by what."""

    sought: Sought
    days: Days
    by: Sequence[Dimension]
    part: Part


def list_exchanges(
    connection: Connection, caller: Caller, province: AgencyCode, asked: Asked
) -> Sequence[Exchange]:
    """Return a page of the exchanges that a caller may see, the newest first."""
    sought = _shown(connection, caller, province, asked.sought)
    return store.page(
        connection, sought=sought, period=asked.period, after=asked.after, limit=asked.limit
    )


def count_exchanges(
    connection: Connection, caller: Caller, province: AgencyCode, question: Question
) -> Sequence[Tally]:
    """Return the totals of the exchanges that a caller may see, by groups."""
    sought = _shown(connection, caller, province, question.sought)
    return store.tallies(
        connection, sought=sought, days=question.days, by=question.by, part=question.part
    )


def _shown(connection: Connection, caller: Caller, province: AgencyCode, sought: Sought) -> Sought:
    """Narrow what is sought to what a caller may see.

    Those are of its own member and all below it. Who grants services sees the calls of them too,
    whoever calls; who grants for the whole province, every call.
    """
    own = replace(sought, seen_by=caller.member.canonical)
    if Scope.GRANT_SERVICES not in caller.scopes:
        return own
    if caller.may_see(province):
        return sought
    owned = {one.code for _, one in registered.every(connection) if caller.may_see(one.tenant)}
    return replace(own, provided=tuple(sorted(owned)))
