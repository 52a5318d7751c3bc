"""`/v1/documents/{id}/signatures`, and the same look at what others send to have looked at."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any, Final

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.domain.errors import ExaminersBusyError
from app.documents.routes.describing import XML_EXAMPLE
from app.documents.routes.intake import XML
from app.documents.routes.router import Number, router
from app.documents.schemas.signatures import DocumentSignaturesOut, SignaturesOut
from app.documents.use_cases import examining, looking
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange.signatures.examiner import Examiner
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet
from app.exchange.vxp.edxml.reader import read
from app.platform.bodies import (
    BodyTooLargeError,
    UnsupportedMediaTypeError,
    digest_of,
    media_type_of,
)
from app.platform.context import Ctx
from app.platform.problems import problem_answers

_PDF: Final = "application/pdf"
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        _PDF: {
            "schema": {"type": "string", "description": "Một tệp PDF. / One PDF."},
            "example": "%PDF-1.4\n%%EOF\n",
        },
        **{
            kind: {
                "schema": {"type": "string", "description": "Một gói tin edXML. / One packet."},
                "example": XML_EXAMPLE,
            }
            for kind in XML
        },
    },
}


@router.get(
    "/v1/documents/{id}/signatures",
    operation_id="show_signatures",
    summary="Chữ ký số và giá trị pháp lý / Signatures and legal value",
    response_model=DocumentSignaturesOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_signatures(
    number: Number,
    caller: Annotated[Caller, requires(Scope.READ_DOCUMENTS)],
    ctx: Ctx,
) -> Response:
    """Tell what a look at the packet's signature and those in its PDFs found, soon after intake.

    Certificates are judged by the roots we hold at that moment; revocation is not asked for.
    """
    seen = await ctx.database.read(examining.show, caller, number)
    found = None if seen.check is None else SignaturesOut.of(seen.check)
    answer = DocumentSignaturesOut(id=seen.document.id, found=found)
    return Response(answer.model_dump_json(), media_type="application/json")


@router.post(
    "/v1/documents/signature-check",
    operation_id="check_signatures",
    summary="Kiểm tra chữ ký số / Check signatures",
    response_model=SignaturesOut,
    responses=problem_answers(400, 401, 403, 413, 415, 422, 503),
    openapi_extra={"requestBody": _BODY},
)
async def check_signatures(
    request: Request, caller: Annotated[Caller, requires(Scope.CHECK_SIGNATURES)], ctx: Ctx
) -> Response:
    """Look at the signatures of a PDF, or of an edXML packet and its PDFs; keeps nothing of it."""
    examiner: Examiner = request.app.state.examiner
    kind, most = media_type_of(request), ctx.settings.signature_max_bytes
    if kind not in (_PDF, *XML):
        raise UnsupportedMediaTypeError(_PDF, *XML)
    raw = await request.body()
    if len(raw) > most:
        raise BodyTooLargeError(most)
    if examiner.is_busy:
        raise ExaminersBusyError
    packet = None if kind == _PDF else raw
    files = [raw] if packet is None else await asyncio.to_thread(_files, raw)
    check = await looking.look_at(examiner, packet, files, ctx.clock.now())
    act = Act("document.check-signatures", f"client:{caller.client_id}", digest_of(raw))
    await ctx.database.transact(record, ctx.clock, caller, act)
    answer = SignaturesOut.of(check)
    return Response(answer.model_dump_json(), media_type="application/json")


def _files(raw: bytes) -> Sequence[bytes]:
    packet = read(raw, limits=Limits(), is_lenient=True)
    return [one.content for one in packet.attachments] if isinstance(packet, Packet) else []
