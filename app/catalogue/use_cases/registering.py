"""Single units that their own system registers, renames and closes; nothing is ever deleted."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.catalogue.domain import (
    Catalogue,
    ClosedMemberError,
    InconsistentCatalogueError,
    Member,
    MemberNotFoundError,
    faults_of,
)
from app.catalogue.store import members
from app.catalogue.use_cases.finding import resolve_member, today
from app.codes import AgencyCode
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as its system describes it; without a parent it keeps the one it has."""

    code: AgencyCode
    name: str
    parent: AgencyCode | None


def find_unit(connection: Connection, code: AgencyCode) -> AgencyCode:
    """Return the code under which a unit is known, or would be."""
    found = members.find(connection, code)
    return AgencyCode(code.canonical) if found is None else found.code


def register_unit(
    connection: Connection, clock: Clock, actor: Actor, unit: Unit, *, digest: str
) -> Member:
    """Add a unit, in force from today, or give a known one another name.

    Raises:
        ClosedMemberError: if the unit or one above it is closed: closed codes stay closed.
        UnknownMemberError: if the catalogue does not know the parent.
        InconsistentCatalogueError: if the code does not stand below its parent.
    """
    known = members.find(connection, unit.code)
    parent = _parent(connection, clock, unit, known)
    if known is None:
        code = AgencyCode(unit.code.canonical)
        wanted = Member(
            code=code,
            qcvn=code.qcvn,
            name=unit.name,
            kind=parent.kind,
            parent=parent.code,
            valid_from=today(clock),
        )
    elif known.is_closed(today(clock)):
        raise ClosedMemberError(known, None, "code")
    else:
        wanted = replace(known, name=unit.name)
    _write(connection, wanted)
    act = Act("unit.register", f"member:{wanted.code}", digest)
    record(connection, clock, actor, act)
    return wanted


def close_unit(connection: Connection, clock: Clock, actor: Actor, *, code: AgencyCode) -> Member:
    """Close a unit from today on; one that is closed already stays as it is.

    Raises:
        MemberNotFoundError: if the catalogue does not know the code.
    """
    known = members.find(connection, code)
    if known is None:
        raise MemberNotFoundError
    day = today(clock)
    if known.is_closed(day):
        return known
    closed = replace(known, valid_to=day)
    members.replace(connection, [closed])
    record(connection, clock, actor, Act("unit.close", f"member:{closed.code}"))
    return closed


def _parent(connection: Connection, clock: Clock, unit: Unit, known: Member | None) -> Member:
    code = unit.parent or (None if known is None else known.parent)
    if code is None:
        above = AgencyCode(unit.code.canonical).ancestors
        code = AgencyCode(above[0]) if above else unit.code
    return resolve_member(connection, clock, code, pointer="pcode")


def _write(connection: Connection, member: Member) -> None:
    referred = [code for code in (member.parent, member.successor) if code]
    held = members.holders(connection, [member.qcvn] if member.qcvn else [])
    if held.get(member.qcvn or "", member.code) != member.code:
        # An older unit has the spelling that follows by algorithm: this one goes without.
        member = replace(member, qcvn=None)
        held = {}
    faults = faults_of(
        Catalogue((member,), ()), known=members.known_codes(connection, referred), holders=held
    )
    if faults:
        raise InconsistentCatalogueError(faults)
    members.replace(connection, [member])
