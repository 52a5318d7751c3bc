"""What a dossier is counted as: kept beside it, so that an act knows what it was counted as."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag, StrEnum
from typing import Final

from app.dossiers.domain.deadlines import Duration
from app.dossiers.domain.statuses import Status


class EndKind(StrEnum):
    """How a dossier ended, as far as it is counted."""

    FINISHED = "finished"
    RETURNED = "returned"
    REJECTED = "rejected"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"

    @property
    def has_result(self) -> bool:
        """Whether it ended with a result: 9 or 10."""
        return self is EndKind.FINISHED or self is EndKind.RETURNED


class Outcome(StrEnum):
    """How an end stands to the limit."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Mark(IntFlag):
    """What holds of a dossier; from `DIGITISED` to `PAID_ONLINE` only of one that has ended."""

    NONE = 0
    POPULATION = 1
    PERSONAL_STORE = 2
    REUSED = 4
    DIGITISED = 8
    ELECTRONIC = 16
    ONLINE_FULL = 32
    PAYABLE = 64
    PAID_ONLINE = 128
    EXTENDED = 256
    BUSINESS = 512


class Bit:
    """The marks as plain numbers, for what every act works out: a flag takes long to ask."""

    POPULATION: Final = Mark.POPULATION.value
    PERSONAL_STORE: Final = Mark.PERSONAL_STORE.value
    REUSED: Final = Mark.REUSED.value
    DIGITISED: Final = Mark.DIGITISED.value
    ELECTRONIC: Final = Mark.ELECTRONIC.value
    ONLINE_FULL: Final = Mark.ONLINE_FULL.value
    PAYABLE: Final = Mark.PAYABLE.value
    PAID_ONLINE: Final = Mark.PAID_ONLINE.value
    EXTENDED: Final = Mark.EXTENDED.value
    BUSINESS: Final = Mark.BUSINESS.value


@dataclass(frozen=True, slots=True)
class Turn:
    """A status and since when."""

    status: Status
    at: datetime


Course = tuple[Turn, ...]
"""Every turn that the nation is told of, in the order they were written here."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the procedure said when it mattered; its record may change later.

    `is_asked` tells whether it was looked up; `limit` is None where it names none.
    """

    is_asked: bool = False
    limit: Duration | None = None
    yields_paper: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """What a dossier is counted as.

    `past_from` of an open one is the moment behind which it is past its limit; None is never.
    `worked` and `elapsed` are whole seconds from its reception to its end without the times that
    papers were waited for, in working time and by the clock; 0 without a result.
    """

    course: Course = ()
    known: Known = Known()
    is_counted: bool = False
    end: EndKind | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    past_from: datetime | None = None
    marks: Mark = Mark.NONE
    worked: int = 0
    elapsed: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is counted and has not ended."""
        return self.is_counted and self.end is None


UNMEASURED = Measure()
