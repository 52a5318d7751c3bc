"""What the progress of a part changes of the whole, in the transaction of the part's own act."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.use_cases import current_member
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
    connection: Connection,
    clock: Clock,
    caller: Caller,
    part: Dossier,
    cause: Cause,
    *,
    happened_at: datetime,
) -> None:
    """Tell the whole how one of its parts stands; nothing for a dossier that is no part.

    The next parts are opened, and when the last one is done the whole is finished, all at the
    moment when the part's own act happened. A part is locked before its whole, never the other
    way round.
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
    after = open_waiting(connection, clock, caller, after, cause, happened_at=happened_at)
    change = _Change(before, after, _step(after, link, happened_at))
    after = _told(connection, clock, caller, change, cause)
    _finished(connection, clock, caller, after, cause, happened_at=happened_at)


def open_waiting(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    whole: Dossier,
    cause: Cause,
    *,
    happened_at: datetime,
) -> Dossier:
    """Return the whole with every part opened that waits for nothing any more.

    A part whose agency closed meanwhile goes to whoever took its place; without such a one it
    counts as refused. Both stand in the progress of the whole.
    """
    for waiting in chaining.openable(whole):
        whole, part = _received(connection, clock, whole, waiting, happened_at=happened_at)
        if part is None:
            continue
        filing = chaining.filing_of(whole, part, happened_at)
        link = PartOf(whole.code, part.number)
        made = submit_part(connection, clock, caller, filing=filing, whole=link, cause=cause)
        whole = chaining.opened(whole, part.number, made.code, clock.now())
    return whole


def _received(
    connection: Connection, clock: Clock, whole: Dossier, part: Part, *, happened_at: datetime
) -> tuple[Dossier, Part | None]:
    """Return the part with the agency that receives it today, and the whole since then."""
    found = current_member(connection, clock, part.agency)
    if found is None:
        whole = chaining.unreceived(whole, part, clock.now())
        said = f"{part.agency} đã đóng, không có cơ quan nào tiếp nhận thay"
    elif not found.answers_to(part.agency):
        whole = chaining.handed_over(whole, part, found.code, clock.now())
        said = f"chuyển từ {part.agency} (đã đóng) sang {found.code} ({found.name})"
    else:
        return whole, part
    store.add_step(connection, whole.code, _told_of(whole, part, happened_at, said))
    return whole, None if found is None else whole.handling.parts[part.number - 1]


def _finished(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    whole: Dossier,
    cause: Cause,
    *,
    happened_at: datetime,
) -> None:
    finished = chaining.finished_by_parts(whole, happened_at=happened_at, now=clock.now())
    if finished.status is whole.status:
        return
    step = Step(
        status=finished.status,
        happened_at=happened_at,
        staff_name=staff_of(finished.filing, ActorKind.SYSTEM),
        content="Mọi phần liên thông đã xong",
        actor=ActorKind.SYSTEM,
        act=ActName.FINISH,
    )
    finished = _told(connection, clock, caller, _Change(whole, finished, step), cause)
    follow(connection, clock, caller, finished, cause, happened_at=happened_at)


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


def _step(whole: Dossier, link: PartOf, happened_at: datetime) -> Step:
    part: Part = whole.handling.parts[link.number - 1]
    return _told_of(whole, part, happened_at, part.state.label)


def _told_of(whole: Dossier, part: Part, happened_at: datetime, said: str) -> Step:
    return Step(
        status=whole.status,
        happened_at=happened_at,
        staff_name=staff_of(whole.filing, ActorKind.SYSTEM),
        content=f"{ActName.FOLLOW_PART.label} {part.number} ({part.name}): {said}",
        actor=ActorKind.SYSTEM,
        act=ActName.FOLLOW_PART,
    )
