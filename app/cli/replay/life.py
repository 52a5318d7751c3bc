"""One dossier's time as it is told, act by act: who acts, in whose working time, what follows."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from app.calendars.domain import Calendar
from app.cli.replay.history import ENDS, Deed
from app.dossiers.domain.statuses import Status

_STAFF: Final = {
    "counter": ("Công chức một cửa mẫu", "Công chức một cửa", "Bộ phận một cửa"),
    "officer": ("Chuyên viên mẫu", "Chuyên viên", "Phòng Chuyên môn"),
    "leader": ("Lãnh đạo mẫu", "Phó Giám đốc", "Lãnh đạo"),
}
_PEOPLE: Final = 6
"""So many people of each kind work in a unit."""

Standing = tuple[Status, tuple[Status | None, ...]]


class Life:
    """A dossier under way; every moment is a whole second, later than the one before.

    What staff does falls into working time, what owners and systems do may come at any hour.
    """

    def __init__(
        self, chance: Random, calendar: Calendar, *, unit: int, at: datetime, status: Status
    ) -> None:
        self.chance = chance
        self.at = at
        self.status = status
        self.parts: list[Status | None] = []
        self.deeds: list[Deed] = []
        self.unit = unit
        self._calendar = calendar
        self._standings: list[Standing] = [(status, ())]

    def happens(self, share: float) -> bool:
        """Draw whether something with this chance happens."""
        return self.chance.random() < share

    def staff(
        self, act: str, kind: str, hours: tuple[float, float], *, part: int = 0, **body: Any
    ) -> None:
        """Have somebody of the unit act after so many working hours."""
        name, title, department = _STAFF[kind]
        unit, person = self.unit + part, self.chance.randint(1, _PEOPLE)
        actor = {
            "kind": kind,
            "name": f"{name} {unit:03}-{person}",
            "title": title,
            "department": department,
        }
        self.at = self._calendar.after(self.at, self._drawn(hours))
        self._do(act, {"actor": actor, **body}, part)

    def owner(self, act: str, hours: tuple[float, float], **body: Any) -> None:
        """Have the owner act after so many hours by the clock on the wall."""
        self.at += self._drawn(hours)
        self._do(act, {"actor": {"kind": "citizen"}, **body}, 0)

    def system(self, act: str, hours: tuple[float, float], **body: Any) -> None:
        """Have a system act after so many hours by the clock on the wall."""
        self.at += self._drawn(hours)
        self._do(act, {"actor": {"kind": "system", "name": "Cổng thanh toán mẫu"}, **body}, 0)

    def passes(self, hours: float) -> None:
        """Let working time pass in which nothing happens."""
        self.at = self._calendar.after(self.at, timedelta(hours=hours))

    def closing_after(self, days: int) -> datetime:
        """Return the end of work on the first working day so many days on."""
        day = self._calendar.working_from((self.at + timedelta(days)).date())
        return self._calendar.closing(day)

    def moves(self, status: Status, *, part: int = 0) -> None:
        """Note where the dossier, or one of its parts, stands since the last act."""
        if part:
            self.parts[part - 1] = status
        else:
            self.status = status
        self._standings[-1] = (self.status, tuple(self.parts))

    def cut(self) -> None:
        """Break it off somewhere before its end: the acts behind that never come."""
        places = [place for place, (status, _) in enumerate(self._standings) if status not in ENDS]
        place = self.chance.choice(places)
        self.status, parts = self._standings[place]
        self.parts = list(parts)
        del self.deeds[place:]

    def _do(self, act: str, body: dict[str, Any], part: int) -> None:
        body["happened_at"] = self.at.isoformat()
        self.deeds.append(Deed(self.at, act, body, part))
        self._standings.append((self.status, tuple(self.parts)))

    def _drawn(self, hours: tuple[float, float]) -> timedelta:
        least, most = hours
        return timedelta(seconds=max(1, int(self.chance.uniform(least, most) * 3600)))
