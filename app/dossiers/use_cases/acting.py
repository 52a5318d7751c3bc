"""What every act on a dossier does around its own rule."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.actors import Actor, Said
from app.dossiers.domain.dossier import Dossier, Step, staff_of
from app.dossiers.domain.handling import ActName
from app.dossiers.use_cases.following import follow
from app.dossiers.use_cases.measuring import save
from app.dossiers.use_cases.owing import Cause, owe, subject_of, visible
from app.dossiers.use_cases.suspending import suspended
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id

_IN_PLACE = frozenset({ActName.FORWARD, ActName.SEND_BACK})
"""Acts that are rows of progress for the nation even where the status stays."""


@dataclass(frozen=True, slots=True)
class Order:
    """An act that is asked for: on which dossier, by whom, when, in which words, and why now.

    `happened_at` None means now; without `content` the act's name and reason are written.
    """

    code: DossierCode
    actor: Actor
    cause: Cause
    happened_at: datetime | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done: the dossier since then, and its row of progress with its number."""

    dossier: Dossier
    step: Step
    number: int


def perform(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    order: Order,
    act: ActName,
    change: Callable[[Dossier, Said], tuple[Dossier, str | None]],
) -> Done:
    """Do an act: its rule decides, a row of progress is written, the nation is owed the record.

    `change` returns the dossier and the words that say more than the act's name. The nation
    gets the row too when the status moved; a rating stays here.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
    """
    before = visible(store.lock(connection, order.code), caller)
    said = _said(order, before, clock)
    after, words = change(before, said)
    after = suspended(connection, order.cause.rules, before, after, said)
    step = _step(order, after, said, act, words)
    if act is not ActName.RATE:
        owing = before.national.owing(new_id(), is_connected=order.cause.is_connected)
        after = replace(after, national=owing)
        is_told = after.status is not before.status or act in _IN_PLACE
        owe(connection, clock, after, *([step] if is_told else []))
    after = save(connection, order.cause.rules, before, after, step)
    number = store.add_step(connection, order.code, step)
    entry = Act(act.value, subject_of(order.code), order.cause.digest)
    record(connection, clock, caller, entry)
    follow(connection, clock, caller, after, order.cause, happened_at=said.happened_at)
    return Done(after, step, number)


def _said(order: Order, before: Dossier, clock: Clock) -> Said:
    actor, now = order.actor, clock.now()
    name = actor.name or staff_of(before.filing, actor.kind)
    return Said(actor.kind, name, order.happened_at or now, now)


def _step(order: Order, after: Dossier, said: Said, act: ActName, words: str | None) -> Step:
    return Step(
        status=after.status,
        happened_at=said.happened_at,
        staff_name=said.name,
        content=order.content or (act.label if words is None else f"{act.label}: {words}"),
        staff_title=order.actor.title,
        department=order.actor.department,
        actor=said.kind,
        act=act,
    )
