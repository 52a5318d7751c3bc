"""The directory's operations: three lists of units, registering one, deleting one."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mock_ngsp.clock import edxml_time
from mock_ngsp.codes import IDENTIFIER, canonical, qcvn
from mock_ngsp.systems import System
from mock_ngsp.vxp import envelope
from mock_ngsp.vxp.directory import Unit
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal
from mock_ngsp.vxp.signing import Parameters
from mock_ngsp.wire import Answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

_NUMBERED_ROOT = re.compile(r"[A-Z](\d\d)", re.ASCII)


def old_codes(universe: "Universe", _s: System, _p: Parameters, _body: bytes) -> Answer:
    """getAgenciesList: `code` in the four-group spelling."""
    return _listed(universe, _old_code_row)


def new_codes(universe: "Universe", _s: System, _p: Parameters, _body: bytes) -> Answer:
    """getAgenciesListQD20: `code` root first, `code102` its four-group twin."""
    return _listed(universe, _new_code_row)


def units(universe: "Universe", _s: System, _p: Parameters, _body: bytes) -> Answer:
    """getSynchronizeUnit: the deleted ones too, each with the version of its last change."""
    return envelope.streamed_rows(map(_unit_row, universe.directory.units()))


def register(universe: "Universe", system: System, _p: Parameters, body: bytes) -> Answer:
    """Add a unit under the caller's member, or change the one of that id or code.

    A known id with another code is a renumbering: the unit keeps its former code as oldCode.

    Raises:
        AxisRefusalError: BAD_UNIT names the field; FOREIGN_UNIT for somebody else's unit.
    """
    fields = _fields(body)
    code = canonical(_identifier(fields, "code"))
    parent = _parent(fields, code)
    own_id = _text(fields, "id")
    directory = universe.directory
    before = (directory.of_id(own_id) if own_id else None) or directory.find(code)
    _check_owner(system, code)
    if before is not None:
        _check_owner(system, before.code)
    if not _text(fields, "name"):
        raise AxisRefusalError(Refusal.BAD_UNIT, "name")
    old_code = before.old_code if before else ""
    if before is not None and before.code != code:
        old_code = qcvn(before.code)
    unit_id = own_id or (before.id if before else code)
    now = universe.clock.now()
    unit = Unit(unit_id, code, parent, _text(fields, "name"), _text(fields, "mail"), now, old_code)
    directory.put(unit, instead_of=before)
    return envelope.done()


def delete(universe: "Universe", system: System, given: Parameters, _body: bytes) -> Answer:
    """Delete a unit: it leaves both lists, and getSynchronizeUnit tells that it is gone.

    Raises:
        AxisRefusalError: BAD_PARAMETER, FOREIGN_UNIT or UNKNOWN_UNIT.
    """
    code = given.get("AgencyCode", "").strip()
    if not IDENTIFIER.fullmatch(code):
        raise AxisRefusalError(Refusal.BAD_PARAMETER, "AgencyCode")
    _check_owner(system, code)
    found = universe.directory.find(code)
    if found is None or found.deleted:
        raise AxisRefusalError(Refusal.UNKNOWN_UNIT, code)
    universe.directory.put(replace(found, deleted=True), instead_of=found)
    return envelope.done()


def _check_owner(system: System, code: str) -> None:
    if not system.speaks_for(code):
        raise AxisRefusalError(Refusal.FOREIGN_UNIT, code, system.id)


def _fields(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise AxisRefusalError(Refusal.BAD_UNIT, "JSON") from None
    if not isinstance(fields, dict):
        raise AxisRefusalError(Refusal.BAD_UNIT, "JSON")
    return fields


def _parent(fields: dict[str, Any], code: str) -> str:
    """The parent's code, in either spelling of its name; without one the code's own parent."""
    name = "pcode" if _text(fields, "pcode") else "pCode"
    if _text(fields, name):
        return canonical(_identifier(fields, name))
    return code.rpartition(".")[0]


def _identifier(fields: dict[str, Any], name: str) -> str:
    text = _text(fields, name)
    if not IDENTIFIER.fullmatch(text):
        raise AxisRefusalError(Refusal.BAD_UNIT, name)
    return text


def _text(fields: dict[str, Any], name: str) -> str:
    """A text or a whole number; empty for null and for what is not there."""
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise AxisRefusalError(Refusal.BAD_UNIT, name)
    return str(value).strip()


def _listed(universe: "Universe", row: Callable[[Unit], bytes]) -> Answer:
    return envelope.streamed_rows(
        row(unit) for unit in universe.directory.units() if not unit.deleted
    )


def _old_code_row(unit: Unit) -> bytes:
    return envelope.row(
        id=unit.id,
        pid=unit.parent,
        code=qcvn(unit.code),
        name=unit.name,
        mail=unit.mail,
        oldCode=unit.old_code,
    )


def _new_code_row(unit: Unit) -> bytes:
    return envelope.row(
        id=unit.id, code=unit.code, code102=qcvn(unit.code), name=unit.name, mail=unit.mail
    )


def _unit_row(unit: Unit) -> bytes:
    numbered = _NUMBERED_ROOT.fullmatch(unit.code.partition(".")[0])
    return envelope.row(
        id=unit.id,
        pid=unit.parent,
        code=qcvn(unit.code),
        name=unit.name,
        mail=unit.mail,
        version=unit.version,
        centerCode=f"00.{numbered[1]}.W00" if numbered else "",
        deleted=unit.deleted,
        modifyDate=edxml_time(unit.modified),
        isAgency=True,
    )
