"""Writing into a dossier's progress what does not change its status."""

from dataclasses import replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers import store
from app.dossiers.domain.dossier import Step, staff_of
from app.dossiers.use_cases.acting import Order
from app.dossiers.use_cases.measuring import save
from app.dossiers.use_cases.owing import subject_of, visible
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock


def note(connection: Connection, clock: Clock, caller: Caller, order: Order) -> None:
    """Add a row of progress in the status that the dossier has; the nation is not owed it.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
    """
    dossier = visible(store.lock(connection, order.code), caller)
    now, actor = clock.now(), order.actor
    step = Step(
        status=dossier.status,
        happened_at=order.happened_at or now,
        staff_name=actor.name or staff_of(dossier.filing, actor.kind),
        content=order.content or dossier.status.label,
        staff_title=actor.title,
        department=actor.department,
        actor=actor.kind,
    )
    save(connection, order.cause.rules, dossier, replace(dossier, changed_at=now), step)
    store.add_step(connection, order.code, step)
    entry = Act("dossier.note", subject_of(order.code), order.cause.digest)
    record(connection, clock, caller, entry)
