from collections.abc import Callable
from datetime import timedelta

import pytest

from app.evidence.store import page
from app.exchange import administration
from app.exchange.administration import (
    MessageUnderWayError,
    SettledMessageError,
    UnknownMessageError,
)
from app.exchange.claims import LostClaimError
from app.exchange.messages import State
from tests.exchange.post import LEASE, Post, ids

Act = Callable[..., administration.Entry]
ACTS: list[Act] = [administration.retry, administration.park, administration.drop]


def park_first(post: Post) -> None:
    post.settle(post.claim()[0], State.PARKED, reason="rejected")


def test_a_retried_message_is_due_again_and_the_later_ones_follow(post: Post) -> None:
    post.owe("1", "2")
    park_first(post)
    entry = post.do(administration.retry, post.clock, message_id="1")
    assert (entry.state, entry.attempts, entry.reason) == (State.OWED, 0, None)
    assert ids(post.claim(batch=2)) == [["1", "2"]]


def test_a_retry_does_not_wait_for_the_next_attempt(post: Post) -> None:
    post.owe("1")
    post.settle(post.claim()[0], State.OWED, due_at=post.clock.now() + timedelta(hours=1))
    assert post.claim() == []
    post.do(administration.retry, post.clock, message_id="1")
    assert ids(post.claim()) == [["1"]]


def test_a_dropped_message_passes_the_turn_on(post: Post) -> None:
    post.owe("1", "2")
    park_first(post)
    post.do(administration.drop, post.clock, message_id="1")
    assert ids(post.claim()) == [["2"]]
    assert post.states() == {"1": "dropped", "2": "owed"}


def test_a_message_in_the_middle_is_dropped_without_moving_the_others(post: Post) -> None:
    post.owe("1", "2", "3")
    post.do(administration.drop, post.clock, message_id="2")
    assert ids(post.claim(batch=3)) == [["1", "3"]]


def test_a_message_parked_by_hand_ends_a_batch_and_holds_what_follows(post: Post) -> None:
    post.owe("1", "2", "3")
    post.do(administration.park, post.clock, message_id="2")
    batches = post.claim(batch=3)
    assert ids(batches) == [["1"]]
    post.deliver(batches)
    assert post.claim(batch=3) == []
    post.do(administration.retry, post.clock, message_id="2")
    assert ids(post.claim(batch=3)) == [["2", "3"]]


@pytest.mark.parametrize("act", ACTS)
def test_each_act_leaves_an_entry(post: Post, act: Act) -> None:
    post.owe("1")
    post.do(act, post.clock, message_id="1")
    (entry,) = post.do(page, member="", subject="message:1", after=None, limit=9)
    assert (entry.act, entry.client_id) == (f"outbox.{act.__name__}", "system:administrator")


@pytest.mark.parametrize("act", ACTS)
def test_a_message_under_way_is_left_alone_until_its_lease_ends(post: Post, act: Act) -> None:
    post.owe("1", "2")
    post.claim(batch=2)
    for name in "12":
        with pytest.raises(MessageUnderWayError):
            post.do(act, post.clock, message_id=name)
    post.clock.advance(LEASE)
    post.do(act, post.clock, message_id="1")


@pytest.mark.parametrize("act", ACTS)
def test_nothing_can_be_done_to_what_is_settled_or_unknown(post: Post, act: Act) -> None:
    post.owe("1")
    post.deliver(post.claim())
    with pytest.raises(SettledMessageError):
        post.do(act, post.clock, message_id="1")
    with pytest.raises(UnknownMessageError):
        post.do(act, post.clock, message_id="2")


def test_a_worker_whose_lease_ran_out_cannot_undo_what_was_done_by_hand(post: Post) -> None:
    post.owe("1")
    late = post.claim()
    post.clock.advance(LEASE)
    post.do(administration.drop, post.clock, message_id="1")
    with pytest.raises(LostClaimError):
        post.deliver(late)


def test_a_parked_message_shows_how_many_it_holds(post: Post) -> None:
    post.owe("1", "2", "3", key="a")
    post.owe("4", key="b")
    park_first(post)
    (parked,) = post.do(administration.entries, state=State.PARKED)
    assert (parked.message_id, parked.reason, parked.holding) == ("1", "rejected", 2)
    waiting = post.do(administration.entries, state=State.OWED)
    assert [(entry.message_id, entry.held_by) for entry in waiting] == [
        ("2", "1"),
        ("3", "1"),
        ("4", None),
    ]


def test_lists_go_on_behind_the_last_entry_and_by_topic(post: Post) -> None:
    post.owe("1", "2", "3")
    post.owe("4", topic="other")
    first = post.do(administration.entries, limit=2, topic="t")
    second = post.do(administration.entries, after=first[-1].sequence, topic="t")
    assert [entry.message_id for entry in [*first, *second]] == ["1", "2", "3"]


def test_one_message_can_be_read_with_what_it_says(post: Post) -> None:
    post.owe("1")
    entry, body = post.do(administration.show, message_id="1")
    assert (entry.message_id, body) == ("1", {"text": "1"})
