"""Setting quotas, changing and lifting them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.access.store import find as find_client
from app.broker.domain.errors import (
    ConsumerRefusedError,
    OperationRefusedError,
    UnknownSharedServiceError,
)
from app.broker.domain.quotas import (
    EACH,
    NotYoursToLimitError,
    Quota,
    QuotaTakenError,
    UnknownQuotaError,
    checked,
)
from app.broker.store import quotas as store
from app.broker.store import registered
from app.codes import AgencyCode
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Wish:
    """A quota to be set, in which province, and the digest of what asked for it."""

    quota: Quota
    province: AgencyCode
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """Another limit for a quota; None lifts it."""

    quota_id: str
    calls: int | None
    digest: str


def limit(connection: Connection, clock: Clock, caller: Caller, *, wish: Wish) -> Quota:
    """Set a quota.

    Who provides a service limits it; who has a client limits the client; what holds for each
    client of the gateway is set by the province.

    Raises:
        EmptyQuotaError, KindMisplacedError: if it names nothing, or its kind does not fit.
        UnknownSharedServiceError, OperationRefusedError: if the caller has no such service, or
            the service no such operation.
        ConsumerRefusedError: if there is no such client.
        NotYoursToLimitError: if the client is not the caller's.
        QuotaTakenError: if there is one for the same calls and windows.
    """
    quota = checked(wish.quota)
    member = _whose(connection, caller, quota, wish.province)
    if not store.add(connection, quota, member=member, at=clock.now()):
        same = store.same(connection, quota)
        raise QuotaTakenError("" if same is None else same.id)
    record(connection, clock, caller, Act("quota.set", quota.subject, wish.digest))
    return quota


def change(
    connection: Connection, clock: Clock, caller: Caller, *, change: Change
) -> tuple[Quota, bool]:
    """Give a quota another limit, or lift it; what was taken of the present window stays taken.

    Returns it, and whether it was lifted.

    Raises:
        UnknownQuotaError: if there is none that is the caller's.
    """
    found = store.find(connection, change.quota_id)
    if found is None or not caller.may_see(found[1]):
        raise UnknownQuotaError
    quota = found[0]
    if change.calls is None:
        store.remove(connection, quota.id)
        record(connection, clock, caller, Act("quota.lift", quota.subject, change.digest))
        return quota, True
    changed = replace(quota, limit=change.calls)
    store.replace(connection, changed, at=clock.now())
    record(connection, clock, caller, Act("quota.change", quota.subject, change.digest))
    return changed, False


def list_quotas(
    connection: Connection, caller: Caller, *, service: str | None, after: str, limit: int
) -> Sequence[Quota]:
    """Return a page of the quotas that are the caller's, by id."""
    return store.page(connection, caller.member, service=service, after=after, limit=limit)


def _whose(
    connection: Connection, caller: Caller, quota: Quota, province: AgencyCode
) -> AgencyCode:
    """Return whose quota it is, once everything that it names is found."""
    client = None if quota.client_id in {None, EACH} else _member_of(connection, quota)
    if quota.service is not None:
        return _tenant(connection, caller, quota)
    member = client or province
    if not caller.may_see(member):
        raise NotYoursToLimitError
    return member


def _member_of(connection: Connection, quota: Quota) -> AgencyCode:
    found = find_client(connection, quota.client_id or "")
    if found is None or found[0].revoked_at is not None:
        raise ConsumerRefusedError("/client_id")
    return found[0].member


def _tenant(connection: Connection, caller: Caller, quota: Quota) -> AgencyCode:
    versions = [one for _, one in registered.of_code(connection, quota.service or "")]
    if not versions or not caller.may_see(versions[0].tenant):
        raise UnknownSharedServiceError
    known = {operation.id for one in versions for operation in one.operations}
    if quota.operation is not None and quota.operation not in known:
        said = f"không có {quota.operation!r}", f"there is no {quota.operation!r}"
        raise OperationRefusedError("/operation", *said)
    return versions[0].tenant
