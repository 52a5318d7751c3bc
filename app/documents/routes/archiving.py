"""`GET /v1/documents/{id}/archive-package`: a finished document for the agency's own archive."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.access.domain import Caller, Scope
from app.access.guard import Gatekeeper, requires
from app.access.tokens import Tokens
from app.documents.domain.archive import (
    MANIFEST,
    SIGNATURE,
    STATEMENT_TYPE,
    Listed,
    manifest_of,
)
from app.documents.routes.router import Number, router
from app.documents.schemas.happenings import TimelineOut
from app.documents.schemas.outgoing import DocumentOut
from app.documents.schemas.receipts import RECEIPT_TYPE, ReceiptOut, SignedReceiptOut
from app.documents.schemas.signatures import DocumentSignaturesOut, SignaturesOut
from app.documents.use_cases import archiving
from app.documents.use_cases.archiving import HandedOver
from app.platform.clock import VIETNAM
from app.platform.contents import Content
from app.platform.context import Context, Ctx
from app.platform.database import Database
from app.platform.downloads import holdable
from app.platform.problems import problem_answers
from app.platform.storage import blobs
from app.platform.zipping import ZipStream

_ZIP = "application/zip"
_KEYS = "jwks.json"


@dataclass(frozen=True, slots=True)
class _Package:
    """What the package holds: texts we make, and contents that are kept."""

    made: Mapping[str, bytes]
    kept: Mapping[str, Listed]

    @property
    def listed(self) -> list[Listed]:
        made = [(path, Content.of(raw)) for path, raw in self.made.items()]
        texts = [Listed(path, one.sha256, len(one.data)) for path, one in made]
        contents = [Listed(path, one.sha256, one.size) for path, one in self.kept.items()]
        return texts + contents


@router.get(
    "/v1/documents/{id}/archive-package",
    operation_id="hand_over_document",
    summary="Gói nộp lưu trữ cơ quan / Package for the agency's archive",
    response_class=Response,
    responses={
        200: {"content": {_ZIP: {"schema": {"type": "string", "format": "binary"}}}},
        **problem_answers(401, 403, 404, 409, 503),
    },
)
async def hand_over_document(
    number: Number,
    request: Request,
    caller: Annotated[Caller, requires(Scope.READ_DOCUMENTS)],
    ctx: Ctx,
) -> Response:
    """Give a finished document with all that is known of it, signed.

    `lgsp verify-package` checks it. Finished is what is completed (06), refused (02) or taken
    back at every recipient shown; what was taken back from the caller itself is not given.
    """
    gatekeeper: Gatekeeper = request.app.state.gatekeeper
    found = await ctx.database.transact(archiving.hand_over, ctx.clock, caller, number)
    package = _package(found, gatekeeper.tokens)
    document = found.view.document
    manifest = _json(manifest_of(document.id, package.listed))
    statement = {"document": document.id, "manifest_sha256": Content.of(manifest).sha256}
    signature = gatekeeper.tokens.attest(STATEMENT_TYPE, statement).encode()
    first = {MANIFEST: manifest, SIGNATURE: signature, **package.made}
    return StreamingResponse(
        _stream(ctx, first, package.kept),
        media_type=_ZIP,
        headers={"Content-Disposition": f'attachment; filename="{document.id}.zip"'},
    )


def _package(found: HandedOver, tokens: Tokens) -> _Package:
    view, document = found.view, found.view.document
    receipt = ReceiptOut.of(found.timeline)
    jws = tokens.attest(RECEIPT_TYPE, {"receipt": receipt.model_dump(mode="json")})
    check = None if found.check is None else SignaturesOut.of(found.check)
    told = DocumentOut.of(document, view.recipients, view.history, view.related, view.check)
    made = {
        "document.json": told.model_dump_json().encode(),
        "timeline.json": TimelineOut.of(found.timeline).model_dump_json().encode(),
        "receipt.json": SignedReceiptOut(receipt=receipt, jws=jws).model_dump_json().encode(),
        "signatures.json": DocumentSignaturesOut(id=document.id, found=check)
        .model_dump_json()
        .encode(),
        _KEYS: _json(tokens.jwks()),
    }
    kept = {"packet.edxml": Listed("", document.packet.sha256, document.packet.size)}
    for file in document.attachments:
        path = f"files/{file.n:03}-{holdable(file.name)}"
        kept[path] = Listed(path, file.sha256, file.size)
    for one in found.status_packets:
        path = f"statuses/{one.number}-{one.code}.edxml"
        kept[path] = Listed(path, one.sha256, one.size)
    return _Package(made, kept)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


async def _stream(
    ctx: Context, made: Mapping[str, bytes], kept: Mapping[str, Listed]
) -> AsyncIterator[bytes]:
    package = ZipStream(ctx.clock.now().astimezone(VIETNAM))
    for path, raw in made.items():
        yield package.begin(path, len(raw)) + package.write(raw) + package.end()
    for path, one in kept.items():
        yield package.begin(path, one.size)
        async for part in _parts(ctx.database, one.sha256):
            yield package.write(part)
        yield package.end()
    yield package.close()


async def _parts(database: Database, sha256: str) -> AsyncIterator[bytes]:
    n = 0
    while (part := await database.read(blobs.part, sha256, n)) is not None:
        yield part
        n += 1
