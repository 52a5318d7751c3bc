"""What a history comes to, and that it comes to the same at both ends."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from app.codes import AgencyCode
from app.documents.domain.documents import Party, Source, StatusEntry, StatusReport
from app.documents.domain.history import replayed
from app.documents.domain.statuses import Recall, Standing, Status
from tests.documents.axis import Connected, carry
from tests.documents.packets import a_packet, history, report, sent, standing
from tests.gateway import Api

PLACE = Party(AgencyCode("H53.71"), "H53.71")
START = datetime(2026, 11, 2, 3, tzinfo=UTC)


def entries(*told: tuple[str, int], source: Source = Source.AXIS) -> list[StatusEntry]:
    """Return statuses that happened in these seconds, in the order they were written down."""
    return [
        StatusEntry(
            n, PLACE, StatusReport(Status(code), START + timedelta(seconds=at), "Lý do"), source
        )
        for n, (code, at) in enumerate(told)
    ]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_any_order_of_arrival_comes_to_the_same(order: tuple[int, ...]) -> None:
    told = [("01", 0), ("03", 1), ("05", 2), ("06", 3)]
    found = replayed(Standing(), entries(*(told[n] for n in order)))
    assert (found.standing, found.unexpected) == (Standing(Status.FINISHED), frozenset())


def test_statuses_of_one_second_are_taken_in_their_usual_order() -> None:
    found = replayed(Standing(), entries(("05", 1), ("03", 1), ("01", 0)))
    assert (found.standing, found.unexpected) == (Standing(Status.PROCESSING), frozenset())


def test_our_own_keep_their_place_whatever_the_clocks_say() -> None:
    (asked,) = entries(("13", 900), source=Source.MEMBER)
    before, after = entries(("01", 0), ("15", 5))
    found = replayed(Standing(), [before, asked, after])
    assert found.standing == Standing(Status.ARRIVED, Recall.AGREED)
    assert found.unexpected == frozenset()


def test_what_remains_against_the_table_is_marked() -> None:
    found = replayed(Standing(), entries(("06", 2), ("02", 1)))
    assert (found.standing.code, found.unexpected) == (Status.FINISHED, frozenset({0}))


def test_reports_of_one_second_get_seconds_of_their_own(
    home: Connected, away: Connected, sender: Api
) -> None:
    document = sent(sender, a_packet("000.00.71.H53"))["id"]
    carry(home, away)
    clerk = away.gateway.client("H53.71")
    for code in ("03", "05", "04", "05", "04"):
        assert report(clerk, away.inbox(), code).status_code == 201
    carry(home, away)
    assert standing(sender, document) == {"000.00.71.H53": "04"}
    ours = [code for _, code in history(sender, document)]
    assert ours == ["01", "03", "05", "04", "05", "04"]
