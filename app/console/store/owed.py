"""Reading what is owed and does not move; every statement looks at open messages alone."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, func, select

from app.console.domain.owed import Failing, Held, word_of
from app.exchange.messages import State
from app.exchange.tables import outbox

_behind = outbox.alias("behind")
_holding = (
    select(func.count())
    .select_from(_behind)
    .where(
        _behind.c.key == outbox.c.key,
        _behind.c.settled_at.is_(None),
        _behind.c.sequence > outbox.c.sequence,
    )
    .scalar_subquery()
)
_is_held = and_(outbox.c.settled_at.is_(None), outbox.c.state == State.PARKED)
_is_failing = and_(
    outbox.c.settled_at.is_(None), outbox.c.state == State.OWED, outbox.c.reason.is_not(None)
)


def held(connection: Connection, *, limit: int) -> Sequence[Held]:
    """Return messages that wait for a person, those longest owed first."""
    rows = connection.execute(
        select(
            outbox.c.message_id,
            outbox.c.topic,
            outbox.c.reason,
            outbox.c.attempts,
            outbox.c.owed_since,
            _holding.label("holding"),
        )
        .where(_is_held)
        .order_by(outbox.c.owed_since, outbox.c.sequence)
        .limit(limit)
    )
    return [
        Held(message_id, topic, word_of(reason), attempts, since, holding)
        for message_id, topic, reason, attempts, since, holding in rows
    ]


def failing(connection: Connection, *, limit: int) -> Sequence[Failing]:
    """Return by topic and reason what was tried in vain and is tried again, the most first."""
    number = func.count()
    rows = connection.execute(
        select(
            outbox.c.topic,
            outbox.c.reason,
            number,
            func.min(outbox.c.owed_since),
            func.min(outbox.c.due_at),
        )
        .where(_is_failing)
        .group_by(outbox.c.topic, outbox.c.reason)
        .order_by(number.desc(), outbox.c.topic, outbox.c.reason)
        .limit(limit)
    )
    return [
        Failing(topic, word_of(reason), many, oldest, next_at)
        for topic, reason, many, oldest, next_at in rows
    ]
