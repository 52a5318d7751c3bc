import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Connection
from structlog.testing import capture_logs

from app.evidence.store import page
from app.exchange import administration
from app.exchange.messages import Handler, Message, State
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.platform.clock import Clock
from tests.exchange.post import LEASE, PATIENCE, Nation, Post


def test_what_is_delivered_is_settled_and_its_slice_told(post: Post) -> None:
    nation = Nation([Delivered("their-id")])
    post.owe("1", "2")
    relay = post.relay(("t", nation.handler()))
    assert [post.run(relay.turn()) for _ in range(3)] == [1, 1, 0]
    assert nation.told == [(["1"], Delivered("their-id")), (["2"], Delivered())]
    assert post.states() == {"1": "delivered", "2": "delivered"}
    assert post.entry("1").reference == "their-id"


def test_a_deferred_message_waits_longer_each_time(post: Post) -> None:
    nation = Nation([Deferred("timeout")] * 3)
    post.owe("1")
    relay = post.relay(("t", nation.handler()))
    waits = []
    for _ in range(3):
        assert post.run(relay.turn()) == 1
        assert post.run(relay.turn()) == 0
        due_at = post.entry("1").due_at
        assert due_at is not None
        waits.append((due_at - post.clock.now()).total_seconds())
        post.clock.advance(due_at - post.clock.now())
    assert waits == [1, 2, 4]
    assert post.entry("1").attempts == 3
    assert nation.told == [(["1"], Deferred("timeout"))] * 3


def test_the_other_side_may_ask_for_a_longer_wait(post: Post) -> None:
    nation = Nation([Deferred("http-503", retry_after=timedelta(minutes=5))])
    post.owe("1")
    relay = post.relay(("t", nation.handler()))
    post.run(relay.turn())
    post.clock.advance(timedelta(minutes=5) - timedelta(microseconds=1))
    assert post.run(relay.turn()) == 0
    post.clock.advance(timedelta(microseconds=1))
    assert post.run(relay.turn()) == 1


def test_a_refused_message_is_parked_at_once_with_an_entry(post: Post) -> None:
    nation = Nation([Refused("12", "no such agency")])
    post.owe("1", "2")
    relay = post.relay(("t", nation.handler()))
    assert [post.run(relay.turn()) for _ in range(2)] == [1, 0]
    assert post.states() == {"1": "parked", "2": "owed"}
    assert post.entry("1").reason == "12: no such agency"
    assert nation.told == [(["1"], Refused("12", "no such agency"))]
    (entry,) = post.do(page, member="", subject="message:1", after=None, limit=9)
    assert (entry.act, entry.outcome) == ("outbox.park", "refused:12")


def test_a_message_undeliverable_for_too_long_is_parked(post: Post) -> None:
    nation = Nation([Deferred("timeout")] * 2)
    post.owe("1")
    relay = post.relay(("t", nation.handler()))
    post.clock.advance(PATIENCE.dead_letter_after - timedelta(microseconds=1))
    post.run(relay.turn())
    assert post.states() == {"1": "owed"}
    post.clock.advance(timedelta(minutes=1))
    post.run(relay.turn())
    assert post.states() == {"1": "parked"}
    assert nation.told[-1] == (["1"], Refused("dead-letter", "timeout"))


def test_messages_refused_together_are_sent_one_by_one(post: Post) -> None:
    refused = Refused("9", "bad row")
    nation = Nation([refused, Delivered(), refused])
    post.owe("1", "2", "3")
    relay = post.relay(("t", nation.handler(batch=10)))
    while post.run(relay.turn()):
        pass
    assert nation.batches == [["1", "2", "3"], ["1"], ["2"]]
    assert post.states() == {"1": "delivered", "2": "parked", "3": "owed"}
    assert nation.told == [(["1"], Delivered()), (["2"], refused)]


def test_a_failing_handler_defers_its_message_and_no_other(post: Post) -> None:
    nation = Nation([LookupError("a citizen's name")])
    post.owe("1", key="a")
    post.owe("2", key="b")
    with capture_logs() as logs:
        post.run(post.relay(("t", nation.handler())).turn())
    assert post.states() == {"1": "owed", "2": "delivered"}
    assert nation.told[0] == (["1"], Deferred("handler-error", alarm=True))
    assert [log["event"] for log in logs] == ["handler_failed", "delivery_alarm"]
    assert "citizen" not in str(logs)


