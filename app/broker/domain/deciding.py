"""The decision: may this client make this call? Nothing is allowed that was not granted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol, Self

from app.broker.domain.grants import Grant, GrantState
from app.broker.domain.operations import Operation, operation_of
from app.broker.domain.paths import PlainPath, loose, plain_path
from app.broker.domain.service import Service
from app.calendars.domain import VIETNAM
from app.codes import AgencyCode


class RefusalReason(StrEnum):
    """Why a call is refused; for the service's own people, not for strangers."""

    UNSAFE_PATH = "unsafe-path"
    UNKNOWN_SERVICE = "unknown-service"
    NOT_PUBLISHED = "not-published"
    NO_OPERATION = "no-operation"
    NOT_GRANTED = "not-granted"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    BLOCKED = "blocked"


class Consumer(Protocol):
    """Whoever calls: a client, or the caller of a request."""

    @property
    def client_id(self) -> str:
        """The client's id."""
        ...

    @property
    def member(self) -> AgencyCode:
        """The member it acts for."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked for; `path` is what stands behind context and version, as it was sent."""

    method: str
    path: bytes


@dataclass(frozen=True, slots=True)
class Allowed:
    """The call may be made; `path` is what to send on, letter for letter."""

    service: Service
    operation: Operation
    grant: Grant
    path: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The call may not be made, with everything that was found on the way to that."""

    reason: RefusalReason
    service: Service | None = None
    operation: Operation | None = None
    grant: Grant | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The versions of one service."""

    versions: Mapping[str, Service]

    def version(self, wanted: str | None) -> Service | None:
        """Return a version; without a wish the one that is marked for that."""
        if wanted is not None:
            return self.versions.get(wanted)
        return next((one for one in self.versions.values() if one.is_default), None)


@dataclass(frozen=True, slots=True)
class Located:
    """Where a path leads: a context, a version if one was named, and what stands behind both."""

    context: str
    version: str | None
    rest: bytes


@dataclass(frozen=True, slots=True)
class View:
    """The register as one process knows it, with the number of its revision."""

    revision: int = 0
    contexts: Mapping[str, Line] = field(default_factory=dict)
    codes: Mapping[str, Line] = field(default_factory=dict)
    grants: Mapping[tuple[str, str], tuple[Grant, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, revision: int, known: Iterable[Service], grants: Iterable[Grant]) -> Self:
        """Return the view of these services and grants."""
        by_context: dict[str, dict[str, Service]] = {}
        by_code: dict[str, dict[str, Service]] = {}
        for one in known:
            by_context.setdefault(one.context, {})[one.version] = one
            by_code.setdefault(one.code, {})[one.version] = one
        given: dict[tuple[str, str], list[Grant]] = {}
        for grant in grants:
            given.setdefault((grant.client_id, grant.service), []).append(grant)
        return cls(
            revision,
            {name: Line(versions) for name, versions in by_context.items()},
            {name: Line(versions) for name, versions in by_code.items()},
            {key: tuple(every) for key, every in given.items()},
        )


def locate(view: View, raw_path: bytes) -> Located | RefusalReason:
    """Return where the whole path of a request leads: `/{context}[/{version}][/resource…]`.

    Context and version must be written plainly. A second segment that is a version of the
    service is that, everything else is already the resource.
    """
    first, slash, behind = raw_path.removeprefix(b"/").partition(b"/")
    context = first.decode("ascii", "replace")
    line = view.contexts.get(context) if raw_path.startswith(b"/") else None
    if line is None:
        return RefusalReason.UNKNOWN_SERVICE
    second, deeper, rest = behind.partition(b"/")
    version = second.decode("ascii", "replace")
    if version in line.versions:
        return Located(context, version, deeper + rest)
    path = plain_path(slash + behind)
    if path is None:
        return RefusalReason.UNSAFE_PATH
    if path.segments and loose(path.segments[0]) in {loose(one) for one in line.versions}:
        return RefusalReason.UNSAFE_PATH  # A version in disguise would be read as a resource.
    return Located(context, None, slash + behind)


def decide(
    view: View, client: Consumer, service: Service | None, call: Call, *, now: datetime
) -> Allowed | Refused:
    """Decide on a call of a version of a service."""
    path = plain_path(call.path)
    if path is None:
        return Refused(RefusalReason.UNSAFE_PATH, service)
    if service is None or not service.is_open_to(client.member):
        return Refused(RefusalReason.UNKNOWN_SERVICE, service)
    if not service.is_callable_on(today(now)):
        return Refused(RefusalReason.NOT_PUBLISHED, service)
    operation = operation_of(service.operations, call.method, path)
    if operation is None:
        return Refused(RefusalReason.NO_OPERATION, service)
    return _granted(view, client, service, operation, path=path, now=now)


def _granted(
    view: View,
    client: Consumer,
    service: Service,
    operation: Operation,
    *,
    path: PlainPath,
    now: datetime,
) -> Allowed | Refused:
    given = view.grants.get((client.client_id, service.key), ())
    covering = [one for one in given if one.covers(operation)]
    good = [one for one in covering if one.state_at(now) is GrantState.GOOD]
    if good:
        best = _latest(good)
        if service.block is not None:
            return Refused(RefusalReason.BLOCKED, service, operation, best)
        return Allowed(service, operation, best, path.raw)
    if not covering:
        return Refused(RefusalReason.NOT_GRANTED, service, operation)
    latest = _latest(covering)
    return Refused(_REASONS[latest.state_at(now)], service, operation, latest)


_REASONS: Final[Mapping[GrantState, RefusalReason]] = {
    GrantState.EXPIRED: RefusalReason.EXPIRED,
    GrantState.SUSPENDED: RefusalReason.SUSPENDED,
    GrantState.REVOKED: RefusalReason.REVOKED,
}


def _latest(grants: Sequence[Grant]) -> Grant:
    return max(grants, key=lambda one: (one.given_at, one.id))


def today(now: datetime) -> date:
    """Return the day of a moment in Vietnam."""
    return now.astimezone(VIETNAM).date()
