"""Subscribing, and what may be done to a subscription."""

from datetime import timedelta
from urllib.parse import quote

from pydantic import BaseModel
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.exchange.targets import TargetRefusedError, check_target
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers
from app.webhooks.domain.errors import WebhookTargetError
from app.webhooks.routes.router import PATH, Manager, PathWebhook, router, sealer_in
from app.webhooks.schemas import (
    EXAMPLE,
    NothingIn,
    ReplayedOut,
    ReplayIn,
    RotatedOut,
    RotationIn,
    TestedOut,
    WebhookIn,
    WebhookOut,
)
from app.webhooks.use_cases import replaying, sealing, subscribing
from app.webhooks.use_cases.subscribing import Wanted

_STATUSES = (400, 401, 403, 404, 409, 413, 415, 422, 503)


@router.post(
    PATH,
    operation_id="subscribe_webhook",
    summary="Đăng ký webhook / Subscribe a webhook",
    status_code=201,
    response_model=WebhookOut,
    responses=problem_answers(*_STATUSES),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(WebhookIn, example=EXAMPLE)
async def subscribe_webhook(request: Request, caller: Manager, ctx: Ctx) -> Response:
    """Have an address told what happens from now on to what is the member's or below it.

    Dossier events want `dossiers:read` too, document events `documents:read`. The secret is read
    at `…/{id}/secret`.
    """
    body = await read_json(request, WebhookIn)
    asked, sealer = body.value, sealer_in(request)
    try:
        check_target(asked.url, allow_private=ctx.settings.webhook_private_targets)
    except TargetRefusedError:
        raise WebhookTargetError from None
    types = tuple(dict.fromkeys(asked.event_types))
    wanted = Wanted(asked.url, types, asked.description, body.digest)

    def act(connection: Connection) -> Answer:
        made = subscribing.subscribe(connection, ctx.clock, caller, sealer, wanted=wanted)
        return _created(made.webhook_id, WebhookOut.of(made))

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    PATH + "/{id}/closing",
    operation_id="close_webhook",
    summary="Huỷ webhook / Close a webhook",
    status_code=201,
    response_model=WebhookOut,
    responses=problem_answers(*_STATUSES),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def close_webhook(
    webhook_id: PathWebhook, request: Request, caller: Manager, ctx: Ctx
) -> Response:
    """Give a webhook up for good, with what is owed to it."""
    body = await read_json(request, NothingIn)

    def act(connection: Connection) -> Answer:
        closed = subscribing.close(
            connection, ctx.clock, caller, body.digest, webhook_id=webhook_id
        )
        return _created(webhook_id, WebhookOut.of(closed))

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    PATH + "/{id}/enabling",
    operation_id="enable_webhook",
    summary="Bật lại webhook / Enable a webhook again",
    status_code=201,
    response_model=WebhookOut,
    responses=problem_answers(*_STATUSES),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def enable_webhook(
    webhook_id: PathWebhook, request: Request, caller: Manager, ctx: Ctx
) -> Response:
    """Have a disabled webhook told again, and try its receiver at once; ask for a replay beside."""
    body = await read_json(request, NothingIn)

    def act(connection: Connection) -> Answer:
        enabled = subscribing.enable(
            connection, ctx.clock, caller, body.digest, webhook_id=webhook_id
        )
        return _created(webhook_id, WebhookOut.of(enabled))

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    PATH + "/{id}/secret-rotations",
    operation_id="rotate_webhook_secret",
    summary="Đổi khoá ký / Rotate the secret",
    status_code=201,
    response_model=RotatedOut,
    responses=problem_answers(*_STATUSES),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(RotationIn, example={"overlap_hours": 24})
async def rotate_webhook_secret(
    webhook_id: PathWebhook, request: Request, caller: Manager, ctx: Ctx
) -> Response:
    """Make a new secret; for a while each event is signed with both."""
    body = await read_json(request, RotationIn)
    overlap, sealer = timedelta(hours=body.value.overlap_hours), sealer_in(request)

    def act(connection: Connection) -> Answer:
        until = sealing.rotate_secret(
            connection, ctx.clock, caller, sealer, webhook_id=webhook_id, overlap=overlap
        )
        return _created(webhook_id, RotatedOut(former_until=until))

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    PATH + "/{id}/tests",
    operation_id="test_webhook",
    summary="Gửi thử / Send a test event",
    status_code=201,
    response_model=TestedOut,
    responses=problem_answers(*_STATUSES),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def test_webhook(
    webhook_id: PathWebhook, request: Request, caller: Manager, ctx: Ctx
) -> Response:
    """Owe a test event; what came of it stands among the deliveries."""
    body = await read_json(request, NothingIn)

    def act(connection: Connection) -> Answer:
        event_id = subscribing.test(
            connection, ctx.clock, caller, body.digest, webhook_id=webhook_id
        )
        return _created(webhook_id, TestedOut(event_id=event_id))

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    PATH + "/{id}/replay",
    operation_id="replay_webhook",
    summary="Gửi lại sự kiện / Tell events again",
    status_code=201,
    response_model=ReplayedOut,
    responses=problem_answers(*_STATUSES),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ReplayIn, example={"since": "2026-11-02T00:00:00+07:00"})
async def replay_webhook(
    webhook_id: PathWebhook, request: Request, caller: Manager, ctx: Ctx
) -> Response:
    """Owe events again from a moment or an event on, each under its own id; 1,000 at a time."""
    body = await read_json(request, ReplayIn)
    begin = body.value.begin(body.digest)

    def act(connection: Connection) -> Answer:
        done = replaying.replay(connection, ctx.clock, caller, begin, webhook_id=webhook_id)
        return _created(webhook_id, ReplayedOut.of(done))

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


def _created(webhook_id: str, body: BaseModel) -> Answer:
    location = f"{PATH}/{quote(webhook_id, safe='')}"
    return created(location, body.model_dump_json().encode(), f"webhook:{webhook_id}")
