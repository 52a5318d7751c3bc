"""Shared services for whoever runs the gateway: all of them, and one version closely."""

from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.broker.carrying.upstreams import Upstreams
from app.broker.domain.deciding import View, today
from app.broker.domain.errors import UnknownSharedServiceError
from app.broker.domain.service import Service
from app.broker.register import Register
from app.broker.routes.router import PathCode, PathVersion
from app.console.domain import shared_services as domain
from app.console.domain.shared_services import Choice, chosen, given
from app.console.routes.router import PasswordGuard, router
from app.console.schemas.pages import page
from app.console.schemas.shared_services import (
    HERE,
    STATES,
    health_of,
    list_address,
    object_of,
    reason_label,
    row_of,
    states_label,
    subject_of,
)
from app.console.use_cases import shared_services as use_cases
from app.platform.context import Ctx

_PAGE: Final = 25
_STATE: Final = "^(" + "|".join(domain.STATES) + ")?$"
_PLAIN: Final = r"^[^\x00-\x1f\x7f]*$"

Watching = Annotated[Caller, Depends(PasswordGuard(Scope.WATCH_TRAFFIC, HERE))]


@router.get(HERE, include_in_schema=False)
async def show_services(
    request: Request,
    ctx: Ctx,
    caller: Watching,
    state: Annotated[str, Query(alias="trang-thai", pattern=_STATE)] = "",
    text: Annotated[str, Query(alias="tim", max_length=100, pattern=_PLAIN)] = "",
    after: Annotated[str, Query(alias="sau", max_length=64, pattern=_PLAIN)] = "",
) -> Response:
    """Show the services of the whole gateway by code, with today's figures of each."""
    del caller
    view, choice, day = await _view(request), Choice(state, text), today(ctx.clock.now())
    every = chosen(view, choice, day)
    behind = [one for one in every if one.code > after]
    shown = behind[:_PAGE]
    codes = [one.code for one in shown]
    figures = await ctx.database.read(use_cases.figures, ctx.clock, codes)
    upstreams = _upstreams(request)
    return page(
        "services.html",
        HERE,
        rows=[row_of(one, figures[one.code], upstreams, day) for one in shown],
        total=len(every),
        choice=choice,
        states=STATES,
        last=use_cases.LAST,
        first=list_address(choice) if after else "",
        following=list_address(choice, codes[-1]) if len(behind) > _PAGE else "",
    )


@router.get(HERE + "/{code}/{version}", include_in_schema=False)
async def show_service(
    request: Request, ctx: Ctx, caller: Watching, code: PathCode, version: PathVersion
) -> Response:
    """Show a version: who may call what, how much of it, how it does and what went wrong."""
    del caller
    view, now = await _view(request), ctx.clock.now()
    service = _found(view, code, version)
    looked = await ctx.database.read(use_cases.look, ctx.clock, service)
    return page(
        "service.html",
        HERE,
        service=service,
        states=states_label(service, today(now)),
        given=given(view, service.key, now),
        looked=looked,
        health=health_of(service, _upstreams(request)),
        now=now,
        most=use_cases.MOST,
        lately=use_cases.LATELY,
        reason_label=reason_label,
        subject_of=subject_of,
        object_of=object_of,
    )


async def _view(request: Request) -> View:
    register: Register = request.app.state.register
    return await register.view()


def _found(view: View, code: str, version: str) -> Service:
    line = view.codes.get(code)
    service = None if line is None else line.version(version)
    if service is None:
        raise UnknownSharedServiceError
    return service


def _upstreams(request: Request) -> Upstreams:
    found: Upstreams = request.app.state.broker.carrier.upstreams
    return found
