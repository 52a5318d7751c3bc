"""Noticing that the token or session of a call was refused, however the service says so."""

import zlib
from typing import Final

from app.broker.carrying.failures import word_of
from app.broker.carrying.obtaining import Obtained
from app.broker.domain.carrying import CarryingError
from app.platform.calling.connections import Connection
from app.platform.calling.failing import CallError

_UNAUTHORISED: Final = 401
_MOST: Final = 64 * 1024
"""Bytes of an answer that are looked at; what is longer says something else."""

_EITHER: Final = zlib.MAX_WBITS + 32
"""Both gzip and zlib."""


async def is_refused(connection: Connection, obtained: Obtained) -> bool:
    """Tell whether an answer refuses what was obtained for its call; nothing is taken of it.

    Raises:
        CarryingError: if the answer breaks off while it is looked at.
    """
    answer = connection.answer
    if answer.status == _UNAUTHORISED:
        return True
    if obtained.expiry is None or (answer.length is not None and answer.length > _MOST):
        return False
    try:
        body = await connection.gathered(_MOST)
    except CallError as error:
        raise CarryingError(word_of(error)) from error
    is_short = answer.is_whole and len(body) <= _MOST
    return is_short and obtained.expiry.is_said_by(_plain(answer.lines, body))


def _plain(lines: list[tuple[bytes, bytes]], body: bytes) -> bytes:
    """Return a body without the compression that its caller has agreed to."""
    codings = {
        value.strip().lower() for name, value in lines if name.lower() == b"content-encoding"
    }
    if not codings & {b"gzip", b"x-gzip", b"deflate"}:
        return body
    try:
        return zlib.decompressobj(_EITHER).decompress(body, _MOST)
    except zlib.error:
        return body
