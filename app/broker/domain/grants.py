"""Quyền sử dụng dịch vụ: what one client may call of one version, what for, and how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.broker.domain.operations import Operation
from app.codes import AgencyCode

EVERY_OPERATION: Final = "*"


class GrantState(StrEnum):
    """Whether a grant is good."""

    GOOD = "good"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _STATES[self]


_STATES: Final[Mapping[GrantState, str]] = {
    GrantState.GOOD: "Đang hiệu lực",
    GrantState.EXPIRED: "Hết hạn",
    GrantState.SUSPENDED: "Tạm dừng",
    GrantState.REVOKED: "Đã thu hồi",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What is granted, or asked for.

    `operations` are ids of operations, or `*` alone for every one the service has; `fields` what
    of an answer may be shown by look-ups, every one if it is empty; `cache_seconds` how long an
    answer may be kept, 0 for not beyond the request.
    """

    operations: tuple[str, ...]
    purpose: str
    legal_basis: str
    expires_at: datetime
    fields: tuple[str, ...] = ()
    cache_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave for one client to call operations of one version; `service` is the version's key."""

    id: str
    client_id: str
    member: AgencyCode
    service: str
    terms: Terms
    given_at: datetime
    suspended_at: datetime | None = None
    revoked_at: datetime | None = None
    reason: str | None = None
    request: str | None = None

    @property
    def operations(self) -> tuple[str, ...]:
        """Ids of the operations that are granted, or `*`."""
        return self.terms.operations

    @property
    def purpose(self) -> str:
        """What the answers may be used for."""
        return self.terms.purpose

    @property
    def legal_basis(self) -> str:
        """The legal document behind it."""
        return self.terms.legal_basis

    @property
    def expires_at(self) -> datetime:
        """From when on it is no longer good."""
        return self.terms.expires_at

    @property
    def fields(self) -> tuple[str, ...]:
        """What look-ups may show; empty for everything."""
        return self.terms.fields

    @property
    def cache_seconds(self) -> int:
        """How long an answer may be kept; 0 for not beyond the request."""
        return self.terms.cache_seconds

    @property
    def subject(self) -> str:
        """What the evidence log calls it."""
        return f"grant:{self.id}"

    def covers(self, operation: Operation) -> bool:
        """Tell whether an operation is among those granted."""
        return operation.id in self.operations or EVERY_OPERATION in self.operations

    def state_at(self, moment: datetime) -> GrantState:
        """Return whether it is good at a moment."""
        if self.revoked_at is not None:
            return GrantState.REVOKED
        if moment >= self.expires_at:
            return GrantState.EXPIRED
        return GrantState.GOOD if self.suspended_at is None else GrantState.SUSPENDED
