"""Files of notices from the nation: what came inside one, and what lies below the nation's address.

Only what a dossier of the caller's names is given; nothing is fetched from anywhere else.
"""

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from app.access.domain import Caller
from app.dossiers.domain.file_errors import UnknownFileError
from app.dossiers.domain.files import HeldFile
from app.dossiers.use_cases import announcing
from app.exchange.dvcqg.reading import PortalUnavailableError
from app.exchange.outcomes import Deferred
from app.exchange.transport import exchange
from app.facades.dvcqg.domain import NotConnectedError, NotHeldHereError
from app.platform.context import Context

_CLIMBING: Final = frozenset({".", ".."})


async def file_of_notice(
    request: Request, ctx: Context, caller: Caller, url: str
) -> HeldFile | bytes:
    """Return a file that a notice of the caller's names: as it is held, else what the nation has.

    Raises:
        NotHeldHereError: if none names it, it is not the nation's, or nothing is there.
        NotConnectedError: if the nation's files are not connected here.
        PortalUnavailableError: if the nation gives no usable answer.
    """
    try:
        held = await ctx.database.read(announcing.find_file, caller, url)
        return await _fetched(request, ctx, url) if held is None else held
    except UnknownFileError:
        raise NotHeldHereError from None


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
