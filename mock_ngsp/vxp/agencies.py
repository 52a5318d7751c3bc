"""The directory of units: the members of the connected systems and a few invented units."""

import json

from mock_ngsp.codes import canonical, qcvn
from mock_ngsp.systems import Systems

_INVENTED = {
    "H38": {"H38.12": "Sở Kiểm thử Dữ liệu", "H38.13": "Sở Ví dụ", "H38.21": "UBND xã Giả Định"},
    "H53": {"H53.71": "UBND xã Ví Dụ", "H53.12": "Sở Chạy thử"},
    "G22": {"G22.01": "Cục Mẫu"},
}
"""Names for the units that the shipped messages speak of; nobody is real."""


def old_code_rows(systems: Systems) -> list[bytes]:
    """Rows of getAgenciesList: `code` in the four-group spelling."""
    return [
        _row(id=unit, pid=parent, code=qcvn(unit), name=name, mail=_mail(unit))
        for unit, parent, name in _units(systems)
    ]


def new_code_rows(systems: Systems) -> list[bytes]:
    """Rows of getAgenciesListQD20: `code` root first, `code102` its four-group twin."""
    return [
        _row(id=unit, code=unit, code102=qcvn(unit), name=name, mail=_mail(unit))
        for unit, _, name in _units(systems)
    ]


def _units(systems: Systems) -> list[tuple[str, str, str]]:
    members = dict.fromkeys(canonical(system.member) for system in systems.all())
    found: list[tuple[str, str, str]] = []
    for member in members:
        found.append((member, "", f"Đơn vị mẫu {member}"))
        found.extend((unit, member, name) for unit, name in _INVENTED.get(member, {}).items())
    return found


def _mail(unit: str) -> str:
    return f"vanthu.{unit.lower()}@example.vn"


def _row(**fields: str) -> bytes:
    kept = {name: text for name, text in fields.items() if text}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
