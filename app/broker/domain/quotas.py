"""How often may be called: quotas, their windows, and the slices that a window is taken in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.platform.errors import (
    ConflictError,
    ForbiddenError,
    Invalid,
    NotFoundError,
    RefusedError,
)

EACH: Final = "*"
"""As a quota's client: every client has it for itself, unless it has one of its own."""

LARGEST_SHARE: Final = 1000
"""A process holds at most a thousandth of a window for calls to come."""

ROOM_SHARE: Final = 8
"""Nor more than an eighth of what is left, so that slices shrink as the window fills."""

_DAY_BEGINS: Final = timedelta(hours=7)
"""Windows are cut by Vietnam's clock, so that one of a day begins at midnight there."""


class Level(StrEnum):
    """What is counted together; the order is that in which WSO2 tells them (ngsp.md a.3)."""

    API = "api"
    RESOURCE = "resource"
    SUBSCRIPTION = "subscription"
    APPLICATION = "application"


FAULT_CODES: Final = {
    Level.API: 900800,
    Level.RESOURCE: 900802,
    Level.APPLICATION: 900803,
    Level.SUBSCRIPTION: 900804,
}
"""Which fault says that a level is used up (ngsp.md a.3)."""

BLOCKED: Final = 900805
"""Which says that nothing at all is let through: the fault of a quota of no calls."""


class Kind(StrEnum):
    """What a quota is for, as far as that changes how it is told when it is used up.

    `burst` keeps one subscription from coming all at once beside its longer quota, `hard` keeps a
    service from more than it can bear, whoever calls, and `custom` is a rule of the province's own.
    """

    USUAL = "usual"
    BURST = "burst"
    HARD = "hard"
    CUSTOM = "custom"


_OF_KIND: Final = {Kind.BURST: 900807, Kind.HARD: 900801, Kind.CUSTOM: 900806}
_ONLY_AT: Final = {Kind.BURST: Level.SUBSCRIPTION, Kind.HARD: Level.API}


@dataclass(frozen=True, slots=True)
class Call:
    """What of a call quotas look at: the client, the service's code, the operation's id."""

    client_id: str
    service: str
    operation: str


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `limit` calls in each window.

    What is None is not looked at: calls of all clients, services or operations count together.
    An operation stands only with its service.
    """

    id: str
    client_id: str | None
    service: str | None
    operation: str | None
    limit: int
    window: timedelta
    kind: Kind = Kind.USUAL

    @property
    def level(self) -> Level:
        """What is counted together."""
        if self.operation is not None:
            return Level.RESOURCE
        if self.service is None:
            return Level.APPLICATION
        return Level.API if self.client_id is None else Level.SUBSCRIPTION

    @property
    def fault_code(self) -> int:
        """Which fault says that it is used up (ngsp.md a.3)."""
        if not self.limit:
            return BLOCKED
        return _OF_KIND.get(self.kind) or FAULT_CODES[self.level]

    @property
    def name(self) -> str:
        """How the answers' headers call it: the level and the window, no two of one call alike."""
        whose = "all" if self.client_id is None else "own"
        return f"{self.level}-{whose}-{int(self.window.total_seconds())}"

    @property
    def subject(self) -> str:
        """What the evidence log calls it."""
        return f"quota:{self.id}"

    def covers(self, call: Call) -> bool:
        """Tell whether the call counts."""
        return (
            self.client_id in {None, EACH, call.client_id}
            and self.service in {None, call.service}
            and self.operation in {None, call.operation}
        )

    def subject_of(self, call: Call) -> str:
        """Return whose count it is: the client's where each has its own, "" where all share it."""
        return "" if self.client_id is None else call.client_id


class EmptyQuotaError(RefusedError):
    """A quota names nothing, or an operation without its service."""

    slug = "quota-without-subject"
    title = "Hạn mức không nêu đối tượng"
    title_en = "The quota names nothing"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Hạn mức phải nêu ứng dụng hoặc dịch vụ; thao tác phải đi cùng dịch vụ của nó.",
            "A quota names a client or a service; an operation goes with its service.",
            errors=[Invalid(pointer, "thiếu", "missing")],
        )


