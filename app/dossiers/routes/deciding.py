"""Deciding on a dossier: accept, refuse, forward, send back, stop, resume, withdraw."""

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.dossiers.routes.acting import ACT, Actor, answer_act
from app.dossiers.routes.router import PathCode, router
from app.dossiers.schemas.acts import (
    CITIZEN,
    COUNTER,
    LEADER,
    OFFICER,
    AcceptanceIn,
    ForwardingIn,
    ReasonedIn,
    ResumptionIn,
    SendBackIn,
)
from app.dossiers.use_cases import deciding
from app.dossiers.use_cases.acting import Done, Order
from app.dossiers.use_cases.deciding import Return
from app.platform.bodies import reads
from app.platform.context import Ctx


@router.post(
    "/v1/dossiers/{code}/acceptance",
    operation_id="accept_dossier",
    summary="Tiếp nhận hồ sơ / Accept a registered dossier",
    **ACT,
)
@reads(AcceptanceIn, example={"actor": COUNTER})
async def accept_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Accept what was registered; without `due_at` the due date follows the procedure."""

    def perform(connection: Connection, order: Order, said: AcceptanceIn) -> Done:
        return deciding.accept(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, AcceptanceIn, perform)


@router.post(
    "/v1/dossiers/{code}/refusal",
    operation_id="refuse_dossier",
    summary="Từ chối tiếp nhận / Refuse a dossier",
    **ACT,
)
@reads(ReasonedIn, example={"actor": COUNTER, "reason": "Không thuộc thẩm quyền giải quyết"})
async def refuse_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Refuse what was registered, or what papers were not brought for in time."""

    def perform(connection: Connection, order: Order, said: ReasonedIn) -> Done:
        return deciding.refuse(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, ReasonedIn, perform)


@router.post(
    "/v1/dossiers/{code}/forwardings",
    operation_id="forward_dossier",
    summary="Chuyển xử lý / Pass a dossier on",
    **ACT,
)
@reads(ForwardingIn, example={"actor": COUNTER, "receiver": "Phòng Chuyên môn"})
async def forward_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Pass a dossier on to a department or person."""

    def perform(connection: Connection, order: Order, said: ForwardingIn) -> Done:
        return deciding.forward(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, ForwardingIn, perform)


@router.post(
    "/v1/dossiers/{code}/send-backs",
    operation_id="send_back_dossier",
    summary="Trả lại bước trước / Send a dossier back",
    **ACT,
)
@reads(SendBackIn, example={"actor": OFFICER, "to_counter": True, "reason": "Thiếu bản chính"})
async def send_back_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Send a dossier back to who handled it, or to the counter."""

    def perform(connection: Connection, order: Order, said: SendBackIn) -> Done:
        return deciding.send_back(
            connection, ctx.clock, caller, order, Return(said.to_counter, said.reason)
        )

    return await answer_act(request, ctx, caller, code, SendBackIn, perform)


@router.post(
    "/v1/dossiers/{code}/stops",
    operation_id="stop_dossier",
    summary="Dừng xử lý / Stop handling a dossier",
    **ACT,
)
@reads(ReasonedIn, example={"actor": LEADER, "reason": "Đang có tranh chấp"})
async def stop_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Stop handling a dossier; it can be resumed."""

    def perform(connection: Connection, order: Order, said: ReasonedIn) -> Done:
        return deciding.stop(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, ReasonedIn, perform)


@router.post(
    "/v1/dossiers/{code}/resumptions",
    operation_id="resume_dossier",
    summary="Tiếp tục xử lý / Take a stopped dossier up again",
    **ACT,
)
@reads(ResumptionIn, example={"actor": LEADER})
async def resume_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Take a stopped dossier up again where it was stopped."""

    def perform(connection: Connection, order: Order, said: ResumptionIn) -> Done:
        return deciding.resume(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, ResumptionIn, perform)


@router.post(
    "/v1/dossiers/{code}/withdrawal",
    operation_id="withdraw_dossier",
    summary="Rút hồ sơ / Withdraw a dossier",
    **ACT,
)
@reads(ReasonedIn, example={"actor": CITIZEN, "reason": "Không còn nhu cầu"})
async def withdraw_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Give a dossier back at its owner's wish."""

    def perform(connection: Connection, order: Order, said: ReasonedIn) -> Done:
        return deciding.withdraw(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, ReasonedIn, perform)
