"""Grants, one row each; none is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, or_, select, update

from app.broker.domain.grants import Grant, Terms
from app.broker.domain.service import key_of
from app.broker.tables.register import broker_grants, broker_services
from app.codes import AgencyCode

_JOINED: Final = (
    select(broker_grants, broker_services.c.code, broker_services.c.version)
    .join(broker_services, broker_services.c.number == broker_grants.c.service)
    .order_by(broker_grants.c.number)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which grants a list has: of services of a member or of clients of it, narrowed."""

    member: AgencyCode
    service: str | None = None
    client_id: str | None = None


def add(connection: Connection, service: int, grant: Grant) -> None:
    """Add a grant for the version with this row number."""
    fixed = {
        "id": grant.id,
        "client_id": grant.client_id,
        "member": grant.member.canonical,
        "service": service,
        "given_at": grant.given_at,
        "request": grant.request,
    }
    connection.execute(insert(broker_grants).values(fixed | terms_in(grant.terms) | _state(grant)))


def save(connection: Connection, grant: Grant) -> None:
    """Write what can change of a grant."""
    row = broker_grants.c.id == grant.id
    connection.execute(update(broker_grants).where(row).values(_state(grant)))


def find(connection: Connection, grant_id: str) -> Grant | None:
    """Return a grant."""
    row = connection.execute(_JOINED.where(broker_grants.c.id == grant_id)).one_or_none()
    return None if row is None else _grant(row)


def every(connection: Connection) -> Sequence[Grant]:
    """Return every grant, the oldest first."""
    return [_grant(row) for row in connection.execute(_JOINED)]


def page(
    connection: Connection, wanted: Wanted, *, after: int | None, limit: int
) -> Sequence[tuple[int, Grant]]:
    """Return grants with their numbers, the oldest first."""
    statement: Select[Any] = _JOINED.limit(limit).where(
        or_(
            below(broker_services.c.tenant, wanted.member),
            below(broker_grants.c.member, wanted.member),
        )
    )
    if wanted.service is not None:
        statement = statement.where(broker_services.c.code == wanted.service)
    if wanted.client_id is not None:
        statement = statement.where(broker_grants.c.client_id == wanted.client_id)
    if after is not None:
        statement = statement.where(broker_grants.c.number > after)
    return [(row.number, _grant(row)) for row in connection.execute(statement)]


def below(column: Any, member: AgencyCode) -> ColumnElement[bool]:
    """Return the condition that a column names a member or one below it."""
    top = member.canonical
    return or_(column == top, column.startswith(f"{top}.", autoescape=True))


def terms_in(terms: Terms) -> dict[str, Any]:
    """Return terms as columns."""
    return {
        "operations": list(terms.operations),
        "purpose": terms.purpose,
        "legal_basis": terms.legal_basis,
        "expires_at": terms.expires_at,
        "fields": list(terms.fields),
        "cache_seconds": terms.cache_seconds,
    }


def terms_of(row: Row[Any]) -> Terms:
    """Return the terms in a row."""
    return Terms(
        operations=tuple(row.operations),
        purpose=row.purpose,
        legal_basis=row.legal_basis,
        expires_at=row.expires_at,
        fields=tuple(row._mapping["fields"]),  # noqa: SLF001 -- the documented way to a row's names
        cache_seconds=row.cache_seconds,
    )


def _grant(row: Row[Any]) -> Grant:
    return Grant(
        id=row.id,
        client_id=row.client_id,
        member=AgencyCode(row.member),
        service=key_of(row.code, row.version),
        terms=terms_of(row),
        given_at=row.given_at,
        suspended_at=row.suspended_at,
        revoked_at=row.revoked_at,
        reason=row.reason,
        request=row.request,
    )


def _state(grant: Grant) -> dict[str, Any]:
    return {
        "suspended_at": grant.suspended_at,
        "revoked_at": grant.revoked_at,
        "reason": grant.reason,
    }
