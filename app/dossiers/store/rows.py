"""Dossiers, one row each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.codes import DossierCode
from app.dossiers.domain.deadlines import Duration, Unit
from app.dossiers.domain.dossier import Dossier, Ends, National, NationalState
from app.dossiers.domain.facts import facts_of, from_facts
from app.dossiers.domain.filing import Filing
from app.dossiers.domain.handling import Handling
from app.dossiers.domain.measure import (
    UNMEASURED,
    Course,
    EndKind,
    Known,
    Mark,
    Measure,
    Outcome,
    Turn,
)
from app.dossiers.domain.measuring.tallies import Tally
from app.dossiers.domain.promises import Promise
from app.dossiers.domain.reusing import owner_of
from app.dossiers.domain.statuses import Status
from app.dossiers.store.tallies import add_entries
from app.dossiers.tables import dossiers

_UNKNOWN: Final = Known()
_BY_CODE: Final = {status.code: status for status in Status}
_NATIONAL = [column for column in dossiers.c if column.name.startswith("national_")]

# Made once: to make a statement takes longer than to run it.
_FIND: Final = select(dossiers).where(dossiers.c.code == bindparam("of"))
_LOCK: Final = _FIND.with_for_update()
_LOCK_NATIONAL: Final = (
    select(*_NATIONAL).where(dossiers.c.code == bindparam("of")).with_for_update()
)
_FIND_ALL: Final = select(dossiers).where(dossiers.c.code.in_(bindparam("of", expanding=True)))
_SAVE: Final = (
    update(dossiers)
    .where(dossiers.c.code == bindparam("of"))
    .values(version=dossiers.c.version + 1)
)
_INSERTS: Final = (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
_ADD: Final = {name: adding(dossiers).on_conflict_do_nothing() for name, adding in _INSERTS}


def add(connection: Connection, dossier: Dossier, counted: Tally) -> bool:
    """Add a dossier with what it is counted as; False, and nothing, if its code is taken.

    On PostgreSQL this waits for another act that is just adding the same code.
    """
    values = {
        "code": dossier.code,
        "tracking_code": dossier.tracking_code,
        "agency": dossier.filing.agency.code,
        "procedure": dossier.filing.procedure.code,
        "owner": owner_of(dossier.filing.applicant),
        "received_at": dossier.filing.times.received_at,
        "filing": dossier.filing.facts(),
        "created_at": dossier.created_at,
        **_changing(dossier),
    }
    is_new = connection.execute(_ADD[connection.dialect.name], values).rowcount == 1
    if is_new:
        add_entries(connection, counted)
    return is_new


def save(connection: Connection, dossier: Dossier, counted: Tally) -> None:
    """Write what can change of a dossier, and what that changes in the summaries."""
    connection.execute(_SAVE, {"of": dossier.code, **_changing(dossier)})
    add_entries(connection, counted)


def find(connection: Connection, code: DossierCode) -> Dossier | None:
    """Return a dossier."""
    return _first(connection, _FIND, code)


def find_all(connection: Connection, codes: Collection[DossierCode]) -> Sequence[Dossier]:
    """Return those dossiers that there are, in no order."""
    return [dossier_of(row) for row in connection.execute(_FIND_ALL, {"of": list(codes)})]


def lock(connection: Connection, code: DossierCode) -> Dossier | None:
    """Return a dossier and keep its row until the act ends.

    SQLite has one writer at a time, which comes to the same.
    """
    return _first(connection, _LOCK, code)


def lock_national(connection: Connection, code: DossierCode) -> National:
    """Return what the nation knows of a dossier and keep its row until the act ends."""
    return _national_of(connection.execute(_LOCK_NATIONAL, {"of": code}).one())


def save_national(connection: Connection, code: DossierCode, national: National) -> None:
    """Write what the nation knows of a dossier."""
    connection.execute(_SAVE, {"of": code, **_national(national)})


def _changing(dossier: Dossier) -> dict[str, Any]:
    return {
        "status": dossier.status.value,
        "finished_at": dossier.ends.finished_at,
        "returned_at": dossier.ends.returned_at,
        "rejected_at": dossier.ends.rejected_at,
        "promise": facts_of(dossier.promise),
        "due_at": dossier.due_at,
        "handling": facts_of(dossier.handling),
        "changed_at": dossier.changed_at,
        **_national(dossier.national),
        **measure_values(dossier),
    }


def measure_values(dossier: Dossier) -> dict[str, Any]:
    """Return the columns that hold what a dossier is counted as."""
    measure, procedure = dossier.measure, dossier.filing.procedure
    rating = dossier.handling.rating
    return {
        "course": {
            "turns": [[turn.status.code, turn.at.isoformat()] for turn in measure.course],
            **({"known": _known_facts(measure.known)} if measure.known.is_asked else {}),
        },
        "counted_procedure": procedure.code.canonical,
        "sector": procedure.sector_code,
        "channel": dossier.filing.channel.value,
        "is_open": measure.is_open or None,
        "past_from": measure.past_from,
        "ending": measure.end and measure.end.value,
        "ended_at": measure.ended_at,
        "outcome": measure.outcome and measure.outcome.value,
        "marks": measure.marks.value if measure.is_counted else None,
        "worked": measure.worked,
        "elapsed": measure.elapsed,
        "rated_at": rating and rating.rated_at,
        "score": rating and rating.score,
    }


def _national(national: National) -> dict[str, Any]:
    return {
        "national_state": national.state.value,
        "national_reason": national.reason,
        "national_delivered_at": national.delivered_at,
        "national_owed_id": national.owed_id,
    }


def _first(connection: Connection, statement: Select[Any], code: DossierCode) -> Dossier | None:
    row = connection.execute(statement, {"of": code}).one_or_none()
    return None if row is None else dossier_of(row)


def dossier_of(row: Row[Any]) -> Dossier:
    """Return the dossier that a row of `dossiers` holds."""
    return Dossier(
        code=DossierCode(row.code),
        tracking_code=row.tracking_code,
        status=Status(row.status),
        filing=Filing.of(row.filing),
        created_at=row.created_at,
        changed_at=row.changed_at,
        ends=Ends(row.finished_at, row.returned_at, row.rejected_at),
        promise=from_facts(Promise, row.promise),
        handling=from_facts(Handling, row.handling),
        national=_national_of(row),
        measure=_measure_of(row),
    )


def _measure_of(row: Row[Any]) -> Measure:
    if row.course is None:
        return UNMEASURED
    said = row.course.get("known")
    return Measure(
        course=_course_of(row.course["turns"]),
        known=_known_of(said) if said else _UNKNOWN,
        is_counted=row.marks is not None,
        end=row.ending and EndKind(row.ending),
        ended_at=row.ended_at,
        outcome=row.outcome and Outcome(row.outcome),
        past_from=row.past_from,
        marks=Mark(row.marks or 0),
        worked=row.worked,
        elapsed=row.elapsed,
    )


def _known_facts(known: Known) -> dict[str, Any]:
    limit = known.limit
    return {
        "is_asked": known.is_asked,
        "limit": limit and {"length": limit.length, "unit": limit.unit.value},
        "yields_paper": known.yields_paper,
    }


def _known_of(said: dict[str, Any]) -> Known:
    limit = said["limit"]
    return Known(
        said["is_asked"],
        limit and Duration(limit["length"], Unit(limit["unit"])),
        said["yields_paper"],
    )


def _course_of(turns: list[list[Any]]) -> Course:
    return tuple([Turn(_BY_CODE[code], datetime.fromisoformat(at)) for code, at in turns])


def _national_of(row: Row[Any]) -> National:
    return National(
        state=NationalState(row.national_state),
        owed_id=row.national_owed_id,
        reason=row.national_reason,
        delivered_at=row.national_delivered_at,
    )
