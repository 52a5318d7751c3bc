"""What an outcome makes of the messages and of the slice that owed them, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.exchange import claims
from app.exchange.claims import BATCH_REFUSED, Verdict
from app.exchange.messages import Batch, Handler, State
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.retry import Patience, delay_after, is_over
from app.platform.clock import Clock

DEAD_LETTER = "dead-letter"
"""Code of the `Refused` that a slice is told when a message was deferred for too long."""


@dataclass(frozen=True, slots=True)
class Finished:
    """An attempt and its outcome; `chance` in [0, 1) spreads the next one."""

    batch: Batch
    outcome: Outcome
    chance: float = 0.0


def judge(finished: Finished, now: datetime, patience: Patience) -> tuple[Verdict, Outcome | None]:
    """Return what becomes of the messages, and what their slice is told of it.

    Messages refused together are sent again one by one, because nobody knows which of them was
    meant; of that the slice is told nothing.
    """
    batch = finished.batch
    match finished.outcome:
        case Delivered(reference):
            return Verdict(batch, State.DELIVERED, reference=reference), finished.outcome
        case Refused() if len(batch.messages) > 1:
            return Verdict(batch, State.OWED, due_at=now, reason=BATCH_REFUSED), None
        case Refused(code, reason):
            return Verdict(batch, State.PARKED, reason=f"{code}: {reason}"), finished.outcome
        case Deferred(reason) if is_over(batch.owed_since, now, horizon=patience.dead_letter_after):
            parked = Verdict(batch, State.PARKED, reason=f"{DEAD_LETTER}: {reason}")
            return parked, Refused(DEAD_LETTER, reason)
        case Deferred(reason, retry_after):
            wait = delay_after(
                batch.first.attempts,
                policy=patience.retry,
                asked=retry_after,
                random=finished.chance,
            )
            return Verdict(batch, State.OWED, due_at=now + wait, reason=reason), finished.outcome
        case unreachable:
            assert_never(unreachable)


def settle(
    connection: Connection,
    clock: Clock,
    finished: Sequence[Finished],
    *,
    handlers: Mapping[str, Handler],
    patience: Patience,
) -> list[Verdict]:
    """Settle attempts and tell their slices, all or none; return what was decided.

    The slices come first: an act locks its own row and then owes, so both lock in one order.

    Raises:
        LostClaimError: if any message is no longer held by the claim that took it.
    """
    now = clock.now()
    verdicts = []
    for one in finished:
        handler = handlers[one.batch.first.topic]
        verdict, told = judge(one, now, handler.patience or patience)
        if told is not None:
            handler.settle(connection, clock, one.batch.messages, told)
        verdicts.append(verdict)
    write(connection, clock, verdicts)
    return verdicts


def write(connection: Connection, clock: Clock, verdicts: Sequence[Verdict]) -> None:
    """Write verdicts, with an entry in the log for each message parked.

    Raises:
        LostClaimError: if any message is no longer held by the claim that took it.
    """
    claims.settle(connection, clock, verdicts)
    for verdict in verdicts:
        if verdict.state is State.PARKED:
            word = (verdict.reason or "").partition(":")[0]
            for message in verdict.batch.heads:
                act = Act(
                    "outbox.park", f"message:{message.message_id}", outcome=f"refused:{word}"[:80]
                )
                record(connection, clock, SystemActor("system:relay", ""), act)
