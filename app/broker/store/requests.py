"""Requests for access, one row each; none is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, or_, select, update

from app.broker.domain.requests import AccessRequest, RequestState
from app.broker.domain.service import key_of
from app.broker.store.grants import below, terms_in, terms_of
from app.broker.tables.register import broker_requests, broker_services
from app.codes import AgencyCode

_JOINED: Final = (
    select(broker_requests, broker_services.c.code, broker_services.c.version)
    .join(broker_services, broker_services.c.number == broker_requests.c.service)
    .order_by(broker_requests.c.number)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests a list has: of a member's services or clients; `late_at` for what is late."""

    member: AgencyCode
    state: RequestState | None = None
    service: str | None = None
    late_at: datetime | None = None


def add(connection: Connection, service: int, request: AccessRequest) -> None:
    """Add a request for the version with this row number."""
    fixed = {
        "id": request.id,
        "client_id": request.client_id,
        "member": request.member.canonical,
        "service": service,
        "asked_at": request.asked_at,
        "due_at": request.due_at,
    }
    values = fixed | terms_in(request.terms) | _state(request)
    connection.execute(insert(broker_requests).values(values))


def save(connection: Connection, request: AccessRequest) -> None:
    """Write what can change of a request."""
    row = broker_requests.c.id == request.id
    connection.execute(update(broker_requests).where(row).values(_state(request)))


def find(connection: Connection, request_id: str) -> AccessRequest | None:
    """Return a request."""
    row = connection.execute(_JOINED.where(broker_requests.c.id == request_id)).one_or_none()
    return None if row is None else _request(row)


def page(
    connection: Connection, wanted: Wanted, *, after: int | None, limit: int
) -> Sequence[tuple[int, AccessRequest]]:
    """Return requests with their numbers, the oldest first."""
    statement = _JOINED.limit(limit).where(
        or_(
            below(broker_services.c.tenant, wanted.member),
            below(broker_requests.c.member, wanted.member),
        )
    )
    if wanted.state is not None:
        statement = statement.where(broker_requests.c.state == wanted.state.value)
    if wanted.service is not None:
        statement = statement.where(broker_services.c.code == wanted.service)
    if wanted.late_at is not None:
        statement = statement.where(
            broker_requests.c.state == RequestState.ASKED.value,
            broker_requests.c.due_at < wanted.late_at,
        )
    if after is not None:
        statement = statement.where(broker_requests.c.number > after)
    return [(row.number, _request(row)) for row in connection.execute(statement)]


def waiting(
    connection: Connection, code: str, version: str, *, limit: int
) -> Sequence[AccessRequest]:
    """Return requests for a version that nobody decided on yet, the oldest first."""
    statement = _JOINED.where(
        broker_requests.c.state == RequestState.ASKED.value,
        broker_services.c.code == code,
        broker_services.c.version == version,
    )
    return [_request(row) for row in connection.execute(statement.limit(limit))]


def late(
    connection: Connection, now: datetime, *, limit: int | None = None
) -> Sequence[AccessRequest]:
    """Return every request that waits and is past its time, the oldest first."""
    statement = _JOINED.where(
        broker_requests.c.state == RequestState.ASKED.value, broker_requests.c.due_at < now
    )
    return [_request(row) for row in connection.execute(statement.limit(limit))]


def _request(row: Row[Any]) -> AccessRequest:
    return AccessRequest(
        id=row.id,
        client_id=row.client_id,
        member=AgencyCode(row.member),
        service=key_of(row.code, row.version),
        terms=terms_of(row),
        asked_at=row.asked_at,
        due_at=row.due_at,
        state=RequestState(row.state),
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reasons=row.reasons,
        grant=row.granted_as,
    )


def _state(request: AccessRequest) -> dict[str, Any]:
    return {
        "state": request.state.value,
        "decided_at": request.decided_at,
        "decided_by": request.decided_by,
        "reasons": request.reasons,
        "granted_as": request.grant,
    }
