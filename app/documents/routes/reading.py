"""Single documents, their packets and files."""

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import Path
from starlette.responses import Response, StreamingResponse

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.routes.router import router
from app.documents.schemas.outgoing import DocumentOut
from app.documents.use_cases import reading
from app.platform.context import Ctx
from app.platform.problems import problem_answers
from app.platform.storage import streams

Reader = Annotated[Caller, requires(Scope.READ_DOCUMENTS)]

_JSON: Final = "application/json"
_OCTETS: Final = "application/octet-stream"
_PLAIN_ENOUGH: Final = ("application/pdf", "application/zip", "image/", "text/plain", "text/csv")
"""Kinds handed out under their own name; anything a browser might run goes as plain bytes."""
_FILE_ANSWERS: Final = {
    f"{kind}*" if kind.endswith("/") else kind: {"schema": {"type": "string", "format": "binary"}}
    for kind in (_OCTETS, *_PLAIN_ENOUGH)
}


@router.get(
    "/v1/documents/{id}",
    operation_id="show_document",
    summary="Xem một văn bản / Read one document",
    response_model=DocumentOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_document(
    number: Annotated[str, Path(alias="id")], caller: Reader, ctx: Ctx
) -> Response:
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
async def download_packet(
    number: Annotated[str, Path(alias="id")], caller: Reader, ctx: Ctx
) -> Response:
    """Give the packet byte for byte as it was sent or came, unless it was withdrawn."""
    document = await ctx.database.read(reading.find_content, caller, number)
    packet = document.packet
    return StreamingResponse(
        streams.stream(ctx.database, await streams.find(ctx.database, packet.sha256)),
        media_type="application/xml",
        headers=_headers(f"{document.id}.edxml", packet.sha256, packet.size),
    )


@router.get(
    "/v1/documents/{id}/attachments/{n}",
    operation_id="download_attachment",
    summary="Tải tệp đính kèm / Download an attachment",
    response_class=Response,
    responses={
        200: {"content": _FILE_ANSWERS},
        **problem_answers(401, 403, 404, 410, 422, 503),
    },
)
async def download_attachment(
    number: Annotated[str, Path(alias="id")],
    n: Annotated[int, Path(ge=1, le=1_000_000)],
    caller: Reader,
    ctx: Ctx,
) -> Response:
    """Give a file as the sender had it, out of its packing; never to be shown in place."""
    file = await ctx.database.read(reading.find_attachment, caller, number, n)
    return StreamingResponse(
        streams.stream(ctx.database, await streams.find(ctx.database, file.sha256)),
        media_type=file.content_type if file.content_type.startswith(_PLAIN_ENOUGH) else _OCTETS,
        headers=_headers(file.name, file.sha256, file.size),
    )


def _headers(name: str, sha256: str, size: int) -> dict[str, str]:
    """Name the file by RFC 5987, with a plain name for those who cannot read that."""
    plain = "".join(
        sign if sign.isascii() and sign.isprintable() and sign not in '"\\%' else "_"
        for sign in name
    )
    encoded = quote(name, safe="")
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}",
        "Content-Length": str(size),
        "Content-Security-Policy": "sandbox",
        "ETag": f'"{sha256}"',
    }
