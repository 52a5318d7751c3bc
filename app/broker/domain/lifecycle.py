"""How a version is registered, published, deprecated and retired."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from app.broker.domain.errors import (
    ContextRefusedError,
    DateInThePastError,
    ForbiddenServiceMoveError,
    OperationRefusedError,
    RouteUnservedError,
)
from app.broker.domain.operations import Operation, ambiguous
from app.broker.domain.service import Block, Service, ServiceState
from app.calendars.domain import VIETNAM

CONTEXT: Final = r"^[A-Za-z][A-Za-z0-9._-]{0,62}[A-Za-z0-9]$"
VERSION: Final = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,14}[A-Za-z0-9])?$"
CODE: Final = r"^[a-z][a-z0-9-]{0,62}[a-z0-9]$"
_CONTEXT: Final = re.compile(CONTEXT, re.ASCII)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a new version must not collide with: reserved segments, and versions of contexts."""

    reserved: Collection[str]
    of_context: Sequence[Service] = ()
    of_code: Sequence[Service] = ()


def check_context(service: Service, neighbours: Neighbours) -> None:
    """Demand that a context is free for a service, and the same as in its other versions.

    Raises:
        ContextRefusedError: if not.
    """
    context = service.context
    if _CONTEXT.fullmatch(context) is None:
        raise ContextRefusedError(context, "sai khuôn dạng", "malformed")
    if context.casefold() in {one.casefold() for one in neighbours.reserved}:
        raise ContextRefusedError(context, "là đường dẫn của chính cổng", "the gateway's own path")
    if any(one.code != service.code for one in neighbours.of_context):
        raise ContextRefusedError(context, "dịch vụ khác đang dùng", "another service has it")
    if any(one.context != context for one in neighbours.of_code):
        why = "các phiên bản khác dùng đoạn khác"
        raise ContextRefusedError(context, why, "its other versions have another")


def check_operations(operations: Sequence[Operation]) -> None:
    """Demand that no two operations are the same.

    Raises:
        OperationRefusedError: if two are.
    """
    place = ambiguous(operations)
    if place is not None:
        pointer = f"/operations/{place}"
        raise OperationRefusedError(pointer, "trùng với thao tác trước", "the same as one before")


def check_route(service: Service) -> None:
    """Demand that a version can be reached by the order of connection that it has.

    Raises:
        RouteUnservedError: if it has addresses, and none is of a route of that order.
    """
    if service.upstreams and not service.reached:
        raise RouteUnservedError(service.route)


def publish(service: Service, others: Iterable[Service], *, now: datetime) -> Service:
    """Return the version published; it becomes the default if none of the others is.

    Raises:
        ForbiddenServiceMoveError: if it is no draft, or nobody could call anything of it.
    """
    if service.state is not ServiceState.DRAFT:
        raise ForbiddenServiceMoveError(service.state, "chỉ công bố dự thảo", "only a draft can be")
    if not service.operations or not service.upstreams:
        why = "chưa có thao tác hoặc địa chỉ"
        raise ForbiddenServiceMoveError(service.state, why, "no operations or no address yet")
    is_default = not any(one.is_default for one in others)
    return replace(service, state=ServiceState.PUBLISHED, published_at=now, is_default=is_default)


def deprecate(service: Service, *, today: date, until: date) -> Service:
    """Return the version as one that ends on a date: that day it is no longer served.

    Raises:
        ForbiddenServiceMoveError: if it is not published.
        DateInThePastError: if the date is not ahead.
    """
    if service.state_on(today) not in {ServiceState.PUBLISHED, ServiceState.DEPRECATED}:
        why = "chỉ ngừng dịch vụ đã công bố"
        raise ForbiddenServiceMoveError(service.state_on(today), why, "it is not published")
    if until <= today:
        raise DateInThePastError("/retires_on")
    began = service.deprecated_on or today
    return replace(service, state=ServiceState.DEPRECATED, deprecated_on=began, retired_on=until)


def retire(service: Service, *, today: date) -> Service:
    """Return the version retired from today on.

    Raises:
        ForbiddenServiceMoveError: if it is retired already.
    """
    if service.state_on(today) is ServiceState.RETIRED:
        raise ForbiddenServiceMoveError(ServiceState.RETIRED, "đã ngừng", "it is retired")
    return replace(service, state=ServiceState.RETIRED, retired_on=today)


def block(service: Service, *, now: datetime, reason: str) -> Service:
    """Return the version as one that nobody may call for the time being; grants stay as they are.

    Raises:
        ForbiddenServiceMoveError: if it is not served, or blocked already.
    """
    state = service.state_on(now.astimezone(VIETNAM).date())
    if state not in {ServiceState.PUBLISHED, ServiceState.DEPRECATED}:
        raise ForbiddenServiceMoveError(state, "chưa hoặc không còn phục vụ", "it is not served")
    if service.block is not None:
        raise ForbiddenServiceMoveError(state, "đã tạm khoá", "it is blocked already")
    return replace(service, block=Block(now, reason))


def unblock(service: Service) -> Service:
    """Return the version as one that may be called again.

    Raises:
        ForbiddenServiceMoveError: if it is not blocked.
    """
    if service.block is None:
        raise ForbiddenServiceMoveError(service.state, "không bị khoá", "it is not blocked")
    return replace(service, block=None)


def check_default(service: Service, today: date) -> None:
    """Demand that a version may be what calls without a version get.

    Raises:
        ForbiddenServiceMoveError: if it may not be called.
    """
    if not service.is_callable_on(today):
        state = service.state_on(today)
        raise ForbiddenServiceMoveError(state, "chưa hoặc không còn phục vụ", "it is not served")
