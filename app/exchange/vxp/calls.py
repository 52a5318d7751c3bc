"""What a call to the axis is made of."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

CRLF: Final = b"\r\n"
"""What this wire has behind a packet."""

JSON: Final = "application/json"
OCTETS: Final = "application/octet-stream"
SMALL: Final = 64 << 10
"""Bytes of an answer that only says how it went."""

_DEADLINE: Final = timedelta(minutes=2)
_SLOWEST: Final = 1 << 20
"""Bytes in a second; a body has so much longer."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """Bytes of a packet above which it is downloaded, and above which it is not taken."""

    download_above: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """A packet that is not in memory; `pieces` gives its bytes anew for each attempt."""

    sha256: str
    size: int
    pieces: Callable[[], AsyncIterator[bytes]]

    async def with_line_end(self) -> AsyncIterator[bytes]:
        """Return the bytes as this wire has them."""
        async for piece in self.pieces():
            yield piece
        yield CRLF


@dataclass(frozen=True, slots=True)
class Call:
    """One operation, its parameters and body, and how long an answer may be."""

    operation: str
    parameters: Mapping[str, str]
    body: bytes | Parcel = b""
    content_type: str = JSON
    limit: int = SMALL
    method: str = "POST"

    @property
    def is_raw(self) -> bool:
        """Whether bytes go or come as they are."""
        return self.content_type == OCTETS or self.method == "GET"

    @property
    def deadline(self) -> timedelta:
        """How long the call may take: longer for a large body."""
        return within(self.body.size if isinstance(self.body, Parcel) else len(self.body))


def within(size: int) -> timedelta:
    """Return how long a call with so many bytes may take."""
    return _DEADLINE + timedelta(seconds=size / _SLOWEST)
