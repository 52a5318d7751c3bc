"""What is asked, and how it is written."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.platform.calling.failing import UnwritableError

Lines = Sequence[tuple[bytes, bytes]]

_TELL_NOTHING: Final = frozenset({"POST", "PUT", "PATCH"})
"""Methods whose lack of a body is said (RFC 9110 §8.6)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is; `authority` is how `Host` says it."""

    host: str
    port: int
    is_secure: bool
    authority: bytes


@dataclass(slots=True)
class Request:
    """A request whose body is there, or comes in pieces.

    `target` and `lines` are sent as they are; framing and `Host` are added. `length` is that of
    the pieces; None if nobody knows, then they are sent in chunks.
    """

    method: str
    target: bytes
    lines: Lines
    body: bytes = b""
    pieces: AsyncIterator[bytes] | None = None
    length: int | None = None

    def written(self, authority: bytes) -> bytes:
        """Return the head, and the body if it is there.

        Raises:
            UnwritableError: if a line would break into two.
        """
        parts = [b"%b %b HTTP/1.1\r\nHost: %b\r\n" % (self.method.encode(), self.target, authority)]
        parts += [b"%b: %b\r\n" % line for line in self.lines]
        parts.append(self._framing())
        head = b"".join(parts)
        ends = len(parts) + 1 + (parts[-1] != b"\r\n")
        if head.count(b"\n") != ends or head.count(b"\r") != ends or b"\0" in head:
            raise UnwritableError
        return head + self.body if self.body else head

    def _framing(self) -> bytes:
        """Return the line that says how long the body is, and the end of the head."""
        if self.pieces is not None:
            if self.length is None:
                return b"Transfer-Encoding: chunked\r\n\r\n"
            return b"Content-Length: %d\r\n\r\n" % self.length
        if self.body or self.method in _TELL_NOTHING:
            return b"Content-Length: %d\r\n\r\n" % len(self.body)
        return b"\r\n"
