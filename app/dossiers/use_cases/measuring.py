"""Keeping what a dossier is counted as, in the transaction of the act that changes it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

from pydantic_core import from_json
from sqlalchemy import Connection

from app.catalogue.domain import UnknownProcedureError
from app.catalogue.use_cases import find_procedure, show_record
from app.codes import ProcedureCode
from app.dossiers import store
from app.dossiers.domain.deadlines import DeadlineRules, duration_of
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.measure import Known
from app.dossiers.domain.measuring.course import End, end_of, grown
from app.dossiers.domain.measuring.judging import measured
from app.dossiers.domain.measuring.tallies import change_of
from app.dossiers.domain.measuring.uses import needs_procedure
from app.dossiers.domain.promises import Ground
from app.dossiers.domain.statuses import Status
from app.dossiers.use_cases.promising import ground_of


def save(
    connection: Connection, rules: DeadlineRules, before: Dossier, after: Dossier, *steps: Step
) -> Dossier:
    """Write what an act changed of a dossier, count it anew, and return it.

    `steps` are the rows of progress that the act adds, `before` is the dossier as it was locked.
    """
    counted = remeasured(connection, rules, after, *steps, before=before)
    store.save(connection, counted, change_of(before, counted))
    return counted


def remeasured(
    connection: Connection,
    rules: DeadlineRules,
    dossier: Dossier,
    *steps: Step,
    before: Dossier | None = None,
) -> Dossier:
    """Return a dossier with what it is counted as after more rows of progress.

    `before` is the dossier as it is kept, if it is.
    """
    course = grown(dossier.measure.course, steps)
    end = end_of(dossier.status, course, dossier.ends)
    known = _known(connection, dossier, end)
    measure = measured(dossier, course, known, end, _once(connection, rules), before)
    return replace(dossier, measure=measure)


def _known(connection: Connection, dossier: Dossier, end: End | None) -> Known:
    """Return what the procedure says, looked up once, and only where it matters."""
    known = dossier.measure.known
    if known.is_asked or not _matters(dossier, end):
        return known
    record = _record_of(connection, dossier.filing.procedure.code)
    return Known(is_asked=True) if record is None else _read(record, dossier.filing.channel)


@lru_cache(maxsize=512)
def _read(record: str, channel: Channel) -> Known:
    """Return what a record says; few procedures make most dossiers."""
    said = from_json(record)
    limit = duration_of(said, channel)
    return Known(is_asked=True, limit=limit, yields_paper=bool(said.get("results")))


def _record_of(connection: Connection, code: ProcedureCode) -> str | None:
    """Return the record of a procedure, or of the closest one to what a system calls it."""
    record = show_record(connection, code)
    if record is None:
        with suppress(UnknownProcedureError):
            record = show_record(connection, find_procedure(connection, code, pointer="").code)
    return record


def _matters(dossier: Dossier, end: End | None) -> bool:
    kind = None if end is None else end.kind
    is_unlimited = dossier.due_at is None and dossier.status is not Status.REGISTERED
    return is_unlimited or needs_procedure(dossier.filing, dossier.handling, kind)


def _once(connection: Connection, rules: DeadlineRules) -> Callable[[], Ground]:
    """Return what reads the calendar when it is first asked for."""
    found: list[Ground] = []

    def ground() -> Ground:
        if not found:
            found.append(ground_of(connection, rules))
        return found[0]

    return ground
