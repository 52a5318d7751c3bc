"""Đề nghị khai thác dịch vụ: who asked for what, by when it is to be decided, and how it was.

The provider makes the account for a connection within two working days, or refuses with reasons
(NĐ 194/2025/NĐ-CP, đ.40, which changes đ.35 of NĐ 47/2020/NĐ-CP).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from app.broker.domain.grants import Terms
from app.calendars.domain import WORKING_DAY, Calendar
from app.codes import AgencyCode
from app.platform.errors import ConflictError

DECIDED_WITHIN: Final = 2 * WORKING_DAY


class RequestState(StrEnum):
    """How far a request is."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _STATES[self]


_STATES: Final[Mapping[RequestState, str]] = {
    RequestState.ASKED: "Chờ quyết định",
    RequestState.GRANTED: "Đã cấp",
    RequestState.REFUSED: "Từ chối",
    RequestState.WITHDRAWN: "Đã rút",
}


class RequestDecidedError(ConflictError):
    """The request was decided or withdrawn before."""

    slug = "access-request-decided"
    title = "Đề nghị đã được quyết định"
    title_en = "The request was decided"

    def __init__(self, state: RequestState) -> None:
        super().__init__(
            f"Đề nghị đã kết thúc: {state.label}.",
            f"The request has ended: {state}.",
            extensions={"state": state.value},
        )


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """A client's request to be granted operations of a version; `service` is its key."""

    id: str
    client_id: str
    member: AgencyCode
    service: str
    terms: Terms
    asked_at: datetime
    due_at: datetime
    state: RequestState = RequestState.ASKED
    decided_at: datetime | None = None
    decided_by: str | None = None
    reasons: str | None = None
    grant: str | None = None

    @property
    def subject(self) -> str:
        """What the evidence log calls it."""
        return f"access-request:{self.id}"

    def is_late(self, now: datetime) -> bool:
        """Tell whether it was not decided in time, or was decided late."""
        return (self.decided_at or now) > self.due_at

    def granted(self, by: str, now: datetime, *, grant: str) -> Self:
        """Return the request with its grant.

        Raises:
            RequestDecidedError: if it was decided before.
        """
        return replace(self._decided(RequestState.GRANTED, by, now), grant=grant)

    def refused(self, by: str, now: datetime, *, reasons: str) -> Self:
        """Return the request refused with reasons.

        Raises:
            RequestDecidedError: if it was decided before.
        """
        return replace(self._decided(RequestState.REFUSED, by, now), reasons=reasons)

    def withdrawn(self, by: str, now: datetime) -> Self:
        """Return the request taken back by who asked.

        Raises:
            RequestDecidedError: if it was decided before.
        """
        return self._decided(RequestState.WITHDRAWN, by, now)

    def _decided(self, state: RequestState, by: str, now: datetime) -> Self:
        if self.state is not RequestState.ASKED:
            raise RequestDecidedError(self.state)
        return replace(self, state=state, decided_by=by, decided_at=now)


@dataclass(frozen=True, slots=True)
class Changed:
    """What whoever grants changes of what was asked for; None leaves it as it was asked."""

    operations: tuple[str, ...] | None = None
    fields: tuple[str, ...] | None = None
    cache_seconds: int | None = None
    expires_at: datetime | None = None

    def of(self, terms: Terms) -> Terms:
        """Return the terms with the changes."""
        return replace(
            terms,
            operations=terms.operations if self.operations is None else self.operations,
            fields=terms.fields if self.fields is None else self.fields,
            cache_seconds=terms.cache_seconds if self.cache_seconds is None else self.cache_seconds,
            expires_at=terms.expires_at if self.expires_at is None else self.expires_at,
        )


def due_at(calendar: Calendar, asked_at: datetime) -> datetime:
    """Return by when a request is to be decided: two working days, of eight hours each."""
    return calendar.after(asked_at, DECIDED_WITHIN)
