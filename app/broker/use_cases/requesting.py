"""Requests for access: asked, then granted or refused with reasons within two working days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from sqlalchemy import Connection

from app.access.domain import Caller
from app.broker.domain.errors import (
    ConsumerRefusedError,
    UnknownAccessRequestError,
    UnknownSharedServiceError,
)
from app.broker.domain.grants import Grant, Terms
from app.broker.domain.requests import AccessRequest, Changed, due_at
from app.broker.domain.service import Service
from app.broker.store import registered, requests
from app.broker.store.requests import Wanted
from app.broker.store.revisions import raise_revision
from app.broker.use_cases import granting
from app.broker.use_cases.finding import visible
from app.calendars.domain import Period, WorkingHours
from app.calendars.use_cases import working_calendar
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks for, and the office hours by which the time to decide is counted."""

    service: tuple[str, str]
    terms: Terms
    hours: WorkingHours


def hours_of(settings: Settings) -> WorkingHours:
    """Return the office hours that are set."""
    morning, afternoon = (
        Period(*map(time.fromisoformat, written.split("-")))
        for written in (settings.working_morning, settings.working_afternoon)
    )
    return WorkingHours(morning, afternoon)


def ask(
    connection: Connection, clock: Clock, caller: Caller, *, asked: Asked, digest: str
) -> AccessRequest:
    """Ask for access for the calling client; the clock begins.

    Raises:
        UnknownSharedServiceError: if the version is not published to the caller.
        OperationRefusedError, DateInThePastError: by what is asked for.
        ForbiddenServiceMoveError: if the version is retired.
    """
    number, found = visible(connection, clock, caller, *asked.service)
    try:
        granting.consumer(connection, found, caller.client_id, pointer="/service")
    except ConsumerRefusedError:
        raise UnknownSharedServiceError from None
    granting.check_terms(clock, found, asked.terms)
    now = clock.now()
    request = AccessRequest(
        id=new_id(),
        client_id=caller.client_id,
        member=caller.member,
        service=found.key,
        terms=asked.terms,
        asked_at=now,
        due_at=due_at(working_calendar(connection, asked.hours), now),
    )
    requests.add(connection, number, request)
    record(connection, clock, caller, Act("access.ask", request.subject, digest))
    return request


def approve(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    request_id: str,
    changed: Changed,
    digest: str,
) -> tuple[AccessRequest, Grant]:
    """Grant what was asked for, or what is changed of it.

    Raises:
        UnknownAccessRequestError: if it is not for a service of the caller's.
        RequestDecidedError: if it was decided before.
        ConsumerRefusedError, OperationRefusedError, DateInThePastError: if it cannot be granted.
        ForbiddenServiceMoveError: if the version is retired.
    """
    raise_revision(connection)
    request, of = _own(connection, caller, request_id)
    granted = request.granted(caller.client_id, clock.now(), grant="")
    code, _, version = request.service.partition("/")
    wish = granting.Wish(request.client_id, (code, version), changed.of(request.terms), request.id)
    grant = granting.add(connection, clock, caller, of, wish=wish, digest=digest)
    after = replace(granted, grant=grant.id)
    return _saved(connection, clock, caller, after, Act("access.grant", "", digest)), grant


def refuse(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    request_id: str,
    reasons: str,
    digest: str,
) -> AccessRequest:
    """Refuse a request with reasons, which who asked may read.

    Raises:
        UnknownAccessRequestError: if it is not for a service of the caller's.
        RequestDecidedError: if it was decided before.
    """
    raise_revision(connection)
    request, _ = _own(connection, caller, request_id)
    after = request.refused(caller.client_id, clock.now(), reasons=reasons)
    return _saved(connection, clock, caller, after, Act("access.refuse", "", digest))


def withdraw(
    connection: Connection, clock: Clock, caller: Caller, *, request_id: str, digest: str
) -> AccessRequest:
    """Take a request back; the client that asked may.

    Raises:
        UnknownAccessRequestError: if another client asked.
        RequestDecidedError: if it was decided before.
    """
    raise_revision(connection)
    request = requests.find(connection, request_id)
    if request is None or request.client_id != caller.client_id:
        raise UnknownAccessRequestError
    after = request.withdrawn(caller.client_id, clock.now())
    return _saved(connection, clock, caller, after, Act("access.withdraw", "", digest))


def list_requests(
    connection: Connection, wanted: Wanted, *, after: int | None, limit: int
) -> Sequence[tuple[int, AccessRequest]]:
    """Return a page of requests for a member's services, and of those its clients made."""
    return requests.page(connection, wanted, after=after, limit=limit)


def show_request(connection: Connection, caller: Caller, *, request_id: str) -> AccessRequest:
    """Return a request to those of its service, and to those of the client that asked.

    Raises:
        UnknownAccessRequestError: to everybody else.
    """
    request = requests.find(connection, request_id)
    if request is None:
        raise UnknownAccessRequestError
    return request if caller.may_see(request.member) else _own(connection, caller, request_id)[0]


def _own(
    connection: Connection, caller: Caller, request_id: str
) -> tuple[AccessRequest, tuple[int, Service]]:
    request = requests.find(connection, request_id)
    if request is None:
        raise UnknownAccessRequestError
    code, _, version = request.service.partition("/")
    found = registered.find(connection, code, version)
    if found is None or not caller.may_see(found[1].tenant):
        raise UnknownAccessRequestError
    return request, found


def _saved(
    connection: Connection, clock: Clock, caller: Caller, request: AccessRequest, act: Act
) -> AccessRequest:
    requests.save(connection, request)
    record(connection, clock, caller, replace(act, subject=request.subject))
    return request
