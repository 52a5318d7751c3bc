"""Paths that mean the same to everybody who reads them, however often somebody decodes them."""

from typing import Final
from urllib.parse import unquote, unquote_to_bytes

_SAFE: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@%/"
)
_DECODINGS: Final = 4


def is_plain_path(path: str) -> bool:
    """Tell whether a path, as it was sent, neither climbs nor hides anything.

    It may not have `.` or `..` or empty segments (but the last), a slash, backslash, `;`, `?` or
    `#` inside a segment in whatever encoding, bytes that are no UTF-8, or signs that no path has.
    """
    if path and (not path.startswith("/") or not _SAFE.issuperset(path)):
        return False
    segments = path.split("/")[1:]
    return all(segments[:-1]) and all(map(is_plain_segment, segments))


def is_plain_segment(segment: str) -> bool:
    """Tell whether a segment stays one, however often somebody decodes it."""
    for _ in range(_DECODINGS):
        if segment in {".", ".."} or any(sign in segment for sign in "/\\;?#"):
            return False
        try:
            unquote_to_bytes(segment).decode()
        except UnicodeDecodeError:
            return False
        decoded = unquote(segment)
        if not decoded.isprintable():
            return False
        if decoded == segment:
            return True
        segment = decoded
    return False
