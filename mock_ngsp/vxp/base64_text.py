"""Base64 as it comes and goes, a piece at a time."""

import binascii
from collections.abc import Iterable, Iterator

_SPACE = b" \t\r\n"
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_MOST_PADDING = 2


class Base64Check:
    """Tells of a text that comes in parts whether it decodes to at least one byte."""

    def __init__(self) -> None:
        self._letters = 0
        self._padding = 0
        self._strange = False

    def feed(self, text: bytes) -> None:
        """Look at the next part; white space does not count."""
        others = text.translate(None, _LETTERS)
        self._letters += len(text) - len(others)
        if not others and not self._padding:
            return
        behind = text if self._padding else text.partition(b"=")[2]
        padding = others.translate(None, _SPACE)
        strange = padding.strip(b"=") or behind.translate(None, _SPACE + b"=")
        self._strange = self._strange or bool(strange)
        self._padding += len(padding)

    @property
    def decodes(self) -> bool:
        """Whether what came so far is whole and not empty."""
        whole = (self._letters + self._padding) % 4 == 0
        return (
            bool(self._letters) and whole and self._padding <= _MOST_PADDING and not self._strange
        )


def encoded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Encode pieces of any length into one text without line breaks."""
    left = b""
    for piece in pieces:
        joined = left + piece if left else piece
        cut = len(joined) - len(joined) % 3
        left = joined[cut:]
        yield binascii.b2a_base64(joined[:cut], newline=False)
    if left:
        yield binascii.b2a_base64(left, newline=False)


def encoded_size(size: int) -> int:
    """How long so many bytes are in base64."""
    return (size + 2) // 3 * 4
