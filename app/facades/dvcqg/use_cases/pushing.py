"""Dossiers and their rows as provincial systems push them; a call is taken whole or not at all."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection

from app.access.domain import Caller, MissingScopeError, Scope
from app.catalogue.domain import UnknownMemberError
from app.catalogue.use_cases import resolve_member
from app.codes import AgencyCode, DossierCode
from app.dossiers import use_cases as dossiers
from app.dossiers.domain.carrying import Carried
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.errors import UnknownDossierError
from app.dossiers.domain.received import Told
from app.dossiers.use_cases import Cause
from app.evidence.domain import Act
from app.evidence.store import record
from app.facades.dvcqg.domain import InvalidRecordError
from app.platform.clock import Clock

Row = tuple[DossierCode, Step]


def push_dossiers(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    records: Sequence[Carried],
    is_updating: bool,
    cause: Cause,
) -> None:
    """Insert or replace dossiers.

    Raises:
        InvalidRecordError: if one is named twice.
        ProblemError: the first reason why one of them cannot be; then none is taken.
    """
    codes = [carried.code for carried in records]
    if len(set(codes)) < len(codes):
        raise InvalidRecordError("một hồ sơ có trong data hai lần")
    act = dossiers.carry_on if is_updating else dossiers.carry_over
    for carried in records:
        act(connection, clock, caller, carried=carried, cause=cause)


def push_rows(
    connection: Connection, clock: Clock, caller: Caller, *, rows: Sequence[Row], cause: Cause
) -> None:
    """Add rows of progress, those of one dossier in the order they stand.

    Raises:
        ProblemError: the first reason why a row cannot be; then none is taken.
    """
    in_groups = sorted(rows, key=lambda row: row[0])
    for code, group in groupby(in_groups, key=lambda row: row[0]):
        steps = [step for _, step in group]
        dossiers.carry_rows(connection, clock, caller, code=code, steps=steps, cause=cause)


def look_up(connection: Connection, caller: Caller, *, code: DossierCode) -> Dossier | None:
    """Return a dossier of the caller's, or None."""
    try:
        return dossiers.show(connection, caller, code)
    except UnknownDossierError:
        return None


def hold_status(
    connection: Connection, clock: Clock, caller: Caller, *, told: Told, cause: Cause
) -> bool:
    """Take a status of a promotion notice into our store; False if that is not here.

    The row is one more of its progress, once however often it is told, and its papers are the
    result's; from here the nation learns of it.

    Raises:
        MissingScopeError: if the caller may not report progress.
        NotCarriedError: if it is not the caller's.
        CarriedMoveError: if the status does not follow the one before it.
    """
    code = dossiers.find_notice(connection, told.references)
    if code is None:
        return False
    if Scope.PROGRESS_DOSSIERS not in caller.scopes:
        raise MissingScopeError(Scope.PROGRESS_DOSSIERS)
    dossiers.carry_status(connection, clock, caller, code=code, told=told, cause=cause)
    return True


def agency_of(
    connection: Connection, clock: Clock, *, code: DossierCode, sender: AgencyCode
) -> AgencyCode:
    """Return the agency of a dossier: the unit in its code where we know it, else the sender's.

    A record names its processing unit by name only; the code of a dossier begins with its unit.
    """
    unit = AgencyCode(code.rpartition("-")[0].rpartition("-")[0])
    try:
        return resolve_member(connection, clock, unit, pointer="/code").code
    except UnknownMemberError:
        return sender


def note_passed(connection: Connection, clock: Clock, caller: Caller, *, service: str) -> None:
    """Record that a call was passed on to the nation for a caller."""
    record(connection, clock, caller, Act("portal.call", f"portal:{service}"))
