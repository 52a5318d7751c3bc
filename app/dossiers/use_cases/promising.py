"""Promising a due date where the one-stop system gave none."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from app.calendars.use_cases import working_calendar
from app.catalogue.use_cases import show_procedure
from app.dossiers.domain.deadlines import DeadlineRules, duration_of
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.promises import Ground


def ground_of(connection: Connection, rules: DeadlineRules) -> Ground:
    """Return what deadlines are counted on now."""
    return Ground(working_calendar(connection, rules.hours), rules)


def promised(
    connection: Connection, rules: DeadlineRules, dossier: Dossier, *, accepted_at: datetime
) -> Dossier:
    """Return an accepted dossier with a due date by its procedure, unless it has one.

    A procedure without a time limit gives none.
    """
    if dossier.due_at is not None:
        return dossier
    procedure = show_procedure(connection, code=dossier.filing.procedure.code)
    promise = dossier.promise.computed(
        ground_of(connection, rules),
        duration_of(procedure.record, dossier.filing.channel),
        counted_from=accepted_at,
        now=dossier.changed_at,
    )
    return replace(dossier, promise=promise)
