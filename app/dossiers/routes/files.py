"""`/v1/files`: uploading papers and results; `/files/{id}`: what opens one for a time."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Annotated, Any, Final

from fastapi import Path, Query
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.files import HeldFile
from app.dossiers.routes.router import FILES, JSON, router
from app.dossiers.schemas.files import FileOut, LinkedFileOut
from app.dossiers.use_cases import files as use_cases
from app.dossiers.use_cases.files import SYSTEM, Upload, subject_of_file
from app.platform.bodies import InvalidInputError, UnsupportedMediaTypeError, media_type_of
from app.platform.context import Ctx
from app.platform.database import DatabaseUnavailableError
from app.platform.downloads import FILE_ANSWERS, Span, file_headers, media_type, span_of
from app.platform.errors import Invalid
from app.platform.forms import NAME_LENGTH, Form, read_form
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.links import ForgedLinkError, LinkSigner, Ticket, valid_for
from app.platform.problems import problem_answers, request_id_of
from app.platform.spools import Spool
from app.platform.storage import streams
from app.platform.storage.streams import Deposit

_FORM: Final = "multipart/form-data"
_FILE: Final = "file"
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        _FORM: {
            "schema": {
                "type": "object",
                "required": [_FILE],
                "additionalProperties": False,
                "properties": {
                    _FILE: {
                        "type": "string",
                        "format": "binary",
                        "description": "Một tệp có tên: PDF, ảnh, XML, tệp văn phòng hoặc ZIP. / "
                        "One file with a name.",
                    }
                },
            },
            "example": {_FILE: "%PDF-1.7 ban-sao.pdf"},
        }
    },
}

_OF_LINK: Final = "Thuộc đường liên kết đã ký. / Part of the signed link."
FileId = Annotated[str, Path(alias="id", description="Mã tệp. / Id of the file.")]


@router.post(
    FILES,
    operation_id="upload_file",
    summary="Tải lên tệp giấy tờ, kết quả / Upload a paper or a result",
    status_code=201,
    response_model=FileOut,
    responses=problem_answers(400, 401, 403, 413, 415, 422, 503, 507),
    openapi_extra={"parameters": [KEY_PARAMETER], "requestBody": _BODY},
)
async def upload_file(
    request: Request, caller: Annotated[Caller, requires(Scope.UPLOAD_FILES)], ctx: Ctx
) -> Response:
    """Keep a file until a dossier names it as `file_id`: in its filing, a round, or its result.

    What it is follows from its bytes. One that no dossier names is deleted after a time.
    """
    if media_type_of(request) != _FORM:
        raise UnsupportedMediaTypeError(_FORM)
    spool = Spool(ctx.settings.spool_folder)
    said = request.headers["content-type"]
    brought = _upload_of(await read_form(request.stream(), said, spool, at_most=1))

    def act(connection: Connection) -> Answer:
        file = use_cases.upload(connection, ctx.clock, caller, brought=brought)
        content = FileOut.of(file).model_dump_json().encode()
        return created(f"{FILES}/{file.id}", content, subject_of_file(file.id))

    async with Deposit(ctx.database, ctx.clock) as deposit:
        await deposit.lay([brought.content])
        return await answer_once(request, ctx, caller.client_id, brought.digest, act)


@router.get(
    f"{FILES}/{{id}}",
    operation_id="show_file",
    summary="Xem một tệp và lấy liên kết có hạn / Read about a file and get a link to it",
    response_model=LinkedFileOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_file(
    file_id: FileId,
    request: Request,
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """Show a file to whom its dossier belongs, with a link that lives LGSP_FILE_VIEW_MINUTES."""
    file = await ctx.database.read(use_cases.show_file, caller, file_id)
    signer: LinkSigner = request.app.state.links
    until = valid_for(ctx.clock, hours=ctx.settings.file_view_minutes / 60)
    url = signer.link(f"/files/{file.id}", audience=SYSTEM, until=until)
    return Response(LinkedFileOut.linked(file, url, until).model_dump_json(), media_type=JSON)


@router.get(
    "/files/{id}",
    operation_id="open_file",
    summary="Tải tệp bằng liên kết có hạn / Fetch a file by a link",
    response_class=Response,
    responses={
        200: {"content": dict(FILE_ANSWERS)},
        206: {"content": dict(FILE_ANSWERS), "description": "Một phần / A part of it"},
        **problem_answers(403, 404, 410, 503),
    },
)
async def open_file(
    file_id: FileId,
    request: Request,
    ctx: Ctx,
    audience: Annotated[str, Query(alias="for", description=_OF_LINK)] = "",
    expires: Annotated[str, Query(description=_OF_LINK)] = "",
    signature: Annotated[str, Query(description=_OF_LINK)] = "",
) -> Response:
    """Give a file to whoever holds a link to it; the link is the whole permission."""
    signer: LinkSigner = request.app.state.links
    if not (expires.isascii() and expires.isdecimal()):
        raise ForgedLinkError
    ticket = Ticket(audience, int(expires[:20]), signature)
    signer.check(ctx.clock, f"/files/{file_id}", ticket)
    file = await ctx.database.read(use_cases.open_file, file_id)
    kept = await streams.find(ctx.database, file.sha256)
    span = span_of(request.headers.get("range"), file.size)
    whole = streams.stream(ctx.database, kept)
    pieces = whole if span is None else streams.stretch(ctx.database, kept, span.start, span.end)

    async def note() -> None:
        await ctx.database.transact(
            use_cases.note_fetched,
            ctx.clock,
            file,
            audience=audience,
            request_id=request_id_of(request),
        )

    is_all = span is None or span.end == file.size
    return StreamingResponse(
        _noted(pieces, note) if is_all else pieces,
        status_code=200 if span is None else 206,
        media_type=media_type(file.media_type),
        headers=_headers(file, span),
    )


async def _noted(
    pieces: AsyncIterator[bytes], note: Callable[[], Awaitable[None]]
) -> AsyncIterator[bytes]:
    """Give the pieces; before the last one leaves it is noted that everything did.

    Afterwards would be too late: a client that has it all hangs up, and ends this.
    """
    held: bytes | None = None
    async for piece in pieces:
        if held is not None:
            yield held
        held = piece
    with suppress(DatabaseUnavailableError):
        await note()
    if held is not None:
        yield held


def _headers(file: HeldFile, span: Span | None) -> dict[str, str]:
    size = file.size if span is None else span.end - span.start
    further = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
    }
    if span is not None:
        further["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{file.size}"
    return file_headers(file.name, file.sha256, size) | further


def _upload_of(form: Form) -> Upload:
    part = next(iter(form.parts), None)
    if part is None or part.name != _FILE:
        reason = (f"phải có đúng một phần tên {_FILE}", f"one part named {_FILE} is wanted")
        raise InvalidInputError([Invalid(f"/{_FILE}", *reason)])
    if not part.plain_name:
        reason = (f"tên tệp phải có 1-{NAME_LENGTH} ký tự in được", "unusable file name")
        raise InvalidInputError([Invalid(f"/{_FILE}", *reason)])
    if not part.content.size:
        raise InvalidInputError([Invalid(f"/{_FILE}", "tệp rỗng", "the file is empty")])
    return Upload.of(part.plain_name, part.content)
