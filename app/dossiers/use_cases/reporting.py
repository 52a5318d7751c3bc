"""Moving a dossier on by a row of progress."""

from dataclasses import replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import Step, staff_of
from app.dossiers.domain.statuses import Status
from app.dossiers.use_cases.following import follow
from app.dossiers.use_cases.measuring import save
from app.dossiers.use_cases.owing import Cause, owe, subject_of, visible
from app.dossiers.use_cases.promising import promised
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id


def report(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    code: DossierCode,
    step: Step,
    cause: Cause,
) -> tuple[int, Step]:
    """Move a dossier on and return the row of progress with its number.

    Who acted may be left empty: then it is the agency, or simply the owner. So may what was done:
    then it is the status' name.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
        ForbiddenTransitionError: if the table of moves does not allow it.
        ForbiddenActorError: if it allows it to others only.
    """
    dossier = visible(store.lock(connection, code), caller)
    step = replace(
        step,
        staff_name=step.staff_name or staff_of(dossier.filing, step.actor),
        content=step.content or step.status.label,
    )
    moved = dossier.move(step.status, step.actor, happened_at=step.happened_at, now=clock.now())
    if (dossier.status, moved.status) == (Status.REGISTERED, Status.ACCEPTED):
        moved = promised(connection, cause.rules, moved, accepted_at=step.happened_at)
    owed = moved.national.owing(new_id(), is_connected=cause.is_connected)
    moved = replace(moved, national=owed)
    moved = save(connection, cause.rules, dossier, moved, step)
    number = store.add_step(connection, code, step)
    owe(connection, clock, moved, step)
    record(connection, clock, caller, Act("dossier.progress", subject_of(code), cause.digest))
    follow(connection, clock, caller, moved, cause, happened_at=step.happened_at)
    return number, step
