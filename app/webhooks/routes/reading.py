"""Seeing webhooks, their deliveries and their secrets."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.webhooks.routes.router import PATH, Manager, PathWebhook, router, sealer_in
from app.webhooks.schemas import (
    DeliveryOut,
    SecretOut,
    ShownWebhookOut,
    TermsOut,
    WebhookOut,
    WebhooksOut,
)
from app.webhooks.use_cases import looking, sealing, subscribing
from app.webhooks.use_cases.scheduling import terms_of


class DeliveriesQuery(BaseModel):
    """A page of deliveries."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None


@router.get(
    PATH,
    operation_id="list_webhooks",
    summary="Các webhook của đơn vị / Webhooks of the member",
    response_model=WebhooksOut,
    responses=problem_answers(401, 403, 503),
)
async def list_webhooks(caller: Manager, ctx: Ctx) -> Response:
    """List the webhooks of the caller's member and all below it, closed ones too."""
    found = await ctx.database.read(subscribing.of_member, caller)
    return _answer(WebhooksOut(items=[WebhookOut.of(one) for one in found]))


@router.get(
    PATH + "/event-types",
    operation_id="show_webhook_terms",
    summary="Loại sự kiện và lịch gửi lại / Event types and the retry schedule",
    response_model=TermsOut,
    responses=problem_answers(401, 403, 503),
)
async def show_terms(caller: Manager, ctx: Ctx) -> Response:
    """Tell what may be subscribed to, and how often a receiver that fails is tried again."""
    del caller
    return _answer(TermsOut.of(terms_of(ctx.settings)))


@router.get(
    PATH + "/{id}",
    operation_id="show_webhook",
    summary="Một webhook / One webhook",
    response_model=ShownWebhookOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_webhook(webhook_id: PathWebhook, caller: Manager, ctx: Ctx) -> Response:
    """Show a webhook, how its receiver does, and how much waits for it."""
    found, owed = await ctx.database.read(subscribing.show, caller, webhook_id)
    return _answer(ShownWebhookOut(**WebhookOut.of(found).model_dump(), owed=owed))


@router.get(
    PATH + "/{id}/secret",
    operation_id="read_webhook_secret",
    summary="Khoá kiểm chữ ký / The secret that signatures are verified with",
    response_model=SecretOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def read_webhook_secret(
    webhook_id: PathWebhook, request: Request, caller: Manager, ctx: Ctx
) -> Response:
    """Read the present secret; each reading leaves an entry in the log."""
    secret, until = await ctx.database.transact(
        sealing.read_secret, ctx.clock, caller, sealer_in(request), webhook_id=webhook_id
    )
    answer = _answer(SecretOut(secret=secret.get_secret_value(), former_until=until))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get(
    PATH + "/{id}/deliveries",
    operation_id="list_webhook_deliveries",
    summary="Sự kiện đã gửi, còn nợ / Events told and owed",
    response_model=Page[DeliveryOut],
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def list_webhook_deliveries(
    webhook_id: PathWebhook, query: Annotated[DeliveriesQuery, Query()], caller: Manager, ctx: Ctx
) -> Response:
    """List deliveries, the newest first, with what the last attempt came to."""
    key = key_of(query.after, int)
    found = await ctx.database.read(
        looking.deliveries,
        caller,
        webhook_id=webhook_id,
        before=None if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1].number) if len(found) > len(shown) else None
    return _answer(Page[DeliveryOut](items=[DeliveryOut.of(one) for one in shown], next=behind))


def _answer(body: BaseModel) -> Response:
    return Response(body.model_dump_json(), media_type="application/json")
