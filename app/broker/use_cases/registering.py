"""Registering versions of services, and leading them through their life."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.broker.domain.credentials import CredentialElsewhereError, is_for, origin_of
from app.broker.domain.deciding import today
from app.broker.domain.errors import OperationRefusedError, SharedServiceTakenError
from app.broker.domain.lifecycle import (
    Neighbours,
    block,
    check_context,
    check_default,
    check_operations,
    check_route,
    deprecate,
    publish,
    retire,
    unblock,
)
from app.broker.domain.service import Service, Upstream
from app.broker.store import credentials, registered
from app.broker.store.revisions import raise_revision
from app.broker.use_cases.finding import own
from app.catalogue.use_cases import resolve_member
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.targets import Targets

_REVISED: Final = (
    "owner", "protocol", "title", "upstreams", "contact", "route", "personal_data", "shared_with",
    "description", "subsystem", "timeout_seconds", "max_body_bytes", "credential",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """What a registration is held against: the gateway's own paths, and what may be called."""

    reserved: Collection[str]
    targets: Targets


def register(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    ground: Ground,
    *,
    wish: Service,
    digest: str,
) -> Service:
    """Add a version as a draft.

    Raises:
        AgencyNotYoursError: if the caller may not act for the tenant.
        UnknownMemberError, ClosedMemberError: by the catalogue.
        SharedServiceTakenError: if the version is there already.
        ContextRefusedError, OperationRefusedError, RouteUnservedError, UnsafeTargetError,
            CredentialElsewhereError: by what it says.
    """
    raise_revision(connection)
    caller.act_for(wish.tenant, pointer="/tenant_code")
    return add(connection, clock, caller, ground, wish=wish, digest=digest)


def add(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    ground: Ground,
    *,
    wish: Service,
    digest: str,
) -> Service:
    """Add a version as a draft, for whoever may act for its tenant; raises as `register` does."""
    service = _resolved(connection, clock, wish)
    for _, other in registered.of_code(connection, service.code):
        if other.version == service.version or other.tenant != service.tenant:
            raise SharedServiceTakenError(other.key)
    _check(connection, service, ground)
    service = replace(service, created_at=clock.now())
    registered.add(connection, service)
    record(connection, clock, actor, Act("shared-service.register", service.subject, digest))
    return service


def revise(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    ground: Ground,
    *,
    wish: Service,
    digest: str,
) -> Service:
    """Change where a version is, how it is reached and described; without operations they stay.

    Raises:
        UnknownSharedServiceError: if it is not the caller's.
        UnknownMemberError, ClosedMemberError: by the catalogue.
        OperationRefusedError: if a document says which operations there are.
        RouteUnservedError, UnsafeTargetError, CredentialElsewhereError: by what is wanted.
    """

    def change(before: Service) -> Service:
        if wish.operations and before.description_digest is not None:
            why = "do bản mô tả quy định"
            raise OperationRefusedError("/operations", why, "the description says them")
        revised = replace(
            before,
            **{name: getattr(wish, name) for name in _REVISED},
            operations=wish.operations or before.operations,
        )
        resolved = _resolved(connection, clock, revised)
        _check(connection, resolved, ground)
        return resolved

    act = Act("shared-service.revise", "", digest)
    return _change(connection, clock, caller, (wish.code, wish.version), change, act)


def publish_version(
    connection: Connection, clock: Clock, caller: Caller, *, key: tuple[str, str], digest: str
) -> Service:
    """Let everybody see a version, and those that are granted it call it.

    Raises:
        UnknownSharedServiceError: if it is not the caller's.
        ForbiddenServiceMoveError: by its state.
    """

    def change(service: Service) -> Service:
        return publish(service, _others(connection, service), now=clock.now())

    act = Act("shared-service.publish", "", digest)
    return _change(connection, clock, caller, key, change, act)


def deprecate_version(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    key: tuple[str, str],
    until: date,
    digest: str,
) -> Service:
    """Announce the day from which a version is no longer served.

    Raises:
        UnknownSharedServiceError: if it is not the caller's.
        ForbiddenServiceMoveError, DateInThePastError: by its state and the date.
    """
    act = Act("shared-service.deprecate", "", digest)
    day = today(clock.now())
    return _change(
        connection, clock, caller, key, lambda one: deprecate(one, today=day, until=until), act
    )


