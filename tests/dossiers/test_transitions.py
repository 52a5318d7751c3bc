"""The status table, pair by pair, against one written down apart from it."""

from datetime import timedelta

import pytest

from app.dossiers.domain.dossier import Ends, first_status
from app.dossiers.domain.errors import ForbiddenTransitionError
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.statuses import NEXT, Status
from tests.builders import RECEIVED, a_held_dossier

LAWFUL = {
    1: {2, 3, 5, 6, 7},
    2: {4, 5, 6, 7, 8, 9},
    3: set(),
    4: {2, 4, 5, 6, 7, 8, 9},
    5: {1, 2, 3, 4, 7},
    6: {2, 4, 7, 8, 9},
    7: set(),
    8: {2, 4},
    9: {2, 4, 10},
    10: set(),
}
LATER = RECEIVED + timedelta(days=1)


@pytest.mark.parametrize("present", Status)
@pytest.mark.parametrize("wanted", Status)
def test_a_move_is_made_exactly_when_the_table_allows_it(present: Status, wanted: Status) -> None:
    dossier = a_held_dossier(present)
    if wanted.code in LAWFUL[present.code]:
        assert dossier.move(wanted, happened_at=LATER, now=LATER).status is wanted
    else:
        with pytest.raises(ForbiddenTransitionError) as refusal:
            dossier.move(wanted, happened_at=LATER, now=LATER)
        assert present.label in refusal.value.detail
        assert wanted.label in refusal.value.detail


def test_the_national_codes_run_from_one_to_ten() -> None:
    names = (
        "registered accepted rejected processing supplement_requested payment_requested "
        "withdrawn stopped finished returned"
    )
    assert [status.value for status in Status] == names.split()
    assert [status.code for status in Status] == list(range(1, 11))
    assert set(NEXT) == set(Status)


def test_a_refused_move_names_what_would_be_possible() -> None:
    with pytest.raises(ForbiddenTransitionError) as refusal:
        a_held_dossier(Status.FINISHED).move(Status.REGISTERED, happened_at=LATER, now=LATER)
    assert "Đã trả kết quả" in refusal.value.detail
    assert "accepted, processing, returned" in refusal.value.detail_en


def test_a_final_status_says_so() -> None:
    with pytest.raises(ForbiddenTransitionError) as refusal:
        a_held_dossier(Status.RETURNED).move(Status.PROCESSING, happened_at=LATER, now=LATER)
    assert "không trạng thái nào" in refusal.value.detail


@pytest.mark.parametrize(
    ("channel", "first"),
    [
        (Channel.ONLINE, Status.REGISTERED),
        (Channel.COUNTER, Status.ACCEPTED),
        (Channel.POSTAL, Status.ACCEPTED),
    ],
)
def test_where_a_dossier_begins_depends_on_how_it_came(channel: Channel, first: Status) -> None:
    assert first_status(channel) is first


@pytest.mark.parametrize(
    ("status", "ends"),
    [
        (Status.FINISHED, Ends(finished_at=LATER)),
        (Status.RETURNED, Ends(returned_at=LATER)),
        (Status.REJECTED, Ends(rejected_at=LATER)),
        (Status.WITHDRAWN, Ends()),
    ],
)
def test_the_moments_the_nation_counts_by_are_noted(status: Status, ends: Ends) -> None:
    assert Ends().at(status, LATER) == ends


@pytest.mark.parametrize("back", [Status.ACCEPTED, Status.PROCESSING])
def test_a_dossier_taken_up_again_is_not_finished_any_more(back: Status) -> None:
    finished = a_held_dossier().move(Status.FINISHED, happened_at=LATER, now=LATER)
    again = finished.move(back, happened_at=LATER, now=LATER)
    assert finished.ends.finished_at == LATER
    assert again.ends.finished_at is None
