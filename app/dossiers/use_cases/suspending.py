"""Waits beside that for papers: where it is set so, the time of a dossier does not count."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from app.dossiers import store
from app.dossiers.domain.actors import Said
from app.dossiers.domain.deadlines import DeadlineRules, Suspension, Wait
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.statuses import Status
from app.dossiers.use_cases.promising import ground_of

_WAITS: Final = {Status.PAYMENT_REQUESTED: Wait.PAYMENT, Status.STOPPED: Wait.STOP}
_GOES_ON: Final = frozenset({Status.ACCEPTED, Status.PROCESSING, Status.STOPPED})


def suspended(
    connection: Connection, rules: DeadlineRules, before: Dossier, after: Dossier, said: Said
) -> Dossier:
    """Return a dossier after an act, its due date moved on by a wait that the act ended.

    Such a wait always moves the due date, whatever is set for papers: nothing was handed in that
    would begin the work anew.
    """
    wait = _WAITS.get(before.status)
    has_gone_on = after.status is not before.status and after.status in _GOES_ON
    if wait not in rules.also_suspended_by or not has_gone_on or after.due_at is None:
        return after
    rows = (step for _, step in store.steps_of(connection, before.code))
    began_at = _since_when(rows, before.status) or said.happened_at
    waited = Suspension(began_at, max(began_at, said.happened_at), wait)
    ground = ground_of(connection, rules)
    return replace(after, promise=after.promise.shifted(ground, waited, now=said.now))


def _since_when(rows: Iterable[Step], status: Status) -> datetime | None:
    """Return when the last stretch of rows with a status began."""
    began_at = None
    for row in rows:
        if row.status is not status:
            began_at = None
        elif began_at is None:
            began_at = row.happened_at
    return began_at
