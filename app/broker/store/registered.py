"""Versions of services, one row each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, or_, select, update

from app.broker.domain.operations import Operation
from app.broker.domain.service import (
    Block,
    Contact,
    PersonalData,
    Protocol,
    RouteOrder,
    Service,
    ServiceState,
    Upstream,
    Via,
)
from app.broker.tables.register import broker_services
from app.codes import AgencyCode

_OPEN = (ServiceState.PUBLISHED.value, ServiceState.DEPRECATED.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which services a list has; `state` and `owner` narrow it."""

    member: AgencyCode
    state: ServiceState | None = None
    owner: AgencyCode | None = None


def add(connection: Connection, service: Service) -> int:
    """Add a version and return its row number."""
    done = connection.execute(insert(broker_services).values(_values(service)))
    key = done.inserted_primary_key
    assert key is not None  # noqa: S101 -- both engines tell it
    return int(key[0])


def save(connection: Connection, number: int, service: Service) -> None:
    """Write a version over what was kept of it."""
    row = broker_services.c.number == number
    connection.execute(update(broker_services).where(row).values(_values(service)))


def find(connection: Connection, code: str, version: str) -> tuple[int, Service] | None:
    """Return a version with its row number."""
    known = (broker_services.c.code == code, broker_services.c.version == version)
    row = connection.execute(select(broker_services).where(*known)).one_or_none()
    return None if row is None else (row.number, service_of(row))


def of_code(connection: Connection, code: str) -> Sequence[tuple[int, Service]]:
    """Return the versions of a service, the oldest first."""
    return _found(connection, broker_services.c.code == code)


def of_context(connection: Connection, context: str) -> Sequence[tuple[int, Service]]:
    """Return the versions that have a context, whatever capitals it is written with."""
    every = _found(connection)
    return [one for one in every if one[1].context.casefold() == context.casefold()]


def of_numbers(connection: Connection, numbers: Collection[int]) -> Mapping[int, Service]:
    """Return versions by their row numbers."""
    return dict(_found(connection, broker_services.c.number.in_(numbers)))


def every(connection: Connection) -> Iterable[tuple[int, Service]]:
    """Return every version."""
    return _found(connection)


def open_ones(connection: Connection) -> Sequence[tuple[int, Service]]:
    """Return the versions that can be called."""
    return _found(connection, broker_services.c.state.in_(_OPEN))


def page(
    connection: Connection, wanted: Wanted, *, after: int | None, limit: int
) -> Sequence[tuple[int, Service]]:
    """Return versions that a member's clients may see, by row number.

    Its own and those below it in any state, others once they are published.
    """
    column = broker_services.c
    where: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        where.append(column.state == wanted.state.value)
    if wanted.owner is not None:
        where.append(column.owner == wanted.owner.canonical)
    if after is not None:
        where.append(column.number > after)
    top = wanted.member.canonical
    is_own = or_(column.tenant == top, column.tenant.startswith(f"{top}.", autoescape=True))
    where.append(or_(is_own, column.state.in_(_OPEN)))
    statement = select(broker_services).where(*where).order_by(column.number)
    shown: list[tuple[int, Service]] = []
    for row in connection.execute(statement):
        service = service_of(row)
        if service.is_open_to(wanted.member) or service.tenant.within(wanted.member):
            shown.append((row.number, service))
        if len(shown) == limit:
            break
    return shown


def _found(connection: Connection, *where: ColumnElement[bool]) -> Sequence[tuple[int, Service]]:
    statement = select(broker_services).where(*where).order_by(broker_services.c.number)
    return [(row.number, service_of(row)) for row in connection.execute(statement)]


def service_of(row: Row[Any]) -> Service:
    """Return the version that a row holds."""
    return Service(
        code=row.code,
        version=row.version,
        context=row.context,
        owner=AgencyCode(row.owner),
        tenant=AgencyCode(row.tenant),
        protocol=Protocol(row.protocol),
        title=row.title,
        upstreams=tuple(map(_upstream, row.upstreams)),
        operations=tuple(Operation.of(*one) for one in row.operations),
        contact=Contact(**row.contact),
        route=RouteOrder(row.route),
        personal_data=PersonalData(row.personal_data),
        state=ServiceState(row.state),
        is_default=row.is_default,
        shared_with=tuple(map(AgencyCode, row.shared_with)),
        description=row.description,
        subsystem=row.subsystem,
        timeout_seconds=row.timeout_seconds,
        max_body_bytes=row.max_body_bytes,
        credential=row.credential,
        block=None if row.blocked_at is None else Block(row.blocked_at, row.block_reason),
        created_at=row.created_at,
        published_at=row.published_at,
        deprecated_on=row.deprecated_on,
        retired_on=row.retired_on,
        description_digest=row.description_digest,
    )


def _upstream(kept: dict[str, Any]) -> Upstream:
    """Read an upstream; those of before routes were chosen name none."""
    via = kept.get("via")
    return Upstream(**kept | {"via": None if via is None else Via(via)})


def _values(service: Service) -> dict[str, Any]:
    return {
        "code": service.code,
        "version": service.version,
        "context": service.context,
        "owner": service.owner.canonical,
        "tenant": service.tenant.canonical,
        "shared_with": [one.canonical for one in service.shared_with],
        "protocol": service.protocol.value,
        "state": service.state.value,
        "is_default": service.is_default,
        "title": service.title,
        "description": service.description,
        "contact": asdict(service.contact),
        "personal_data": service.personal_data.value,
        "route": service.route.value,
        "subsystem": service.subsystem,
        "upstreams": [asdict(one) for one in service.upstreams],
        "operations": [[one.method, one.pattern.text, one.name] for one in service.operations],
        "timeout_seconds": service.timeout_seconds,
        "max_body_bytes": service.max_body_bytes,
        "credential": service.credential,
        "blocked_at": None if service.block is None else service.block.at,
        "block_reason": None if service.block is None else service.block.reason,
        "created_at": service.created_at,
        "published_at": service.published_at,
        "deprecated_on": service.deprecated_on,
        "retired_on": service.retired_on,
        "description_digest": service.description_digest,
    }
