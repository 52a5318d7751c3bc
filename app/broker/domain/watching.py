"""What is kept of every exchange: who called what, what for, how long, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.platform.clock import VIETNAM

STRANGER: Final = ""
"""The client of a call whose caller nobody knows: such calls are counted, not listed."""


POPULATION: Final = "population"
"""The service whose calls the law wants told above all (NĐ 194/2025): it stands first."""


class Outcome(StrEnum):
    """What came of a call; few words, so that they may be labels of counters."""

    ANSWERED = "answered"
    FAULTED = "faulted"
    TIMED_OUT = "timed-out"
    UNREACHABLE = "unreachable"
    BROKEN_OFF = "broken-off"
    BREAKER_OPEN = "breaker-open"
    ABANDONED = "abandoned"
    TOO_LARGE = "too-large"
    EXHAUSTED = "exhausted"
    REFUSED = "refused"
    UNAUTHENTICATED = "unauthenticated"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _OUTCOMES[self]


_OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.ANSWERED: "Có trả lời",
    Outcome.FAULTED: "Dịch vụ báo lỗi",
    Outcome.TIMED_OUT: "Dịch vụ quá chậm",
    Outcome.UNREACHABLE: "Không kết nối được dịch vụ",
    Outcome.BROKEN_OFF: "Dịch vụ trả lời dở dang",
    Outcome.BREAKER_OPEN: "Đang tạm ngừng gọi dịch vụ",
    Outcome.ABANDONED: "Bên gọi bỏ dở",
    Outcome.TOO_LARGE: "Nội dung quá lớn",
    Outcome.EXHAUSTED: "Hết hạn mức",
    Outcome.REFUSED: "Bị từ chối",
    Outcome.UNAUTHENTICATED: "Không rõ bên gọi",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call as it is remembered: no bodies, no path, no query, nobody's data.

    `service` and `operation` are the register's own, "" where the call found none; `reason` says
    more about a refusal, e.g. `not-granted` or `900803`. `sent_bytes` is the size of the caller's
    body, `received_bytes` that of the answer's; `upstream` is the part of `took` that the service
    needed. `number` is given when it is written.
    """

    at: datetime
    client_id: str
    member: str
    request_id: str
    service: str = ""
    version: str = ""
    operation: str = ""
    purpose: str = ""
    method: str = ""
    trace_id: str = ""
    sent_bytes: int = 0
    received_bytes: int = 0
    took: timedelta = timedelta(0)
    upstream: timedelta | None = None
    outcome: Outcome = Outcome.ANSWERED
    reason: str = ""
    status: int = 0
    number: int = 0

    @property
    def day(self) -> date:
        """The day in Vietnam that it counts in."""
        return self.at.astimezone(VIETNAM).date()

    @property
    def glimpse(self) -> "Glimpse":
        """How its service did."""
        took = self.took // timedelta(milliseconds=1)
        return Glimpse(self.service, took, is_carried=self.upstream is not None)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The little of a call that tells how its service does; `is_carried` if it got there."""

    service: str
    milliseconds: int
    is_carried: bool


class Dimension(StrEnum):
    """By what exchanges are counted."""

    DAY = "day"
    MONTH = "month"
    MEMBER = "member"
    CLIENT = "client_id"
    SERVICE = "service"
    OPERATION = "operation"
    PURPOSE = "purpose"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which exchanges: what is None is not looked at; a `member` stands for all below it too.

    Who looks sees those of its own units, at or below `seen_by`, and of the services `provided`
    by them; without `seen_by` all of them.
    """

    seen_by: str | None = None
    provided: tuple[str, ...] = ()
    member: str | None = None
    client_id: str | None = None
    service: str | None = None
    operation: str | None = None
    purpose: str | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment or day on, and until before or with another; None is open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both counted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Tally:
    """How many exchanges one group had, and what they weighed together."""

    group: tuple[str, ...]
    calls: int
    sent_bytes: int
    received_bytes: int
    milliseconds: int

    @property
    def mean_milliseconds(self) -> int:
        """How long one took on the average, rounded."""
        return round(self.milliseconds / self.calls) if self.calls else 0
