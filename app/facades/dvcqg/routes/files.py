"""`getfile`: a file that a record names, in base64.

Only files that are held here are given, and those that notices from the nation name.
"""

import base64
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.file_errors import UnknownFileError
from app.dossiers.domain.files import HeldFile
from app.dossiers.use_cases import files
from app.exchange.dvcqg.wire.fields import PortalModel
from app.facades.dvcqg.domain import NotHeldHereError
from app.facades.dvcqg.routes.dialect import FRONT
from app.facades.dvcqg.routes.nation_files import file_of_notice
from app.facades.dvcqg.schemas.reading import read_as, read_object
from app.platform.contents import encoded_size
from app.platform.context import Context, Ctx
from app.platform.errors import ProblemError
from app.platform.links import LinkSigner, Ticket
from app.platform.storage import streams

router = APIRouter(tags=["facades"], dependencies=[FRONT], include_in_schema=False)

_PATH: Final = re.compile(r"/files/([0-9a-f-]{36})")
_GROUP: Final = 3
"""Bytes that base64 writes without a remainder."""


class FileAsked(PortalModel):
    """Body of `getfile`."""

    address: str = Field(alias="DuongDan", min_length=1, max_length=2000, repr=False)


@router.post(
    "/KetNoiMotCuaQuocGia/getfile",
    operation_id="front_get_file",
    summary="Lấy tệp theo đường dẫn / Fetch a file by its address",
)
async def get_file(
    request: Request, caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)], ctx: Ctx
) -> Response:
    """Give a file of the caller's dossiers, or one that a good link opens, in base64."""
    asked = read_as(FileAsked, read_object(await request.body()))
    file: HeldFile | bytes
    try:
        file = await _find(request.app.state.links, ctx, caller, asked.address)
    except NotHeldHereError:
        file = await file_of_notice(request, ctx, caller, asked.address)
    if isinstance(file, bytes):
        return _answered(ctx, len(file), _one(file))
    kept = await streams.find(ctx.database, file.sha256)
    await ctx.database.transact(files.note_given, ctx.clock, caller, file)
    return _answered(ctx, file.size, streams.stream(ctx.database, kept))


def _answered(ctx: Context, size: int, pieces: AsyncIterator[bytes]) -> Response:
    is_json = ctx.settings.facade_file_form == "json"
    letters = _letters(pieces)
    return StreamingResponse(
        _quoted(letters) if is_json else letters,
        media_type="application/json" if is_json else "text/plain",
        headers={
            "Content-Length": str(encoded_size(size) + (2 if is_json else 0)),
            "Cache-Control": "private, no-store",
        },
    )


async def _one(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _find(signer: LinkSigner, ctx: Context, caller: Caller, address: str) -> HeldFile:
    path, query = _parts(address, signer.base)
    found = _PATH.fullmatch(path)
    if found is None:
        raise NotHeldHereError
    try:
        return await ctx.database.read(files.show_file, caller, found[1])
    except UnknownFileError:
        ticket = _ticket(query)
    try:
        signer.check(ctx.clock, path, ticket)
        return await ctx.database.read(files.open_file, found[1])
    except ProblemError:
        raise NotHeldHereError from None


def _parts(address: str, base: str) -> tuple[str, dict[str, Any]]:
    """Return path and query of an address of ours; an empty path for any other."""
    within = address.removeprefix(base)
    if not within.startswith("/"):
        return "", {}
    parts = urlsplit(within)
    if parts.netloc or parts.fragment:
        return "", {}
    return parts.path, {name: texts[0] for name, texts in parse_qs(parts.query).items()}


def _ticket(query: dict[str, Any]) -> Ticket:
    expires = str(query.get("expires", ""))[:20]
    is_number = expires.isascii() and expires.isdecimal()
    return Ticket(
        query.get("for", ""), int(expires) if is_number else 0, query.get("signature", "")
    )


async def _letters(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    rest = b""
    async for piece in pieces:
        data = rest + piece
        whole = len(data) // _GROUP * _GROUP
        rest = data[whole:]
        yield base64.b64encode(data[:whole])
    if rest:
        yield base64.b64encode(rest)


async def _quoted(letters: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield b'"'
    async for piece in letters:
        yield piece
    yield b'"'
