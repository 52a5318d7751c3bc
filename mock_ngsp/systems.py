"""The systems connected to the axis: who they are, their secret, whom they speak for."""

from dataclasses import dataclass

from mock_ngsp.codes import canonical, stands_under


@dataclass(frozen=True, slots=True)
class System:
    """One connected system: it sends for its member and receives for every unit below it."""

    id: str
    secret: str
    member: str

    def speaks_for(self, unit: str) -> bool:
        """Tell whether the unit is the system itself, its member, or a unit below its member."""
        return canonical(unit) == canonical(self.id) or stands_under(unit, self.member)


DEFAULT_SYSTEMS = (
    System("000.00.00.H38", "mock-secret-of-h38", "H38"),
    System("000.00.00.H53", "mock-secret-of-h53", "H53"),
    System("000.00.00.G22", "mock-secret-of-g22", "G22"),
)
"""Invented, for use at once; README.md prints them."""

_REMEMBERED = 10_000

DEFAULT_USER = "mock-province"
DEFAULT_PASSWORD = "mock-password-of-the-portal"  # noqa: S105 - invented, printed in README.md


class Systems:
    """The register of systems; a later row with a known id replaces it."""

    def __init__(self, rows: tuple[System, ...] = DEFAULT_SYSTEMS) -> None:
        self._rows = {row.id: row for row in rows}
        self._serving: dict[str, System | None] = {}

    def put(self, row: System) -> None:
        """Add a system, or give a known id a new secret and member."""
        self._rows[row.id] = row
        self._serving.clear()

    def get(self, system_id: str) -> System | None:
        """The system of that id, in the exact spelling it was registered with."""
        return self._rows.get(system_id)

    def serving(self, unit: str) -> System | None:
        """The system that receives for a unit: the one with the nearest member."""
        if unit not in self._serving and len(self._serving) < _REMEMBERED:
            self._serving[unit] = self._nearest(unit)
        return self._serving[unit] if unit in self._serving else self._nearest(unit)

    def _nearest(self, unit: str) -> System | None:
        able = [row for row in self._rows.values() if row.speaks_for(unit)]
        return max(able, key=lambda row: len(canonical(row.member)), default=None)

    def all(self) -> list[System]:
        """Every system, oldest first."""
        return list(self._rows.values())
