"""What receivers get, as the document's `webhooks` describe it."""

from typing import Any, Final

from fastapi import APIRouter

from app.webhooks.schemas import DocumentEvent, DossierEvent, WebhookEvent

told = APIRouter(tags=["webhooks"])

_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "2xx: đã nhận; khác: sẽ gửi lại. / Anything else is sent again."}
}


@told.post(
    "dossier.*",
    operation_id="told_dossier_event",
    summary="Một việc trên hồ sơ / An act on a dossier",
    responses=_ANSWER,
)
async def told_dossier_event(body: DossierEvent) -> None:
    """Signed as Standard Webhooks has it: webhook-id, webhook-timestamp, webhook-signature.

    During a rotation there are two signatures. What happens to one dossier comes in order, at
    least once; a repeat has the same webhook-id. Details are read at `/v1/dossiers/{code}`.
    """


@told.post(
    "document.*",
    operation_id="told_document_event",
    summary="Diễn biến của văn bản ở một nơi nhận / What happened to a document",
    responses=_ANSWER,
)
async def told_document_event(body: DocumentEvent) -> None:
    """Signed and ordered as for dossiers; details are read at `/v1/documents/{id}`."""


@told.post(
    "webhook.*",
    operation_id="told_webhook_event",
    summary="Thử nghiệm, hoặc webhook khác bị ngắt / A test, or another webhook was disabled",
    responses=_ANSWER,
)
async def told_webhook_event(body: WebhookEvent) -> None:
    """A test goes to its webhook whatever types that wants."""
