import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, text, update

from app.exchange import claims, outbox
from app.exchange.claims import Lease, Wanted
from app.exchange.messages import Owed, State
from app.exchange.tables import outbox as rows
from app.platform.clock import Clock
from tests.exchange.post import Post, ids
from tests.gateway import START


def fill(connection: Connection, state: State, *, number: int, keys: int) -> None:
    """Write many messages of which none has its turn."""
    at = None if state in {State.OWED, State.PARKED} else START
    connection.execute(
        insert(rows),
        [
            {
                "message_id": f"{state}-{n}",
                "topic": "t",
                "key": f"{state}-{n % keys}",
                "body": {},
                "state": state,
                "attempts": 1,
                "created_at": START,
                "owed_since": START,
                "due_at": None,
                "settled_at": at,
            }
            for n in range(number)
        ],
    )


def plans_of_a_claim(connection: Connection, clock: Clock) -> str:
    """Claim, then return the plans of the statements that it ran."""
    ran: list[tuple[str, Any]] = []
    event.listen(connection, "before_cursor_execute", lambda *args: ran.append(args[2:4]))
    lease = Lease("w", timedelta(minutes=2))
    claims.claim(connection, clock, Wanted("t", 10, 5), lease=lease)
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE outbox"))
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[connection.dialect.name]
    plans = [connection.exec_driver_sql(f"{explain} {sql}", given).all() for sql, given in ran[:2]]
    return str(plans)


def test_an_act_that_comes_to_nothing_owes_nothing(post: Post) -> None:
    def failing(connection: Connection) -> None:
        outbox.enqueue(connection, post.clock, Owed("1", "t", "k", {}))
        raise LookupError

    with pytest.raises(LookupError):
        post.do(failing)
    assert post.states() == {}


def test_the_depth_counts_what_waits_but_not_what_is_parked(post: Post) -> None:
    post.owe("1", "2", key="a")
    post.owe("3", key="b")
    post.settle(post.claim(limit=1)[0], State.PARKED)
    assert post.do(outbox.depth, at_most=100) == 2
    assert post.do(outbox.depth, at_most=1) == 1
    assert post.do(outbox.counts, at_most=100) == {State.OWED: 2, State.PARKED: 1}


def test_topics_that_nobody_delivers_are_named(post: Post) -> None:
    post.owe("1", key="a", topic="known")
    post.owe("2", key="b", topic="unknown")
    assert post.do(outbox.topics_owed, except_for=["known"]) == ["unknown"]


def test_delivered_messages_are_purged_in_steps_and_no_others(post: Post) -> None:
    for name in "1234":
        post.owe(name, key=name)
    claimed = post.claim()
    post.deliver(claimed[:3])
    post.clock.advance(timedelta(days=1))
    assert post.do(outbox.purge, post.clock.now(), at_most=2) == 2
    assert post.do(outbox.purge, post.clock.now(), at_most=2) == 1
    assert post.states() == {"4": "owed"}


def test_a_lost_turn_is_given_back(post: Post) -> None:
    post.owe("1", "2", key="a")
    post.owe("3", key="b")
    post.do(lambda connection: connection.execute(update(rows).values(due_at=None)))
    assert post.claim() == []
    assert post.do(outbox.mend, post.clock) == 2
    assert ids(post.claim()) == [["1"], ["3"]]
    assert post.do(outbox.mend, post.clock) == 0


def test_a_claim_reads_neither_what_was_delivered_nor_what_waits(post: Post) -> None:
    post.do(fill, State.DELIVERED, number=4000, keys=4000)
    post.do(fill, State.PARKED, number=1, keys=1)
    post.owe("waits", key="parked-0")
    post.do(fill, State.OWED, number=4000, keys=1)
    post.owe("moves", key="other")
    plans = post.do(plans_of_a_claim, post.clock)
    assert "ix_outbox_topic_due_at" in plans
    assert (
        re.search(r"Seq Scan on outbox|SCAN (outbox|candidate|before|behind|first)", plans) is None
    )
    assert post.entry("moves").claimed_until is not None