def retire_version(
    connection: Connection, clock: Clock, caller: Caller, *, key: tuple[str, str], digest: str
) -> Service:
    """Serve a version no longer, at once and for good.

    Raises:
        UnknownSharedServiceError: if it is not the caller's.
        ForbiddenServiceMoveError: if it is retired.
    """
    act = Act("shared-service.retire", "", digest)
    day = today(clock.now())
    return _change(connection, clock, caller, key, lambda one: retire(one, today=day), act)


def make_default(
    connection: Connection, clock: Clock, caller: Caller, *, key: tuple[str, str], digest: str
) -> Service:
    """Give calls that name no version this one.

    Raises:
        UnknownSharedServiceError: if it is not the caller's.
        ForbiddenServiceMoveError: if it may not be called.
    """

    def change(service: Service) -> Service:
        check_default(service, today(clock.now()))
        for number, other in registered.of_code(connection, service.code):
            if other.is_default:
                registered.save(connection, number, replace(other, is_default=False))
        return replace(service, is_default=True)

    act = Act("shared-service.make-default", "", digest)
    return _change(connection, clock, caller, key, change, act)


def block_version(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    key: tuple[str, str],
    reason: str,
    digest: str,
) -> Service:
    """Let nobody call a version until it is unblocked; every process refuses within a second.

    Raises:
        UnknownSharedServiceError: if it is not the caller's.
        ForbiddenServiceMoveError: if it is not served, or blocked already.
    """
    act = Act("shared-service.block", "", digest)
    now = clock.now()
    return _change(
        connection, clock, caller, key, lambda one: block(one, now=now, reason=reason), act
    )


def unblock_version(
    connection: Connection, clock: Clock, caller: Caller, *, key: tuple[str, str], digest: str
) -> Service:
    """Let a version be called again, by whoever is granted it.

    Raises:
        UnknownSharedServiceError: if it is not the caller's.
        ForbiddenServiceMoveError: if it is not blocked.
    """
    act = Act("shared-service.unblock", "", digest)
    return _change(connection, clock, caller, key, unblock, act)


def _change(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    key: tuple[str, str],
    change: Callable[[Service], Service],
    act: Act,
) -> Service:
    raise_revision(connection)
    number, before = own(connection, caller, *key)
    after = change(before)
    registered.save(connection, number, after)
    record(connection, clock, caller, replace(act, subject=after.subject))
    return after


def _others(connection: Connection, service: Service) -> list[Service]:
    every = registered.of_code(connection, service.code)
    return [one for _, one in every if one.version != service.version]


def _resolved(connection: Connection, clock: Clock, wish: Service) -> Service:
    """Return the wish with the codes under which its members are known."""
    owner = resolve_member(connection, clock, wish.owner, pointer="/owner_code")
    tenant = resolve_member(connection, clock, wish.tenant, pointer="/tenant_code")
    shared = [
        resolve_member(connection, clock, one, pointer=f"/shared_with/{place}").code
        for place, one in enumerate(wish.shared_with)
    ]
    return replace(wish, owner=owner.code, tenant=tenant.code, shared_with=tuple(shared))


def _check(connection: Connection, service: Service, ground: Ground) -> None:
    neighbours = Neighbours(
        ground.reserved,
        [one for _, one in registered.of_context(connection, service.context)],
        _others(connection, service),
    )
    check_context(service, neighbours)
    check_operations(service.operations)
    check_route(service)
    for place, upstream in enumerate(service.upstreams):
        ground.targets.check(upstream.url, pointer=f"/upstreams/{place}/url")
        _check_credential(connection, upstream.credential or service.credential, upstream, place)


def _check_credential(
    connection: Connection, name: str | None, upstream: Upstream, place: int
) -> None:
    """Demand that an address may be shown its credential; one may be kept later."""
    found = None if name is None else credentials.find(connection, name)
    if found is not None and not is_for(found[0], origin_of(upstream.url)):
        raise CredentialElsewhereError(f"/upstreams/{place}/credential")
