from datetime import timedelta

import pytest

from app.exchange.claims import LostClaimError
from app.exchange.messages import State
from tests.exchange.post import LEASE, Post, ids


def test_only_the_first_unsettled_message_of_a_key_is_claimed(post: Post) -> None:
    post.owe("1", "2", key="a")
    post.owe("3", key="b")
    assert ids(post.claim()) == [["1"], ["3"]]
    assert post.claim() == []


def test_the_next_message_has_its_turn_when_the_one_before_is_delivered(post: Post) -> None:
    post.owe("1", "2", "3")
    post.deliver(post.claim())
    assert ids(post.claim()) == [["2"]]


def test_a_message_owed_behind_a_claimed_one_waits_for_it(post: Post) -> None:
    post.owe("1")
    claimed = post.claim()
    post.owe("2")
    assert post.claim() == []
    post.deliver(claimed)
    assert ids(post.claim()) == [["2"]]


def test_a_repeat_of_a_message_id_is_not_owed_twice(post: Post) -> None:
    post.owe("1", "1")
    post.deliver(post.claim())
    post.owe("1")
    assert post.claim() == []


def test_the_message_says_what_was_owed(post: Post) -> None:
    post.owe("1", key="a")
    message = post.claim()[0].first
    assert (message.topic, message.key, message.body) == ("t", "a", {"text": "1"})
    assert (message.attempts, message.created_at) == (1, post.clock.now())


def test_no_more_keys_are_claimed_than_wanted(post: Post) -> None:
    for number in range(5):
        post.owe(str(number), key=str(number))
    assert len(post.claim(limit=3)) == 3
    assert len(post.claim(limit=3)) == 2


def test_another_topic_is_not_claimed_but_holds_its_key(post: Post) -> None:
    post.owe("1", topic="other")
    post.owe("2", topic="t")
    assert post.claim() == []
    post.deliver(post.claim(topic="other"))
    assert ids(post.claim()) == [["2"]]


def test_a_batch_brings_the_messages_that_directly_follow(post: Post) -> None:
    post.owe("1", "2", "3", "4", key="a")
    post.owe("5", key="b")
    assert ids(post.claim(batch=3)) == [["1", "2", "3"], ["5"]]


def test_a_batch_ends_before_another_topic(post: Post) -> None:
    post.owe("1", "2")
    post.owe("3", topic="other")
    post.owe("4")
    assert ids(post.claim(batch=10)) == [["1", "2"]]


def test_a_delivered_batch_passes_the_turn_to_what_is_behind_it(post: Post) -> None:
    post.owe("1", "2", "3")
    post.deliver(post.claim(batch=2))
    assert ids(post.claim(batch=2)) == [["3"]]


def test_a_claim_whose_lease_ran_out_is_free_again(post: Post) -> None:
    post.owe("1", "2")
    post.claim(worker="crashed", batch=2)
    post.clock.advance(LEASE - timedelta(microseconds=1))
    assert post.claim(worker="next", batch=2) == []
    post.clock.advance(timedelta(microseconds=1))
    again = post.claim(worker="next", batch=2)
    assert ids(again) == [["1", "2"]]
    assert [message.attempts for message in again[0].messages] == [2, 2]


def test_whoever_lost_the_lease_to_another_cannot_settle(post: Post) -> None:
    post.owe("1")
    late = post.claim(worker="a")
    post.clock.advance(LEASE)
    again = post.claim(worker="a")
    for state in State:
        with pytest.raises(LostClaimError):
            post.settle(late[0], state)
    post.deliver(again)
    with pytest.raises(LostClaimError):
        post.deliver(again)
    assert post.states() == {"1": "delivered"}


def test_who_is_late_but_was_not_replaced_may_settle(post: Post) -> None:
    post.owe("1")
    claimed = post.claim()
    post.clock.advance(LEASE * 2)
    post.deliver(claimed)
    assert post.states() == {"1": "delivered"}


def test_one_lost_claim_undoes_the_whole_settlement(post: Post) -> None:
    post.owe("1", key="a")
    lost = post.claim()
    post.clock.advance(LEASE)
    post.claim(worker="other")
    post.owe("2", key="b")
    with pytest.raises(LostClaimError):
        post.deliver(lost + post.claim())
    assert post.states() == {"1": "owed", "2": "owed"}


def test_a_message_put_off_comes_again_when_it_is_due(post: Post) -> None:
    post.owe("1", "2")
    due_at = post.clock.now() + timedelta(seconds=30)
    post.settle(post.claim(batch=2)[0], State.OWED, due_at=due_at, reason="timeout")
    assert post.claim(batch=2) == []
    assert post.entry("1").reason == "timeout"
    post.clock.advance(timedelta(seconds=30))
    assert ids(post.claim(batch=2)) == [["1", "2"]]


def test_a_parked_message_holds_the_later_ones_of_its_key_only(post: Post) -> None:
    post.owe("1", "2", key="a")
    post.owe("3", key="b")
    first, other = post.claim()
    post.settle(first, State.PARKED, reason="rejected")
    post.deliver([other])
    post.owe("4", key="b")
    assert ids(post.claim()) == [["4"]]
    assert (post.entry("1").holding, post.entry("2").held_by) == (1, "1")


def test_what_the_other_side_wrote_is_kept_within_bounds(post: Post) -> None:
    post.owe("1")
    said = "\0\ud800" + "x" * 1000
    post.settle(post.claim()[0], State.DELIVERED, reference=said)
    assert post.entry("1").reference == "?" + "x" * 199


def test_the_first_of_several_keys_go_together_where_they_are_about_the_same(post: Post) -> None:
    post.owe("1", "2", key="a", packet="p")
    post.owe("3", key="b", packet="p")
    post.owe("4", key="c", packet="q")
    assert ids(post.claim(together="packet")) == [["1", "3"], ["4"]]


def test_what_went_together_passes_the_turn_of_each_key(post: Post) -> None:
    for key in ("a", "b"):
        post.owe(f"1{key}", f"2{key}", key=key, packet="p")
    post.deliver(post.claim(together="packet"))
    assert ids(post.claim()) == [["2a"], ["2b"]]


def test_what_went_together_is_put_off_together(post: Post) -> None:
    post.owe("1", key="a", packet="p")
    post.owe("2", key="b", packet="p")
    due_at = post.clock.now() + timedelta(seconds=30)
    post.settle(post.claim(together="packet")[0], State.OWED, due_at=due_at)
    assert post.claim() == []
    post.clock.advance(timedelta(seconds=30))
    assert ids(post.claim(together="packet")) == [["1", "2"]]
