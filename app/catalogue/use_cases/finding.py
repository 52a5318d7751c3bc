"""Looking members, procedures and divisions up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from app.catalogue.domain import (
    ClosedMemberError,
    Division,
    FullProcedure,
    Member,
    MemberNotFoundError,
    Procedure,
    ProcedureNotFoundError,
    ProvinceNotFoundError,
    UnknownMemberError,
    UnknownProcedureError,
    UpcomingMemberError,
    closest,
)
from app.catalogue.domain.publication import Publication
from app.catalogue.store import divisions, members, procedures, publication
from app.codes import AgencyCode, ProcedureCode
from app.platform.clock import VIETNAM, Clock

_HOPS = 8
"""A code closed in favour of a closed code is followed so far; data may even hold a circle."""


def find_near(connection: Connection, codes: Iterable[AgencyCode]) -> Sequence[Member]:
    """Return in one read what it takes to resolve each of these codes."""
    return members.near(connection, codes)


def resolve_member(
    connection: Connection,
    clock: Clock,
    code: AgencyCode,
    *,
    pointer: str,
    near: Iterable[Member] | None = None,
) -> Member:
    """Return the open member that `code` names in either spelling; `pointer` is where it stood.

    `near` is what `find_near` gave for it, if there are more to resolve.

    Raises:
        ClosedMemberError: if it, or one above it, is closed; names the successor.
        UnknownMemberError: if the catalogue does not know the code.
        UpcomingMemberError: if it is not in force yet.
    """
    day = today(clock)
    found, above = members.lineage(connection, code, near)
    line = above if found is None else [found, *above]
    closed = next((member for member in line if member.is_closed(day)), None)
    if closed is not None:
        raise ClosedMemberError(closed, _successor(connection, closed, day), pointer)
    if found is None:
        raise UnknownMemberError(code, pointer)
    if found.is_upcoming(day):
        raise UpcomingMemberError(found, pointer)
    return found


def current_member(connection: Connection, clock: Clock, code: AgencyCode) -> Member | None:
    """Return who answers for a code today: its member, else the open one that took its place."""
    try:
        return resolve_member(connection, clock, code, pointer="")
    except ClosedMemberError as closed:
        return closed.member_instead
    except (UnknownMemberError, UpcomingMemberError):
        return None


def _successor(connection: Connection, closed: Member, day: date) -> Member | None:
    member: Member | None = closed
    for _ in range(_HOPS):
        if member is None or member.successor is None:
            break
        member = members.find(connection, member.successor)
        if member is not None and not member.is_closed(day):
            return member
    return None


def find_procedure(connection: Connection, code: ProcedureCode, *, pointer: str) -> Procedure:
    """Return the procedure that `code` means; `pointer` is where it stood.

    A local code also means the national procedure, and the other way round (`closest`).

    Raises:
        UnknownProcedureError: if the catalogue does not know the code.
    """
    found = procedures.find(connection, code)
    found = found or closest(code, procedures.of_national(connection, code.national))
    if found is None:
        raise UnknownProcedureError(code, pointer)
    return found


def show_member(connection: Connection, *, code: AgencyCode) -> Member:
    """Return a member, closed ones too.

    Raises:
        MemberNotFoundError: if the catalogue does not know the code.
    """
    found = members.find(connection, code)
    if found is None:
        raise MemberNotFoundError
    return found


def list_members(
    connection: Connection, wanted: members.MembersWanted, *, after: str | None, limit: int
) -> Sequence[Member]:
    """Return a page of members, closed ones too."""
    return members.page(connection, wanted, after=after, limit=limit)


def former_codes(connection: Connection) -> dict[str, str]:
    """Return by code the spelling of the code that was closed in its favour, the last one."""
    return members.former_spellings(connection)


def show_procedure(connection: Connection, *, code: ProcedureCode) -> FullProcedure:
    """Return a procedure with its full record, withdrawn ones too.

    Raises:
        ProcedureNotFoundError: if the catalogue does not know the code.
    """
    found = procedures.find_full(connection, code)
    if found is None:
        raise ProcedureNotFoundError
    return found


def show_record(connection: Connection, code: ProcedureCode) -> str | None:
    """Return the record of a procedure as JSON text; None if the catalogue does not know the code.

    Acts read it often, and can keep what they made of one and the same text.
    """
    return procedures.record_of(connection, code)


def show_procedures(connection: Connection, codes: Collection[str]) -> Mapping[str, FullProcedure]:
    """Return the procedures there are with these canonical codes, by code."""
    return {one.code.canonical: one for one in procedures.full_of(connection, codes)}


def list_published(connection: Connection, parts: tuple[str, ...]) -> Sequence[Publication]:
    """Return every published procedure with which of these parts its record has."""
    return publication.published(connection, parts)


def member_names(connection: Connection, codes: Collection[str]) -> Mapping[str, str]:
    """Return the names of the members there are with these canonical codes, by code."""
    return members.names_of(connection, codes)


def list_procedures(
    connection: Connection, wanted: procedures.ProceduresWanted, *, after: str | None, limit: int
) -> Sequence[Procedure]:
    """Return a page of procedures, withdrawn ones too."""
    return procedures.page(connection, wanted, after=after, limit=limit)


def list_provinces(*, after: str | None, limit: int) -> Sequence[Division]:
    """Return a page of today's provinces."""
    return _behind(divisions.provinces(), after, limit)


def list_communes(*, province: str, after: str | None, limit: int) -> Sequence[Division]:
    """Return a page of a province's communes of today.

    Raises:
        ProvinceNotFoundError: if there is no such province.
    """
    if province not in divisions.communes():
        raise ProvinceNotFoundError
    return _behind(divisions.communes()[province], after, limit)


def _behind(every: Sequence[Division], after: str | None, limit: int) -> Sequence[Division]:
    return [one for one in every if after is None or one.code > after][:limit]


def today(clock: Clock) -> date:
    """Return the day it is in Vietnam."""
    return clock.now().astimezone(VIETNAM).date()
