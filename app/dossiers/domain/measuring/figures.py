"""What is asked of the summaries, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import Self

from app.calendars.domain import VIETNAM
from app.codes import AgencyCode, ProcedureCode
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.measuring.tallies import COUNTERS

STANDING = (
    "received_online", "in_progress", "in_progress_within", "in_progress_past", "carried_over",
)  # fmt: skip
FIGURES = (*COUNTERS, *STANDING)
"""What a row of figures has: everything that is counted, what came online, and what stands now."""

Figures = Mapping[str, int]
_YEAR = 12


class Dimension(StrEnum):
    """By what figures are grouped; declared in the order in which groups are sorted.

    `level` is how deep an agency stands: 1 for the province itself, 2 below it.
    """

    AGENCY = "agency"
    LEVEL = "level"
    SECTOR = "sector"
    PROCEDURE = "procedure"
    CHANNEL = "channel"
    MONTH = "month"


Group = tuple[str | int, ...]
"""The values of the dimensions asked for, in their order."""


@dataclass(frozen=True, slots=True)
class Months:
    """The months from one to another, both in it, each as `2026-11`."""

    first: str
    last: str

    @property
    def begins_at(self) -> datetime:
        """The first moment."""
        return _start_of(*_parts(self.first))

    @property
    def before(self) -> Self:
        """As many months, just before."""
        number = _number(self.last) - _number(self.first) + 1
        first, last = (_number(one) - number for one in (self.first, self.last))
        return type(self)(_month(first), _month(last))

    @property
    def singly(self) -> list[str]:
        """Each month."""
        return [_month(one) for one in range(_number(self.first), _number(self.last) + 1)]

    @property
    def labels(self) -> tuple[str, ...]:
        """The fewest totals that these months are: whole years, e.g. `2026`, and single months."""
        labels: list[str] = []
        for year, inside in groupby(self.singly, key=lambda month: month[:4]):
            some = list(inside)
            labels += [year] if len(some) == _YEAR else some
        return tuple(labels)

    @property
    def ends_at(self) -> datetime:
        """The first moment behind it."""
        year, month = _parts(self.last)
        return _start_of(year + month // 12, month % 12 + 1)


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose figures: of one agency and all below it, perhaps of one procedure, sector, channel."""

    agency: AgencyCode
    months: Months
    procedure: ProcedureCode | None = None
    sector: str | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one group."""

    group: Group
    figures: Figures


Dimensions = Sequence[Dimension]


def _parts(month: str) -> tuple[int, int]:
    year, _, number = month.partition("-")
    return int(year), int(number)


def _number(month: str) -> int:
    year, number = _parts(month)
    return 12 * year + number - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _start_of(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=VIETNAM).astimezone(UTC)
