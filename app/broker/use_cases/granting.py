"""Giving, suspending and revoking grants."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller, Client
from app.access.store import find as find_client
from app.broker.domain.deciding import today
from app.broker.domain.errors import (
    ConsumerRefusedError,
    DateInThePastError,
    ForbiddenServiceMoveError,
    GrantEndedError,
    OperationRefusedError,
    UnknownGrantError,
)
from app.broker.domain.grants import EVERY_OPERATION, Grant, GrantState, Terms
from app.broker.domain.service import Service, ServiceState
from app.broker.store import grants, registered
from app.broker.store.grants import Wanted
from app.broker.store.revisions import raise_revision
from app.broker.use_cases.finding import own
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be granted to which client; `request` names the request that asked for it."""

    client_id: str
    service: tuple[str, str]
    terms: Terms
    request: str | None = None


def give(
    connection: Connection, clock: Clock, caller: Caller, *, wish: Wish, digest: str | None
) -> Grant:
    """Grant operations of a version to a client.

    Raises:
        UnknownSharedServiceError: if the version is not the caller's.
        ConsumerRefusedError, OperationRefusedError, DateInThePastError: by what is wanted.
        ForbiddenServiceMoveError: if the version is retired.
    """
    raise_revision(connection)
    number, service = own(connection, caller, *wish.service)
    return add(connection, clock, caller, (number, service), wish=wish, digest=digest)


def add(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    of: tuple[int, Service],
    *,
    wish: Wish,
    digest: str | None,
) -> Grant:
    """Grant for whoever may act for the version; raises as `give` does."""
    number, service = of
    client = consumer(connection, service, wish.client_id, pointer="/client_id")
    check_terms(clock, service, wish.terms)
    grant = Grant(
        id=new_id(),
        client_id=client.client_id,
        member=client.member,
        service=service.key,
        terms=wish.terms,
        given_at=clock.now(),
        request=wish.request,
    )
    grants.add(connection, number, grant)
    record(connection, clock, actor, Act("grant.give", grant.subject, digest))
    return grant


def consumer(connection: Connection, service: Service, client_id: str, *, pointer: str) -> Client:
    """Return a client that may be granted a service.

    Raises:
        ConsumerRefusedError: if it may not.
    """
    found = find_client(connection, client_id)
    client = None if found is None else found[0]
    if client is None or client.revoked_at is not None or not service.is_open_to(client.member):
        raise ConsumerRefusedError(pointer)
    return client


def check_terms(clock: Clock, service: Service, terms: Terms) -> None:
    """Demand that terms can be granted of a version.

    Raises:
        OperationRefusedError: if it has no such operation.
        DateInThePastError: if they would be over already.
        ForbiddenServiceMoveError: if the version is retired.
    """
    state = service.state_on(today(clock.now()))
    if state is ServiceState.RETIRED:
        raise ForbiddenServiceMoveError(state, "đã ngừng", "it is retired")
    known = {one.id for one in service.operations}
    is_all = terms.operations == (EVERY_OPERATION,)
    for place, one in enumerate(() if is_all else terms.operations):
        if one not in known:
            pointer = f"/operations/{place}"
            raise OperationRefusedError(pointer, f"không có {one!r}", f"there is no {one!r}")
    if terms.expires_at <= clock.now():
        raise DateInThePastError("/expires_at")


def revoke(
    connection: Connection, clock: Clock, caller: Caller, *, grant_id: str, reason: str, digest: str
) -> Grant:
    """Take a grant back for good; every process refuses it within a second.

    Raises:
        UnknownGrantError: if it is not of the caller's services.
        GrantEndedError: if it was revoked before.
    """
    raise_revision(connection)
    grant = _own(connection, caller, grant_id)
    if grant.revoked_at is not None:
        raise GrantEndedError(GrantState.REVOKED)
    after = replace(grant, revoked_at=clock.now(), reason=reason)
    return _saved(connection, clock, caller, after, Act("grant.revoke", grant.subject, digest))


def suspend(
    connection: Connection, clock: Clock, caller: Caller, *, grant_id: str, reason: str, digest: str
) -> Grant:
    """Have a grant not count until it is resumed.

    Raises:
        UnknownGrantError: if it is not of the caller's services.
        GrantEndedError: if it is revoked, over, or suspended already.
    """
    raise_revision(connection)
    grant = _own(connection, caller, grant_id)
    state = grant.state_at(clock.now())
    if state is not GrantState.GOOD:
        raise GrantEndedError(state)
    after = replace(grant, suspended_at=clock.now(), reason=reason)
    return _saved(connection, clock, caller, after, Act("grant.suspend", grant.subject, digest))


def resume(
    connection: Connection, clock: Clock, caller: Caller, *, grant_id: str, digest: str
) -> Grant:
    """Have a suspended grant count again.

    Raises:
        UnknownGrantError: if it is not of the caller's services.
        GrantEndedError: if it is not suspended.
    """
    raise_revision(connection)
    grant = _own(connection, caller, grant_id)
    state = grant.state_at(clock.now())
    if state is not GrantState.SUSPENDED:
        raise GrantEndedError(state)
    after = replace(grant, suspended_at=None, reason=None)
    return _saved(connection, clock, caller, after, Act("grant.resume", grant.subject, digest))


def list_grants(
    connection: Connection, wanted: Wanted, *, after: int | None, limit: int
) -> Sequence[tuple[int, Grant]]:
    """Return a page of grants of a member's services, and of those its clients have."""
    return grants.page(connection, wanted, after=after, limit=limit)


def show_grant(connection: Connection, caller: Caller, *, grant_id: str) -> Grant:
    """Return a grant to those of its service, and to those of the client that has it.

    Raises:
        UnknownGrantError: to everybody else.
    """
    grant = grants.find(connection, grant_id)
    if grant is None:
        raise UnknownGrantError
    if caller.may_see(grant.member):
        return grant
    return _own(connection, caller, grant_id)


def _own(connection: Connection, caller: Caller, grant_id: str) -> Grant:
    grant = grants.find(connection, grant_id)
    if grant is None:
        raise UnknownGrantError
    code, _, version = grant.service.partition("/")
    found = registered.find(connection, code, version)
    if found is None or not caller.may_see(found[1].tenant):
        raise UnknownGrantError
    return grant


def _saved(connection: Connection, clock: Clock, caller: Caller, grant: Grant, act: Act) -> Grant:
    grants.save(connection, grant)
    record(connection, clock, caller, act)
    return grant
