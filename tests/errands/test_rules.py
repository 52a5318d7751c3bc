"""What an errand becomes, and what it never becomes again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.codes import AgencyCode
from app.errands.domain import (
    EndedErrandError,
    Errand,
    Kind,
    NotCancellableError,
    Patience,
    State,
    Told,
)
from app.errands.domain.texts import kept_all
from app.errands.schemas.outgoing import ErrandOut

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PATIENCE = Patience(first=HOUR, give_up_after=timedelta(days=10))
ERRAND = Errand(
    id="e-1",
    kind=Kind.JUDICIAL_RECORD,
    number="H38-1",
    agency=AgencyCode("H38"),
    dossier=None,
    facts={},
    created_at=NOW,
)


def accepted() -> Errand:
    return ERRAND.accepted("LLTP1", now=NOW, patience=PATIENCE, ends=False)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_and_state_has_a_name_that_people_read(kind: Kind, state: State) -> None:
    shown = ErrandOut.of(replace(ERRAND, kind=kind, state=state))
    assert (shown.kind_label, shown.state_label) == (kind.label, state.label)
    assert shown.result is None


def test_what_was_accepted_is_asked_about_later() -> None:
    errand = accepted()
    assert (errand.state, errand.reference, errand.look_at) == (
        State.ACCEPTED, "LLTP1", NOW + HOUR
    )  # fmt: skip


def test_what_ends_with_its_delivery_is_not_asked_about() -> None:
    errand = ERRAND.accepted(None, now=NOW, patience=PATIENCE, ends=True)
    assert (errand.state, errand.look_at) == (State.ENDED, None)


@pytest.mark.parametrize("state", [State.ENDED, State.CANCELLED])
def test_an_end_stays(state: State) -> None:
    over = replace(ERRAND, state=state)
    told = Told("4", "Phát thành công", ends=False)
    assert over.stands(told, now=NOW) is over
    assert over.held_up(State.DEFERRED, "http-503") is over
    assert over.accepted("2", now=NOW, patience=None, ends=False) is over
    with pytest.raises(EndedErrandError):
        over.cancelling()


def test_the_waits_double_to_a_day_and_end() -> None:
    errand, waits = accepted(), []
    moment = NOW
    while errand.look_at is not None:
        waits.append(errand.look_at - moment)
        moment = errand.look_at
        errand = errand.looked(PATIENCE, now=moment)
    assert waits[:5] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR]
    assert max(waits) == timedelta(days=1)
    assert moment - NOW >= PATIENCE.give_up_after
    assert errand.looked(PATIENCE, now=moment) is errand


def test_the_same_status_again_keeps_when_it_came() -> None:
    told = Told("3", "Sở Tư pháp đã tiếp nhận", ends=False, result={"number": "1"})
    once = accepted().stands(told, now=NOW)
    again = once.stands(replace(told, result=None), now=NOW + HOUR)
    assert (again.status_at, again.result) == (NOW, {"number": "1"})
    ended = again.stands(Told("5", "Đã có phiếu", ends=True), now=NOW + HOUR)
    assert (ended.state, ended.status_at, ended.look_at) == (State.ENDED, NOW + HOUR, None)


def test_a_cancellation_that_is_put_off_stays_owed_and_one_refused_does_not() -> None:
    going = accepted().cancelling()
    with pytest.raises(NotCancellableError):
        going.cancelling()
    assert going.not_cancelled(State.DEFERRED, "http-503").is_cancelling
    refused = going.not_cancelled(State.REFUSED, "105: đã phát")
    assert (refused.is_cancelling, refused.state) == (False, State.ACCEPTED)
    assert going.cancelled(now=NOW).state is State.CANCELLED


def test_a_long_reason_is_cut() -> None:
    assert len(ERRAND.held_up(State.REFUSED, "x" * 1_000).reason or "") == 300


def test_what_no_database_takes_is_not_kept() -> None:
    refused = ERRAND.held_up(State.REFUSED, "106: a\x00b\ud800c")
    assert refused.reason == "106: abc"
    facts = {"number": "1\x00", "copies": 2, "pdf": "JVBERi0="}
    assert kept_all(facts, but="pdf") == {"number": "1", "copies": 2, "pdf": "JVBERi0="}
