"""Claiming messages, and settling what was claimed; exact under any number of workers.

A claim gives its messages a name of its own. Settlement is one statement that touches only
messages which still carry it: a worker that lost its lease to another changes nothing.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, takewhile
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Connection,
    Dialect,
    Integer,
    String,
    bindparam,
    exists,
    select,
    text,
    true,
    update,
)

from app.exchange.messages import Batch, Message, State
from app.exchange.outbox import pass_turn
from app.exchange.tables import outbox
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.platform.schema import Instant

BATCH_REFUSED: Final = "batch-refused"
"""Reason of messages that were refused together: from now on each is sent alone."""

_LONGEST_REASON: Final = 300
_LONGEST_REFERENCE: Final = 200


class LostClaimError(Exception):
    """Messages to be settled are no longer held by the claim that took them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a worker wants of one topic: `limit` keys, at most `batch` messages of each.

    Those whose bodies have the same at `together` go in one batch, if that is given.
    """

    topic: str
    limit: int
    batch: int = 1
    together: str | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """Who claims, and until when nobody else may."""

    worker: str
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a batch; `due_at` is the next attempt of one that stays owed.

    All of a batch is delivered. Only the first message of each key is parked or due again: the
    others wait behind it.
    """

    batch: Batch
    state: State
    due_at: datetime | None = None
    reason: str | None = None
    reference: str | None = None


class _Taken(NamedTuple):
    sequence: int
    message_id: str
    topic: str
    key: str
    body: dict[str, Any]
    attempts: int
    created_at: datetime
    owed_since: datetime
    state: str
    reason: str | None


_COLUMNS: Final = _Taken._fields
_candidate = outbox.alias("candidate")
_before = outbox.alias("before")
_first = outbox.alias("first")
_behind = outbox.alias("behind")
_due = (
    select(_candidate.c.sequence)
    .where(
        _candidate.c.topic == bindparam("of_topic", type_=String),
        _candidate.c.due_at <= bindparam("at", type_=Instant),
        ~exists().where(
            _before.c.key == _candidate.c.key,
            _before.c.settled_at.is_(None),
            _before.c.sequence < _candidate.c.sequence,
        ),
    )
    .order_by(_candidate.c.due_at, _candidate.c.sequence)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True, of=_candidate)
    .cte("due")
)
_hold = update(outbox).values(
    claimed_by=bindparam("claim", type_=String),
    claimed_until=bindparam("until", type_=Instant),
    attempts=outbox.c.attempts + 1,
)
_CLAIM: Final = (
    _hold.where(outbox.c.sequence.in_(select(_due.c.sequence)))
    .values(due_at=bindparam("until", type_=Instant))
    .returning(*(outbox.c[name] for name in _COLUMNS))
)
_HOLD_TOO: Final = _hold.where(outbox.c.sequence.in_(bindparam("sequences", expanding=True)))
_next = (
    select(*(_behind.c[name] for name in _COLUMNS))
    .where(
        _behind.c.key == _first.c.key,
        _behind.c.settled_at.is_(None),
        _behind.c.sequence > _first.c.sequence,
    )
    .order_by(_behind.c.sequence)
    .limit(bindparam("most", type_=Integer))
)
_next_each = _next.lateral("next_each")
_next_numbers = _next.with_only_columns(_behind.c.sequence).correlate(_first)
_is_first = _first.c.sequence.in_(bindparam("sequences", expanding=True))
_BEHIND: Final = {
    # SQLite has no LATERAL, and PostgreSQL without it reads everything that waits.
    "sqlite": select(*(_before.c[name] for name in _COLUMNS))
    .select_from(_first.join(_before, _before.c.sequence.in_(_next_numbers)))
    .where(_is_first),
    "postgresql": select(*_next_each.c)
    .select_from(_first.join(_next_each, true()))
    .where(_is_first),
}

_SETTLE: Final = {
    "sqlite": text(
        "UPDATE outbox SET claimed_by = NULL, claimed_until = NULL, state = v.state,"
        " due_at = v.due_at, reason = v.reason, reference = v.reference,"
        " settled_at = v.settled_at FROM (SELECT json_extract(value, '$.sequence') AS sequence,"
        " json_extract(value, '$.claim') AS claim, json_extract(value, '$.state') AS state,"
        " json_extract(value, '$.due_at') AS due_at, json_extract(value, '$.reason') AS reason,"
        " json_extract(value, '$.reference') AS reference,"
        " json_extract(value, '$.settled_at') AS settled_at FROM json_each(:rows)) AS v"
        " WHERE outbox.sequence = v.sequence AND outbox.claimed_by = v.claim"
    ),
    "postgresql": text(
        "UPDATE outbox SET claimed_by = NULL, claimed_until = NULL, state = v.state,"
        " due_at = v.due_at, reason = v.reason, reference = v.reference,"
        " settled_at = v.settled_at FROM jsonb_to_recordset(CAST(:rows AS jsonb))"
        " AS v(sequence bigint, claim text, state text, due_at timestamptz, reason text,"
        " reference text, settled_at timestamptz)"
        " WHERE outbox.sequence = v.sequence AND outbox.claimed_by = v.claim"
        # Says the same again, so that no plan reads the whole table.
        " AND outbox.sequence = ANY(ARRAY(SELECT CAST(e.value ->> 'sequence' AS bigint)"
        " FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS e(value)))"
    ),
}


