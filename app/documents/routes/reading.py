"""Single documents, their packets and files."""

from typing import Annotated, Final

from fastapi import Path
from starlette.responses import Response, StreamingResponse

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.routes.router import Number, router
from app.documents.schemas.outgoing import DocumentOut
from app.documents.use_cases import reading
from app.platform.context import Ctx
from app.platform.downloads import FILE_ANSWERS, file_headers, media_type
from app.platform.problems import problem_answers
from app.platform.storage import streams

Reader = Annotated[Caller, requires(Scope.READ_DOCUMENTS)]

_JSON: Final = "application/json"


@router.get(
    "/v1/documents/{id}",
    operation_id="show_document",
    summary="Xem một văn bản / Read one document",
    response_model=DocumentOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_document(number: Number, caller: Reader, ctx: Ctx) -> Response:
    """Show a document to those who sent or received it; a recipient sees its own status only."""
    seen = await ctx.database.read(reading.show, caller, number)
    answer = DocumentOut.of(seen.document, seen.recipients, seen.history, seen.related, seen.check)
    return Response(answer.model_dump_json(), media_type=_JSON)


@router.get(
    "/v1/documents/{id}/edxml",
    operation_id="download_packet",
    summary="Tải gói tin edXML / Download the edXML packet",
    response_class=Response,
    responses={
        200: {"content": {"application/xml": {"schema": {"type": "string"}}}},
        **problem_answers(401, 403, 404, 410, 503),
    },
)
async def download_packet(number: Number, caller: Reader, ctx: Ctx) -> Response:
    """Give the packet byte for byte as it was sent or came, unless it was withdrawn."""
    document = await ctx.database.read(reading.find_content, caller, number)
    packet = document.packet
    return StreamingResponse(
        streams.stream(ctx.database, await streams.find(ctx.database, packet.sha256)),
        media_type="application/xml",
        headers=file_headers(f"{document.id}.edxml", packet.sha256, packet.size),
    )


@router.get(
    "/v1/documents/{id}/attachments/{n}",
    operation_id="download_attachment",
    summary="Tải tệp đính kèm / Download an attachment",
    response_class=Response,
    responses={
        200: {"content": dict(FILE_ANSWERS)},
        **problem_answers(401, 403, 404, 410, 422, 503),
    },
)
async def download_attachment(
    number: Number,
    n: Annotated[
        int, Path(ge=1, le=1_000_000, description="Thứ tự tệp, từ 1. / Which file, from 1.")
    ],
    caller: Reader,
    ctx: Ctx,
) -> Response:
    """Give a file as the sender had it, out of its packing; never to be shown in place."""
    file = await ctx.database.read(reading.find_attachment, caller, number, n)
    return StreamingResponse(
        streams.stream(ctx.database, await streams.find(ctx.database, file.sha256)),
        media_type=media_type(file.content_type),
        headers=file_headers(file.name, file.sha256, file.size),
    )