class KindMisplacedError(RefusedError):
    """A burst is not of one client's use of a service, or a hard limit not of a service alone."""

    slug = "quota-kind-misplaced"
    title = "Loại hạn mức không hợp đối tượng"
    title_en = "The kind of the quota does not fit"

    def __init__(self) -> None:
        super().__init__(
            "Hạn mức burst nêu ứng dụng và dịch vụ, không nêu thao tác; hạn mức hard chỉ nêu "
            "dịch vụ.",
            "A burst is of a client and a service without an operation, a hard limit of a service "
            "alone.",
            errors=[Invalid("/kind", "không hợp đối tượng", "does not fit")],
        )


class NotYoursToLimitError(ForbiddenError):
    """The client is not the caller's, or only the province limits each client."""

    slug = "not-yours-to-limit"
    title = "Không được đặt hạn mức này"
    title_en = "This is not yours to limit"

    def __init__(self) -> None:
        super().__init__(
            "Chỉ được đặt hạn mức cho ứng dụng của đơn vị mình hoặc cấp dưới; hạn mức cho mỗi ứng "
            "dụng do tỉnh đặt.",
            "Only clients of your own member and below are yours to limit; what holds for each "
            "client is set by the province.",
            errors=[Invalid("/client_id", "ngoài phạm vi", "out of reach")],
        )


class QuotaTakenError(ConflictError):
    """There is a quota for the same calls and windows of the same length."""

    slug = "quota-taken"
    title = "Đã có hạn mức như vậy"
    title_en = "There is such a quota already"

    def __init__(self, quota_id: str) -> None:
        super().__init__(
            "Đã có hạn mức cho đúng đối tượng và độ dài cửa sổ này; hãy sửa nó.",
            "There is a quota for the same calls and the same window; change that one.",
            extensions={"quota": quota_id},
        )


class UnknownQuotaError(NotFoundError):
    """No quota has this id."""

    slug = "unknown-quota"
    title = "Không có hạn mức này"
    title_en = "Unknown quota"

    def __init__(self) -> None:
        super().__init__("Không có hạn mức mang mã này.", "No quota has this id.")


def checked(quota: Quota) -> Quota:
    """Return the quota.

    Raises:
        EmptyQuotaError: if it names nothing, or an operation without its service.
        KindMisplacedError: if its kind is not for what it counts together.
    """
    if quota.service is None and (quota.client_id is None or quota.operation is not None):
        raise EmptyQuotaError("/service")
    if _ONLY_AT.get(quota.kind, quota.level) is not quota.level:
        raise KindMisplacedError
    return quota


def quotas_for(quotas: Iterable[Quota], call: Call) -> tuple[Quota, ...]:
    """Return the quotas that a call counts in, in the order in which they are told.

    Where a client has a quota of its own, that for each client does not count.
    """
    covering = [quota for quota in quotas if quota.covers(call)]
    own = {_place(quota) for quota in covering if quota.client_id == call.client_id}
    kept = [one for one in covering if one.client_id != EACH or _place(one) not in own]
    levels = list(Level)
    return tuple(sorted(kept, key=lambda one: (levels.index(one.level), one.window, one.id)))


def _place(quota: Quota) -> tuple[str | None, str | None, timedelta]:
    return quota.service, quota.operation, quota.window


@dataclass(frozen=True, slots=True)
class Window:
    """From `starts_at` until just before `ends_at`."""

    starts_at: datetime
    ends_at: datetime

    def has(self, at: datetime) -> bool:
        """Tell whether a moment is in it."""
        return self.starts_at <= at < self.ends_at

    def seconds_left(self, at: datetime) -> int:
        """Return the whole seconds until it ends, rounded up."""
        return max(0, -((at - self.ends_at) // timedelta(seconds=1)))


_ZERO: Final = datetime(1970, 1, 1, tzinfo=UTC) - _DAY_BEGINS


def window_at(length: timedelta, at: datetime) -> Window:
    """Return the window of this length that a moment is in."""
    starts_at = at - (at - _ZERO) % length
    return Window(starts_at, starts_at + length)


def wanted(limit: int, *, waiting: int, former: int, was_quick: bool) -> int:
    """Return how many calls to take for at once: those that wait, and more if calls come quickly.

    `former` is the slice before, and `was_quick` whether it was used up at once.
    """
    grown = former * 2 if was_quick else former // 2
    return max(waiting, min(grown, limit // LARGEST_SHARE))