def claim(connection: Connection, clock: Clock, wanted: Wanted, *, lease: Lease) -> list[Batch]:
    """Take what is due of one topic, the longest due first, for the time of the lease.

    Only the first unsettled message of a key is ever taken, with the messages of its topic that
    directly follow. What another worker claims at this moment is passed over.
    """
    now = clock.now()
    name = f"{lease.worker}:{new_id()}"
    taking = {"claim": name, "until": now + lease.duration}
    found = connection.execute(
        _CLAIM, {**taking, "of_topic": wanted.topic, "at": now, "most": wanted.limit}
    )
    firsts = sorted(_Taken(*row) for row in found)
    behind = _take_behind(connection, firsts, taking, wanted) if wanted.batch > 1 else {}
    return [
        _batch([row for first in company for row in (first, *behind.get(first.key, ()))], name)
        for company in _companies(firsts, wanted)
    ]


def _companies(firsts: Sequence[_Taken], wanted: Wanted) -> Iterable[list[_Taken]]:
    """Return what goes together; only what is equally old, so that it is given up together."""
    found: dict[object, list[_Taken]] = {}
    for first in firsts:
        is_alone = wanted.together is None or first.reason == BATCH_REFUSED
        alike = (first.owed_since, first.body.get(wanted.together or ""))
        found.setdefault(first.sequence if is_alone else alike, []).append(first)
    return found.values()


def _take_behind(
    connection: Connection, firsts: Sequence[_Taken], taking: dict[str, Any], wanted: Wanted
) -> dict[str, list[_Taken]]:
    """Claim what may go along with each first message; nobody else can, as it is theirs."""
    leading = [first.sequence for first in firsts if first.reason != BATCH_REFUSED]
    if not leading:
        return {}
    rows = connection.execute(
        _BEHIND[connection.dialect.name], {"sequences": leading, "most": wanted.batch - 1}
    )
    found: dict[str, list[_Taken]] = {}
    by_key = sorted((_Taken(*row) for row in rows), key=lambda row: (row.key, row.sequence))
    for key, of_key in groupby(by_key, key=lambda row: row.key):
        alike = takewhile(lambda row: (row.state, row.topic) == (State.OWED, wanted.topic), of_key)
        found[key] = [row._replace(attempts=row.attempts + 1) for row in alike]
    sequences = [row.sequence for rows_of_key in found.values() for row in rows_of_key]
    if sequences:
        connection.execute(_HOLD_TOO, {**taking, "sequences": sequences})
    return found


def _batch(rows: Sequence[_Taken], claim_name: str) -> Batch:
    return Batch(
        messages=tuple(
            Message(row.message_id, row.topic, row.key, row.body, row.attempts, row.created_at)
            for row in rows
        ),
        sequences=tuple(row.sequence for row in rows),
        claim=claim_name,
        owed_since=rows[0].owed_since,
    )


def settle(connection: Connection, clock: Clock, verdicts: Sequence[Verdict]) -> None:
    """Write what became of claimed batches, all of them or none, and pass their turns on.

    Raises:
        LostClaimError: if any message is no longer held by the claim that took it.
    """
    now = clock.now()
    rows = [row for verdict in verdicts for row in _rows(verdict, now, connection.dialect)]
    settled = connection.execute(_SETTLE[connection.dialect.name], {"rows": json.dumps(rows)})
    if settled.rowcount != len(rows):
        raise LostClaimError
    delivered = {
        message.key
        for verdict in verdicts
        if verdict.state is State.DELIVERED
        for message in verdict.batch.messages
    }
    if delivered:
        pass_turn(connection, clock, delivered)


def release(connection: Connection, clock: Clock, batches: Sequence[Batch]) -> None:
    """Give claimed batches back at once, whatever became of the attempt.

    Raises:
        LostClaimError: if any message is no longer held by the claim that took it.
    """
    now = clock.now()
    settle(connection, clock, [Verdict(batch, State.OWED, due_at=now) for batch in batches])


def _rows(verdict: Verdict, now: datetime, dialect: Dialect) -> Iterable[dict[str, Any]]:
    is_delivered = verdict.state is State.DELIVERED
    batch = verdict.batch
    heads = {message.message_id for message in batch.heads}
    for message, sequence in zip(batch.messages, batch.sequences, strict=True):
        is_meant = is_delivered or message.message_id in heads
        yield {
            "sequence": sequence,
            "claim": verdict.batch.claim,
            "state": verdict.state if is_meant else State.OWED,
            "due_at": _written(verdict.due_at if is_meant else None, dialect),
            "reason": _cut(verdict.reason, _LONGEST_REASON),
            "reference": _cut(verdict.reference, _LONGEST_REFERENCE),
            "settled_at": _written(now if is_delivered else None, dialect),
        }


def _cut(words: str | None, length: int) -> str | None:
    if words is None:
        return None
    # PostgreSQL takes neither NUL nor half a surrogate pair.
    return words.replace("\0", "").encode("utf-8", "replace").decode("utf-8")[:length]


def _written(moment: datetime | None, dialect: Dialect) -> str | int | None:
    if moment is None or dialect.name == "postgresql":
        return None if moment is None else moment.isoformat()
    written: int = Instant().process_bind_param(moment, dialect)
    return written
