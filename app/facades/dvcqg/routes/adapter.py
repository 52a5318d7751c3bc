"""`/mapi/login` and `/mapi/g` towards provincial systems: one URL, told apart by service."""

import asyncio
from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, MissingScopeError, Scope
from app.facades.dvcqg.domain import LoginRefusedError, SessionEndedError, UnknownServiceError
from app.facades.dvcqg.routes import serving
from app.facades.dvcqg.routes.dialect import PORTAL, done, passed
from app.facades.dvcqg.schemas.calls import (
    INSERT_OR_UPDATE,
    OWN,
    PASSED_ON,
    PERSONAL,
    PROGRESS,
    Login,
    LookUp,
    PushRecords,
    PushRows,
    TellStatus,
    parameters_of,
)
from app.facades.dvcqg.schemas.reading import read_as, read_object
from app.facades.dvcqg.schemas.records import code_of, found_of
from app.facades.dvcqg.use_cases import accounts, pushing
from app.platform.bodies import digest_of
from app.platform.context import Context, Ctx
from app.platform.problems import request_id_of

router = APIRouter(tags=["facades"], dependencies=[PORTAL], include_in_schema=False)


@router.post("/mapi/login", operation_id="portal_login", summary="Đăng nhập / Open a session")
async def login(request: Request, ctx: Ctx) -> Response:
    """Exchange a provincial system's own name and password for a session."""
    said = read_as(Login, read_object(await request.body()))
    kept = await ctx.database.read(accounts.find_hash, username=said.username)
    if not await asyncio.to_thread(accounts.fits, said.password, kept):
        raise LoginRefusedError
    session = await ctx.database.transact(
        accounts.open_session,
        ctx.clock,
        username=said.username,
        lifetime=timedelta(seconds=ctx.settings.facade_session_seconds),
        request_id=request_id_of(request),
    )
    return done(ctx, "Đăng nhập thành công", session=session)


@router.post("/mapi/g", operation_id="portal_call", summary="Gọi dịch vụ / Call a service")
async def call(request: Request, ctx: Ctx) -> Response:
    """Do what `service` names: dossiers here, everything else at the nation."""
    raw = await request.body()
    content = read_object(raw)
    caller = await _caller(request, ctx, content)
    service = content.get("service")
    request.state.act = f"portal.{service}"[:60] if isinstance(service, str) else "portal.call"
    if not isinstance(service, str) or (service not in OWN and service not in PASSED_ON):
        raise UnknownServiceError
    _demand(caller, service)
    serving.sender_of(str(content.get("madonvi")), caller, at="madonvi")
    if service in PASSED_ON:
        asked = read_as(PASSED_ON[service], parameters_of(content))
        if isinstance(asked, TellStatus) and await serving.take_status(
            ctx, caller, asked.told, digest=digest_of(raw)
        ):
            return done(ctx)
        return passed(ctx, await serving.pass_on(request, ctx, caller, asked))
    return await _own(ctx, caller, service, content, digest_of(raw))


async def _caller(request: Request, ctx: Context, content: dict[str, Any]) -> Caller:
    session = content.get("session")
    if not isinstance(session, str):
        raise SessionEndedError
    client = await ctx.database.read(accounts.client_of, ctx.clock, session=session)
    caller = Caller(client.client_id, client.member, client.scopes, request_id_of(request))
    request.state.caller = caller
    return caller


def _demand(caller: Caller, service: str) -> None:
    wanted = OWN.get(service)
    if wanted is None:
        wanted = Scope.CALL_PORTAL if service in PERSONAL else Scope.READ_CATALOGUE
    if wanted not in caller.scopes:
        raise MissingScopeError(wanted)


async def _own(
    ctx: Context, caller: Caller, service: str, content: dict[str, Any], digest: str
) -> Response:
    if service == INSERT_OR_UPDATE:
        asked = read_as(PushRecords, content)
        await serving.push(
            ctx,
            caller,
            asked.records,
            sender=serving.sender_of(asked.sender, caller, at="madonvi"),
            is_updating=asked.is_updating == "True",
            digest=digest,
        )
        return done(ctx)
    if service == PROGRESS:
        await serving.push_rows(ctx, caller, read_as(PushRows, content).rows, digest=digest)
        return done(ctx)
    return await _look_up(ctx, caller, read_as(LookUp, content))


async def _look_up(ctx: Context, caller: Caller, asked: LookUp) -> Response:
    code = code_of(asked.code, at="mahoso")
    found = await ctx.database.read(pushing.look_up, caller, code=code)
    return done(ctx, result=[] if found is None else [found_of(found)])
