"""How a file is handed out: its name said safely, never shown in place, whole or in part."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

OCTETS: Final = "application/octet-stream"
_PLAIN_ENOUGH: Final = ("application/pdf", "application/zip", "image/", "text/plain", "text/csv")
"""Kinds handed out under their own name; anything a browser might run goes as plain bytes."""

FILE_ANSWERS: Final[Mapping[str, object]] = {
    f"{kind}*" if kind.endswith("/") else kind: {"schema": {"type": "string", "format": "binary"}}
    for kind in (OCTETS, *_PLAIN_ENOUGH)
}
"""How a route that hands out files declares its answer."""

_MOST_BYTES: Final = 200
"""Of a file's name in UTF-8; most systems hold 255, and an archive puts something before it."""

_LONGEST_KIND: Final = 10

_RANGE: Final = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `start` to before `end`."""

    start: int
    end: int


def media_type(kind: str) -> str:
    """Return the kind under which a file is handed out."""
    return kind if kind.startswith(_PLAIN_ENOUGH) else OCTETS


def holdable(name: str) -> str:
    """Return a file's name as any system can have it: no folder, no sign with a meaning, not long.

    What is cut off a long one is the middle: the end says what kind of file it is.
    """
    kept = "".join(
        sign if sign.isprintable() and sign not in '/\\:*?"<>|' else "_" for sign in name
    )
    kept = kept.strip(". ") or "file"
    stem, dot, kind = kept.rpartition(".")
    end = f"{dot}{kind}" if stem and len(kind) <= _LONGEST_KIND else ""
    room = _MOST_BYTES - len(end.encode())
    return kept.removesuffix(end).encode()[:room].decode(errors="ignore") + end


def file_headers(name: str, sha256: str, size: int) -> dict[str, str]:
    """Name a file by RFC 5987, with a plain name for those who cannot read that."""
    name = holdable(name)
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


def span_of(asked: str | None, size: int) -> Span | None:
    """Return the one range that a Range header asks for; None: all of it is to be given.

    Several ranges, other units and ranges behind the end are answered with the whole, which
    RFC 9110 (14.2) leaves to the server.
    """
    found = _RANGE.fullmatch((asked or "").replace(" ", ""))
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    return Span(start, end) if start < end else None
