"""`getfile` of the REST front: a file by the address its sender has it at, as base64.

Only what a dossier of the caller's names is given; only below the nation's own address is it
fetched.
"""

import base64
from datetime import timedelta
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter
from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.received import UnknownFileError
from app.dossiers.use_cases import announcing
from app.exchange.dvcqg.reading import PortalUnavailableError
from app.exchange.dvcqg.wire.fields import PortalModel
from app.exchange.outcomes import Deferred
from app.exchange.transport import exchange
from app.facades.dvcqg.domain import NotConnectedError
from app.facades.dvcqg.routes.dialect import FRONT, answered
from app.facades.dvcqg.schemas.reading import read_as, read_object
from app.platform.context import Context, Ctx

router = APIRouter(tags=["facades"], dependencies=[FRONT], include_in_schema=False)

_CLIMBING: Final = frozenset({".", ".."})


class Wanted(PortalModel):
    """The address of a file."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=2000)] = Field(alias="DuongDan")


@router.post(
    "/KetNoiMotCuaQuocGia/getfile",
    operation_id="front_get_file",
    summary="Lấy tệp / Fetch a file",
)
async def get_file(
    request: Request, caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)], ctx: Ctx
) -> Response:
    """Give the bytes of a file as one JSON text."""
    path = read_as(Wanted, read_object(await request.body())).path
    held = await ctx.database.read(announcing.find_file, caller, path)
    data = await _fetched(request, ctx, path) if held is None else held
    return answered(base64.b64encode(data).decode())


async def _fetched(request: Request, ctx: Context, url: str) -> bytes:
    """Return what lies at an address of the nation.

    Raises:
        NotConnectedError: if the nation's files are not connected here.
        UnknownFileError: if the address is not the nation's, or nothing is there.
        PortalUnavailableError: if it gives no usable answer.
    """
    base = ctx.settings.dvcqg_files_url
    if base is None:
        raise NotConnectedError
    if not is_below(url, str(base)):
        raise UnknownFileError
    asked = request.app.state.http.build_request("GET", url)
    answer = await exchange(
        request.app.state.http,
        asked,
        max_bytes=ctx.settings.received_file_bytes,
        deadline=timedelta(seconds=ctx.settings.national_timeout_seconds),
    )
    if isinstance(answer, Deferred):
        raise PortalUnavailableError(answer)
    if not answer.is_success or not answer.body:
        raise UnknownFileError
    return answer.body


def is_below(url: str, base: str) -> bool:
    """Tell whether an address lies at or below another: same scheme and host, no way out."""
    try:
        parts, above = urlsplit(url), urlsplit(base)
        same = (parts.scheme, parts.hostname, parts.port) == (
            above.scheme, above.hostname, above.port,
        )  # fmt: skip
    except ValueError:
        return False
    is_plain = url.isascii() and url.isprintable() and not set(url) & set(" \\%#@")
    climbs = not _CLIMBING.isdisjoint(parts.path.split("/"))
    folder = above.path.rstrip("/") + "/"
    return same and is_plain and not climbs and parts.path.startswith(folder)
