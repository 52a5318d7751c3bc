"""The status at any date is what the decisions say: kept periods against a slow count by days."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sqlalchemy import Connection, delete

from app.access.domain import Caller, Scope
from app.codes import AgencyCode, ProcedureCode
from app.public_services.domain.offers import (
    Decision,
    Kind,
    Level,
    Offer,
    Paper,
    Service,
    Wish,
)
from app.public_services.domain.periods import periods_of
from app.public_services.store import decisions as store
from app.public_services.tables import decisions, periods, services
from app.public_services.use_cases.deciding import decide
from tests.builders import seed_catalogue
from tests.gateway import Gateway

FIRST = date(2026, 1, 1)
DAYS = 12
AT = datetime(2026, 11, 2, tzinfo=UTC)
SERVICE = Service(Level.PROVINCE, Kind.FULL)

_days = st.integers(0, DAYS - 1).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def _papers(draw: st.DrawFn) -> list[Paper]:
    """Papers in the order of recording; each may supersede one recorded before it."""
    papers = []
    for number in range(1, draw(st.integers(1, 9))):
        earlier = st.none() | st.integers(1, number - 1) if number > 1 else st.none()
        papers.append(Paper(f"{number}/QĐ", draw(_days), draw(_days), draw(earlier)))
    return papers


def oracle(every: list[Decision], day: date) -> int | None:
    """Ask of each decision alone whether it counts on a day; of those that do the last holds."""

    def is_before(one: Decision, other: Decision) -> bool:
        if one.paper.effective_from != other.paper.effective_from:
            return one.paper.effective_from < other.paper.effective_from
        if one.paper.signed_on != other.paper.signed_on:
            return one.paper.signed_on < other.paper.signed_on
        return one.number < other.number

    def counts(one: Decision) -> bool:
        return not any(
            other.paper.supersedes == one.number and is_before(other, one) and counts(other)
            for other in every
        )

    reached = [one for one in every if one.paper.effective_from <= day and counts(one)]
    last = [one for one in reached if not any(is_before(one, other) for other in reached)]
    return last[0].number if last else None


def _forget(connection: Connection) -> None:
    for table in (periods, decisions, services):
        connection.execute(delete(table))


def _on(kept: list[tuple[date, date | None, int]], day: date) -> int | None:
    found = [
        number for begins, ends, number in kept if begins <= day and (ends is None or day < ends)
    ]
    assert len(found) <= 1
    return found[0] if found else None


@trying(max_examples=2000, deadline=None)
@given(_papers())
def test_every_day_has_the_decision_that_a_slow_count_finds(papers: list[Paper]) -> None:
    every = [Decision(number, paper, SERVICE, AT) for number, paper in enumerate(papers, 1)]
    kept = [(one.valid_from, one.valid_to, one.decision.number) for one in periods_of(every)]
    for number in range(-1, DAYS + 1):
        day = FIRST + timedelta(days=number)
        assert _on(kept, day) == oracle(every, day)


@trying(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_papers())
def test_the_periods_kept_are_those_of_the_decisions_kept(
    gateway: Gateway, papers: list[Paper]
) -> None:
    seed_catalogue(gateway)
    offer = Offer(ProcedureCode("1.003560.H38"), AgencyCode("H38.12"))
    gateway.transact(_forget)
    caller = Caller("test", AgencyCode("H38"), frozenset(Scope), "")
    numbers: dict[int, int] = {}
    for place, paper in enumerate(papers, 1):
        earlier = None if paper.supersedes is None else numbers[paper.supersedes]
        said = Paper(paper.number, paper.signed_on, paper.effective_from, earlier)
        wish = Wish(offer.procedure, offer.agency, said, SERVICE, "0" * 64)
        _, made = gateway.transact(decide, gateway.clock, caller, wish)
        numbers[place] = made.number
    service = gateway.transact(store.lock, offer)
    every = list(gateway.transact(store.of_service, service))
    kept = list(gateway.transact(store.kept_periods, service))
    for number in range(-1, DAYS + 1):
        day = FIRST + timedelta(days=number)
        assert _on(kept, day) == oracle(every, day)
