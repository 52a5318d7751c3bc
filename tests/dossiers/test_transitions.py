"""Statuses and their moves; the whole table stands in tests/contract."""

from datetime import timedelta

import pytest

from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.dossier import Ends, first_status
from app.dossiers.domain.errors import ForbiddenActorError, ForbiddenTransitionError
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.statuses import Status
from tests.builders import RECEIVED, a_held_dossier

LATER = RECEIVED + timedelta(days=1)


def test_the_national_codes_run_from_one_to_ten() -> None:
    names = (
        "registered accepted rejected processing supplement_requested payment_requested "
        "withdrawn stopped finished returned"
    )
    assert [status.value for status in Status] == names.split()
    assert [status.code for status in Status] == list(range(1, 11))


def test_a_refused_move_names_what_would_be_possible() -> None:
    with pytest.raises(ForbiddenTransitionError) as refusal:
        a_held_dossier(Status.FINISHED).move(Status.REGISTERED, None, happened_at=LATER, now=LATER)
    assert "Đã trả kết quả" in refusal.value.detail
    assert "accepted, processing, returned" in refusal.value.detail_en


def test_a_move_for_others_says_for_whom() -> None:
    with pytest.raises(ForbiddenActorError) as refusal:
        a_held_dossier(Status.PROCESSING).move(
            Status.STOPPED, ActorKind.CITIZEN, happened_at=LATER, now=LATER
        )
    assert "chỉ “Người xử lý”, “Lãnh đạo” mới được" in refusal.value.detail
    assert "only officer, leader can" in refusal.value.detail_en
    assert [wrong.pointer for wrong in refusal.value.errors] == ["/actor/kind"]


def test_a_final_status_says_so() -> None:
    with pytest.raises(ForbiddenTransitionError) as refusal:
        a_held_dossier(Status.RETURNED).move(Status.PROCESSING, None, happened_at=LATER, now=LATER)
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
    finished = a_held_dossier().move(Status.FINISHED, None, happened_at=LATER, now=LATER)
    again = finished.move(back, None, happened_at=LATER, now=LATER)
    assert finished.ends.finished_at == LATER
    assert again.ends.finished_at is None
