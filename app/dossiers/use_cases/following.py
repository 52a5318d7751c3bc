"""What the progress of a part changes of the whole, in the transaction of the part's own act."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers import store
from app.dossiers.domain import chaining
from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.dossier import Dossier, Step, staff_of
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.parts import Part, PartOf
from app.dossiers.use_cases.measuring import save
from app.dossiers.use_cases.owing import Cause, owe, subject_of
from app.dossiers.use_cases.submitting import submit_part
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id


def follow(
    connection: Connection, clock: Clock, caller: Caller, part: Dossier, cause: Cause
) -> None:
    """Tell the whole how one of its parts stands; nothing for a dossier that is no part.

    The next parts are opened, and when the last one is done the whole is finished. A part is
    locked before its whole, never the other way round.
    """
    link = part.handling.part_of
    if link is None:
        return
    before = store.lock(connection, link.code)
    if before is None:
        raise LookupError("a dossier is never deleted")
    after = chaining.followed(before, part, link.number, clock.now())
    if after.handling.parts == before.handling.parts:
        return
    after = open_waiting(connection, clock, caller, after, cause)
    step = _step(clock, after, link)
    after = _told(connection, clock, caller, _Change(before, after, step), cause)
    _finished(connection, clock, caller, after, cause)


def open_waiting(
    connection: Connection, clock: Clock, caller: Caller, whole: Dossier, cause: Cause
) -> Dossier:
    """Return the whole with every part opened that waits for nothing any more."""
    for part in chaining.openable(whole):
        filing = chaining.filing_of(whole, part, clock.now())
        link = PartOf(whole.code, part.number)
        made = submit_part(connection, clock, caller, filing=filing, whole=link, cause=cause)
        whole = chaining.opened(whole, part.number, made.code, clock.now())
    return whole


def _finished(
    connection: Connection, clock: Clock, caller: Caller, whole: Dossier, cause: Cause
) -> None:
    finished = chaining.finished_by_parts(whole, clock.now())
    if finished.status is whole.status:
        return
    step = Step(
        status=finished.status,
        happened_at=clock.now(),
        staff_name=staff_of(finished.filing, ActorKind.SYSTEM),
        content="Mọi phần liên thông đã xong",
        actor=ActorKind.SYSTEM,
        act=ActName.FINISH,
    )
    finished = _told(connection, clock, caller, _Change(whole, finished, step), cause)
    follow(connection, clock, caller, finished, cause)


@dataclass(frozen=True, slots=True)
class _Change:
    """A whole before and after one step."""

    before: Dossier
    after: Dossier
    step: Step


def _told(
    connection: Connection, clock: Clock, caller: Caller, change: _Change, cause: Cause
) -> Dossier:
    whole, step = change.after, change.step
    owing = whole.national.owing(new_id(), is_connected=cause.is_connected)
    whole = replace(whole, national=owing)
    whole = save(connection, cause.rules, change.before, whole, step)
    store.add_step(connection, whole.code, step)
    is_row = step.act is ActName.FINISH
    owe(connection, clock, whole, *([step] if is_row else []))
    record(connection, clock, caller, Act(step.act.value, subject_of(whole.code), cause.digest))
    return whole


def _step(clock: Clock, whole: Dossier, link: PartOf) -> Step:
    part: Part = whole.handling.parts[link.number - 1]
    return Step(
        status=whole.status,
        happened_at=clock.now(),
        staff_name=staff_of(whole.filing, ActorKind.SYSTEM),
        content=f"{ActName.FOLLOW_PART.label} {part.number} ({part.name}): {part.state.label}",
        actor=ActorKind.SYSTEM,
        act=ActName.FOLLOW_PART,
    )