def test_a_slice_that_cannot_take_the_outcome_holds_up_its_message_only(post: Post) -> None:
    nation = Nation()

    def settle(
        connection: Connection, clock: Clock, messages: Sequence[Message], outcome: Outcome
    ) -> None:
        if messages[0].message_id == "bad":
            raise LookupError
        nation.settle(connection, clock, messages, outcome)

    for name in ("bad", "good", "fine"):
        post.owe(name, key=name)
    post.run(post.relay(("t", Handler(nation.send, settle))).turn())
    assert post.states() == {"bad": "owed", "good": "delivered", "fine": "delivered"}
    assert post.entry("bad").reason == "settle-error"


def test_a_delivery_is_broken_off_before_its_lease_ends(post: Post) -> None:
    async def never(_messages: Sequence[Message]) -> None:
        await asyncio.Event().wait()

    nation = Nation(before=never)
    post.owe("1")
    relay = post.relay(("t", nation.handler()), lease=timedelta(seconds=1))
    post.run(relay.turn())
    assert nation.told == [(["1"], Deferred("lease-over", alarm=True))]


def test_who_lost_the_lease_tells_the_slice_nothing(post: Post) -> None:
    nation = Nation()

    async def replaced(_messages: Sequence[Message]) -> None:
        post.clock.advance(LEASE)
        wanted = post.relay_on(post.database, ("t", Nation().handler()), worker="other")
        await wanted.turn()

    nation.before = replaced
    post.owe("1", "2")
    with capture_logs() as logs:
        post.run(post.relay(("t", nation.handler())).turn())
    assert [log["event"] for log in logs] == ["claim_lost"]
    assert post.states() == {"1": "delivered", "2": "owed"}


def test_a_topic_without_handler_stays_owed(post: Post) -> None:
    post.owe("1", topic="unknown")
    assert post.run(post.relay(("t", Nation().handler())).turn()) == 0
    assert post.entry("1").attempts == 0


@pytest.mark.parametrize(
    ("outcome", "word", "alarms"),
    [
        (Delivered(), "delivered", 0),
        (Deferred("timeout"), "deferred", 0),
        (Deferred("unknown-code", alarm=True), "deferred", 1),
        (Refused("1", "no"), "refused", 0),
    ],
)
def test_every_attempt_is_counted_and_alarms_besides(
    post: Post, outcome: Outcome, word: str, alarms: int
) -> None:
    post.owe("1")
    post.run(post.relay(("t", Nation([outcome]).handler())).turn())
    registry = post.metrics.registry
    labels = {"topic": "t", "outcome": word}
    assert registry.get_sample_value("lgsp_deliveries_total", labels) == 1
    counted = registry.get_sample_value("lgsp_delivery_alarms_total", {"topic": "t"})
    assert (counted or 0) == alarms


def test_a_retried_dead_letter_is_given_all_patience_again(post: Post) -> None:
    nation = Nation([Deferred("timeout")] * 2)
    post.owe("1")
    relay = post.relay(("t", nation.handler()))
    post.clock.advance(PATIENCE.dead_letter_after)
    post.run(relay.turn())
    assert post.entry("1").state is State.PARKED
    post.do(administration.retry, post.clock, message_id="1")
    post.run(relay.turn())
    assert post.entry("1").state is State.OWED


def test_what_is_refused_together_goes_alone_and_holds_only_its_own_key(post: Post) -> None:
    nation = Nation([Refused("12", "one of them"), Delivered(), Refused("12", "this one")])
    for key in ("a", "b"):
        post.owe(f"1{key}", f"2{key}", key=key, packet="p")
    relay = post.relay(("t", nation.handler(together="packet")))
    while post.run(relay.turn()):
        pass
    assert nation.batches[0] == ["1a", "1b"]
    assert sorted(nation.batches[1:]) == [["1a"], ["1b"], ["2a"]]
    assert nation.told[-1][1] == Delivered()
    parked = {name for name, state in post.states().items() if state == "parked"}
    assert parked == {"1b"}
    assert post.states()["2b"] == "owed"
