"""Owing a message in the transaction of the act that causes it, and seeing how much is owed.

`due_at` is set on the first unsettled message of a key and on no other; whoever settles it
passes the turn on. An act that owes locks the key's last unsettled message against settlement,
so of the two that meet one always sees the other, and no message is left without its turn.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.exchange.messages import Owed, State
from app.exchange.tables import outbox
from app.platform.clock import Clock
from app.platform.database import signal
from app.platform.inserting import insert_rows
from app.platform.prepared import Prepared
from app.platform.schema import Instant

__all__ = [
    "Owed", "counts", "depth", "drop_all", "enqueue", "enqueue_first", "hasten", "mend",
    "pass_turn", "purge", "topics_owed",
]  # fmt: skip

_before = outbox.alias("before")


def _owing() -> Mapping[str, Prepared]:
    """Return the INSERT of each engine; SQLite has one writer and needs no FOR SHARE."""
    unsettled = (
        select(_before.c.sequence)
        .where(_before.c.key == bindparam("of_key"), _before.c.settled_at.is_(None))
        .order_by(_before.c.sequence.desc())
        .limit(1)
        .with_for_update(read=True)
    )
    due_at = case((~unsettled.exists(), bindparam("at", type_=Instant)))
    return {
        name: Prepared(
            insert(outbox)
            .values(due_at=due_at)
            .on_conflict_do_nothing(index_elements=["message_id"])
            .inline(),
            _OWED,
        )
        for name, insert in (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
    }


_OWED: Final = (
    "message_id", "topic", "key", "body", "state", "attempts", "created_at", "owed_since",
)  # fmt: skip
_OWING: Final = _owing()

_NEXT: Final = {
    "sqlite": "sequence IN (SELECT (SELECT min(o.sequence) FROM outbox o "
    "WHERE o.key = k.value AND o.settled_at IS NULL) FROM json_each(:keys) k)",
    "postgresql": "sequence = ANY(ARRAY(SELECT (SELECT min(o.sequence) FROM outbox o "
    "WHERE o.key = k.value AND o.settled_at IS NULL) "
    "FROM jsonb_array_elements_text(CAST(:keys AS jsonb)) AS k(value)))",
}
_PASSING: Final = {
    name: update(outbox)
    .where(text(condition), outbox.c.state == State.OWED, outbox.c.due_at.is_(None))
    .values(due_at=bindparam("at", type_=Instant))
    for name, condition in _NEXT.items()
}


def enqueue(connection: Connection, clock: Clock, *messages: Owed) -> None:
    """Owe messages, in the caller's transaction.

    Nothing is sent now. Messages with one key leave in the order they were owed; a repeat of
    the same message id is not owed twice. The caller holds the lock on the key's row.
    """
    now = clock.now()
    rows = [_row_of(one, now) | {"of_key": one.key, "at": now} for one in messages]
    _OWING[connection.dialect.name].run_each(connection, rows)
    signal(connection)


def enqueue_first(connection: Connection, clock: Clock, *messages: Owed) -> None:
    """Owe messages of keys that nothing was ever owed under, as `enqueue` does, without looking.

    Should another act be faster after all, a claim still takes them in their order.
    """
    now = clock.now()
    insert_rows(connection, outbox, [_row_of(one, now) | {"due_at": now} for one in messages])
    signal(connection)


def _row_of(message: Owed, now: datetime) -> dict[str, Any]:
    return {
        "message_id": message.message_id,
        "topic": message.topic,
        "key": message.key,
        "body": message.body,
        "state": State.OWED,
        "attempts": 0,
        "created_at": now,
        "owed_since": now,
    }


def pass_turn(connection: Connection, clock: Clock, keys: Collection[str]) -> int:
    """Make the first unsettled message of each key due, if it is owed and is not due already."""
    passed = connection.execute(
        _PASSING[connection.dialect.name],
        {"at": clock.now(), "keys": json.dumps(sorted(set(keys)))},
    )
    return passed.rowcount


def hasten(connection: Connection, clock: Clock, prefix: str, *, reason: str | None = None) -> None:
    """Make due now what was put off, for this reason, of the keys that begin so.

    What is being sent at this moment is left alone.
    """
    now = clock.now()
    put_off = update(outbox).where(
        _idle(prefix), outbox.c.state == State.OWED, outbox.c.due_at > now
    )
    if reason is not None:
        put_off = put_off.where(outbox.c.reason == reason)
    connection.execute(put_off.values(due_at=now))
    signal(connection)


def drop_all(connection: Connection, clock: Clock, prefix: str) -> None:
    """Give up what is owed under the keys that begin so, but for what is being sent."""
    connection.execute(
        update(outbox)
        .where(_idle(prefix))
        .values(state=State.DROPPED, due_at=None, settled_at=clock.now())
    )


def depth(connection: Connection, *, at_most: int) -> int:
    """Count the messages waiting to be delivered, parked ones left out, up to `at_most`."""
    return _counted(connection, _unsettled(State.OWED).limit(at_most))


def counts(connection: Connection, *, at_most: int) -> dict[State, int]:
    """Count owed and parked messages, each up to `at_most`."""
    return {
        state: _counted(connection, _unsettled(state).limit(at_most))
        for state in (State.OWED, State.PARKED)
    }


def topics_owed(connection: Connection, *, except_for: Collection[str]) -> list[str]:
    """Return the topics of messages that are due and are none of these."""
    due = select(outbox.c.topic).where(
        outbox.c.due_at.is_not(None), outbox.c.topic.not_in(sorted(except_for))
    )
    return sorted(connection.execute(due.distinct()).scalars())


def purge(connection: Connection, moment: datetime, *, at_most: int) -> int:
    """Delete at most so many messages settled before `moment`; return how many went."""
    old = select(outbox.c.sequence).where(outbox.c.settled_at < moment).limit(at_most)
    return connection.execute(delete(outbox).where(outbox.c.sequence.in_(old))).rowcount


def mend(connection: Connection, clock: Clock) -> int:
    """Give every key its turn that has lost it, and tell how many had.

    None ever should; this is what makes a mistake elsewhere a delay instead of a loss.
    """
    is_held = exists().where(
        _before.c.key == outbox.c.key,
        _before.c.settled_at.is_(None),
        _before.c.sequence < outbox.c.sequence,
    )
    turnless = select(outbox.c.key).where(
        outbox.c.settled_at.is_(None),
        outbox.c.state == State.OWED,
        outbox.c.due_at.is_(None),
        ~is_held,
    )
    return pass_turn(connection, clock, connection.execute(turnless).scalars().all())


def _idle(prefix: str) -> ColumnElement[bool]:
    begins = outbox.c.key.startswith(prefix, autoescape=True)
    return and_(begins, outbox.c.settled_at.is_(None), outbox.c.claimed_by.is_(None))


def _unsettled(state: State) -> Select[tuple[int]]:
    return select(outbox.c.sequence).where(outbox.c.settled_at.is_(None), outbox.c.state == state)


def _counted(connection: Connection, rows: Select[tuple[int]]) -> int:
    counted = connection.execute(select(func.count()).select_from(rows.subquery()))
    return int(counted.scalar_one())
