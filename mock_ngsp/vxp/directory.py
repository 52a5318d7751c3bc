"""The directory of units: members of the connected systems, invented, registered and synthetic."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from mock_ngsp.clock import Clock
from mock_ngsp.codes import canonical
from mock_ngsp.systems import Systems

_INVENTED = {
    "H38": {"H38.12": "Sở Kiểm thử Dữ liệu", "H38.13": "Sở Ví dụ", "H38.21": "UBND xã Giả Định"},
    "H53": {"H53.71": "UBND xã Ví Dụ", "H53.12": "Sở Chạy thử"},
    "G22": {"G22.01": "Cục Mẫu"},
}
"""Names for the units that the shipped messages speak of; nobody is real."""

_FIRST_ROOT = 64
_SYNTHETIC = re.compile(r"H(\d\d)(?:\.(\d\d))?(?:\.(\d\d))?", re.ASCII)
_LEVEL = 99
_UNDER_ROOT = 1 + _LEVEL + _LEVEL * _LEVEL


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as of its last change; `code` and `parent` are canonical codes."""

    id: str
    code: str
    parent: str
    name: str
    mail: str
    modified: datetime
    old_code: str = ""
    version: int = 1
    deleted: bool = False


class Directory:
    """Units by code. What nobody registered or deleted is made anew whenever it is asked for."""

    def __init__(self, systems: Systems, synthetic: int, clock: Clock) -> None:
        self._systems = systems
        self._synthetic = synthetic
        self._clock = clock
        self._since = clock.now()
        self._changed: dict[str, Unit] = {}
        self._moved: set[str] = set()

    def units(self) -> Iterator[Unit]:
        """Every unit there ever was, the deleted ones among them; a snapshot of the changed."""
        changed = dict(self._changed)
        hidden = changed.keys() | self._moved
        yield from (unit for unit in self._given() if unit.code not in hidden)
        yield from changed.values()
        for unit in map(self._made, range(self._synthetic)):
            if unit.code not in hidden:
                yield unit

    def find(self, code: str) -> Unit | None:
        """The unit of a code in either spelling."""
        code = canonical(code)
        if code in self._changed or code in self._moved:
            return self._changed.get(code)
        given = (unit for unit in self._given() if unit.code == code)
        number = _number_of(code)
        if number is not None and number < self._synthetic:
            return self._made(number)
        return next(given, None)

    def of_id(self, unit_id: str) -> Unit | None:
        """The unit that was registered under this id of its own."""
        return next((unit for unit in self._changed.values() if unit.id == unit_id), None)

    def put(self, unit: Unit, *, instead_of: Unit | None) -> None:
        """Set a unit down as it is from now on; one whose code changed leaves its old place."""
        version = 1 if instead_of is None else instead_of.version + 1
        if instead_of is not None and instead_of.code != unit.code:
            self._changed.pop(instead_of.code, None)
            self._moved.add(instead_of.code)
        self._moved.discard(unit.code)
        self._changed[unit.code] = replace(unit, version=version, modified=self._clock.now())

    def _given(self) -> Iterator[Unit]:
        for member in dict.fromkeys(canonical(system.member) for system in self._systems.all()):
            yield self._unit(member, "", f"Đơn vị mẫu {member}")
            for code, name in _INVENTED.get(member, {}).items():
                yield self._unit(code, member, name)

    def _made(self, number: int) -> Unit:
        root, place = divmod(number, _UNDER_ROOT)
        code, parent = f"H{_FIRST_ROOT + root}", ""
        if 0 < place <= _LEVEL:
            code, parent = f"{code}.{place:02d}", code
        elif place:
            second, third = divmod(place - 1 - _LEVEL, _LEVEL)
            parent = f"{code}.{second + 1:02d}"
            code = f"{parent}.{third + 1:02d}"
        return self._unit(code, parent, f"Đơn vị giả định {number + 1:06d}")

    def _unit(self, code: str, parent: str, name: str) -> Unit:
        return Unit(code, code, parent, name, f"vanthu.{code.lower()}@example.vn", self._since)


def _number_of(code: str) -> int | None:
    """Which synthetic unit a code is; they stand under H64 and on, which no province has."""
    found = _SYNTHETIC.fullmatch(code)
    if found is None or "00" in found.groups() or int(found[1]) < _FIRST_ROOT:
        return None
    second, third = int(found[2] or 0), int(found[3] or 0)
    place = _LEVEL + (second - 1) * _LEVEL + third if third else second
    return (int(found[1]) - _FIRST_ROOT) * _UNDER_ROOT + place
