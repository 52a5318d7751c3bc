"""The directory of units, from the catalogue: lists in both spellings, and single changes."""

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.catalogue.domain import Member
from app.catalogue.store.members import MembersWanted
from app.catalogue.use_cases import (
    Unit,
    close_unit,
    find_unit,
    former_codes,
    list_members,
    register_unit,
    today,
)
from app.codes import AgencyCode
from app.facades.vxp import envelope
from app.facades.vxp.errors import BadParameterError, UnitNotYoursError
from app.facades.vxp.guard import Call
from app.fields import AgencyCode as AgencyCodeField
from app.fields import Line
from app.platform.bodies import digest_of, parse_json
from app.platform.clock import Clock
from app.platform.context import Context

_PORTION: Final = 5_000
"""Members read at once: the whole directory of the country has over a hundred thousand."""

_NUMBERED: Final = re.compile(r"[A-Z](\d\d)", re.ASCII)
"""First levels of provinces and ministries, whose centre has their number."""

_DAY: Final = "%Y/%m/%d 00:00:00"
Row = Callable[[Member, date, str | None], bytes | None]
"""Writes a member as a row: on which day, and which code was closed in its favour."""


class UnitIn(BaseModel):
    """Body of registerAgency. Mail, telephone and fax are taken and not kept."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    code: AgencyCodeField
    name: Line = Field(max_length=300)
    pcode: str | None = Field(None, max_length=35)
    parent: str | None = Field(None, max_length=35, validation_alias="pCode")

    @property
    def above(self) -> str | None:
        """The parent's code, in whichever of the two spellings the client has it."""
        return (self.pcode or self.parent or "").strip() or None


async def list_agencies(_request: Request, _call: Call, context: Context) -> Response:
    """List the units in force, by their older codes where they have one."""
    return await _listed(context, _agency)


async def list_agencies_qd20(_request: Request, _call: Call, context: Context) -> Response:
    """List the units in force by the codes of QĐ 20/2020, with the older one beside it."""
    return await _listed(context, _agency_qd20)


async def list_units(_request: Request, _call: Call, context: Context) -> Response:
    """List all units as a tree, those that are closed marked as deleted."""
    return await _listed(context, partial(_unit, center=context.settings.vxp_center_code))


async def register(_request: Request, call: Call, context: Context) -> Response:
    """Add or rename a unit below the system's own."""
    said = parse_json(call.body.removeprefix(codecs.BOM_UTF8), UnitIn)
    unit = Unit(said.code, said.name, None if said.above is None else _code(said.above, "pcode"))
    await context.database.transact(_register, context.clock, call, unit, digest_of(call.body))
    return envelope.done()


async def delete(_request: Request, call: Call, context: Context) -> Response:
    """Close a unit below the system's own, from today on: nothing is deleted."""
    code = _code(call.need("AgencyCode"), "AgencyCode")
    await context.database.transact(_close, context.clock, call, code)
    return envelope.done()


def _register(connection: Connection, clock: Clock, call: Call, unit: Unit, digest: str) -> None:
    _demand(connection, call, unit.code)
    if unit.parent is not None:
        top = call.caller.system
        parent = find_unit(connection, unit.parent)
        if not parent.within(top.root or top.member):
            raise UnitNotYoursError(unit.parent)
    register_unit(connection, clock, call.caller, unit, digest=digest)


def _close(connection: Connection, clock: Clock, call: Call, code: AgencyCode) -> None:
    _demand(connection, call, code)
    close_unit(connection, clock, call.caller, code=code)


def _demand(connection: Connection, call: Call, code: AgencyCode) -> None:
    if not call.caller.system.may_change(find_unit(connection, code)):
        raise UnitNotYoursError(code)


def _code(text: str, name: str) -> AgencyCode:
    try:
        return AgencyCode(text)
    except ValueError:
        raise BadParameterError(name) from None


async def _listed(context: Context, row: Row) -> Response:
    former = await context.database.read(former_codes)
    rows: list[bytes] = []
    after: str | None = None
    while True:
        portion = await context.database.read(_portion, _Asked(row, context.clock, former), after)
        rows += portion.rows
        after = portion.last
        if after is None:
            return envelope.listed(rows)


@dataclass(frozen=True, slots=True)
class _Asked:
    """How to write rows; `former` is by each code the one that was closed in its favour."""

    row: Row
    clock: Clock
    former: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Portion:
    """Part of a list, and the code behind which the next part begins; None at the end."""

    rows: list[bytes]
    last: str | None


def _portion(connection: Connection, asked: _Asked, after: str | None) -> _Portion:
    day = today(asked.clock)
    found = list_members(connection, MembersWanted(), after=after, limit=_PORTION)
    made = (asked.row(member, day, asked.former.get(member.code)) for member in found)
    last = str(found[-1].code) if len(found) == _PORTION else None
    return _Portion([one for one in made if one is not None], last)


def _agency(member: Member, day: date, former: str | None) -> bytes | None:
    if not member.is_open(day):
        return None
    return envelope.row(
        id=member.code,
        pid=member.parent,
        code=member.qcvn or member.code,
        name=member.name,
        oldCode=former,
    )


def _agency_qd20(member: Member, day: date, _former: str | None) -> bytes | None:
    if not member.is_open(day):
        return None
    return envelope.row(id=member.code, code=member.code, code102=member.qcvn, name=member.name)


def _unit(member: Member, day: date, _former: str | None, *, center: str) -> bytes | None:
    if member.is_upcoming(day):
        return None
    is_closed = member.is_closed(day)
    changed = member.valid_to if is_closed else member.valid_from
    return envelope.row(
        id=member.code,
        pid=member.parent,
        code=member.qcvn or member.code,
        name=member.name,
        version=member.version,
        centerCode=_center_of(member, center),
        deleted=is_closed,
        modifyDate=None if changed is None else changed.strftime(_DAY),
        isAgency=True,
    )


def _center_of(member: Member, center: str) -> str | None:
    found = _NUMBERED.fullmatch(member.code.root)
    return None if found is None else center.replace("{number}", found[1])
