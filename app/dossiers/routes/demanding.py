"""Rounds of supplements, fees and payments."""

from typing import Annotated

from fastapi import Path
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.dossiers.routes.acting import ACT, Actor, answer_act
from app.dossiers.routes.router import PathCode, router
from app.dossiers.schemas.acts import (
    COUNTER,
    FEE,
    OFFICER,
    FeeRequestIn,
    PaymentIn,
    ReceiptIn,
    SupplementIn,
)
from app.dossiers.schemas.papers import PAPER
from app.dossiers.use_cases import paying, supplementing
from app.dossiers.use_cases.acting import Done, Order
from app.platform.bodies import reads
from app.platform.context import Ctx

Number = Annotated[int, Path(description="Lần yêu cầu. / Number of the round.", examples=[1])]


@router.post(
    "/v1/dossiers/{code}/supplements",
    operation_id="ask_supplement",
    summary="Yêu cầu bổ sung giấy tờ / Ask for papers",
    **ACT,
)
@reads(
    SupplementIn,
    example={
        "actor": OFFICER,
        "reason": "Hồ sơ thiếu giấy tờ",
        "papers": ["Bản sao giấy tờ tùy thân"],
    },
)
async def ask_supplement(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Ask the owner for papers; the time does not count until they are there."""

    def perform(connection: Connection, order: Order, said: SupplementIn) -> Done:
        return supplementing.ask_supplement(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, SupplementIn, perform)


@router.post(
    "/v1/dossiers/{code}/supplements/{number}/receipt",
    operation_id="receive_supplement",
    summary="Nhận giấy tờ bổ sung / Receive the papers of a round",
    **ACT,
)
@reads(ReceiptIn, example={"actor": COUNTER, "papers": [PAPER]})
async def receive_supplement(
    code: PathCode, number: Number, request: Request, caller: Actor, ctx: Ctx
) -> Response:
    """Receive papers, also late ones; the due date follows LGSP_AFTER_SUPPLEMENT."""

    def perform(connection: Connection, order: Order, said: ReceiptIn) -> Done:
        return supplementing.receive_supplement(
            connection, ctx.clock, caller, order, said.brought(number)
        )

    return await answer_act(request, ctx, caller, code, ReceiptIn, perform)


@router.post(
    "/v1/dossiers/{code}/fees",
    operation_id="ask_fee",
    summary="Yêu cầu nộp phí, lệ phí / Ask for fees",
    **ACT,
)
@reads(FeeRequestIn, example={"actor": COUNTER, "fees": [FEE]})
async def ask_fee(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Ask the owner for fees; the dossier waits for them."""

    def perform(connection: Connection, order: Order, said: FeeRequestIn) -> Done:
        return paying.ask_fee(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, FeeRequestIn, perform)


@router.post(
    "/v1/dossiers/{code}/payments",
    operation_id="record_payment",
    summary="Ghi nhận thanh toán / Record a payment",
    **ACT,
)
@reads(
    PaymentIn,
    example={
        "actor": COUNTER,
        "amount_vnd": 20000,
        "method": "cash",
        "reference": "BL-0001",
    },
)
async def record_payment(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Record money that came; when it covers what was asked for, the dossier goes on."""

    def perform(connection: Connection, order: Order, said: PaymentIn) -> Done:
        return paying.record_payment(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, PaymentIn, perform)
