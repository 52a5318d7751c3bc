"""One call on its way: what it asks, on which terms, and what has become of it so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from app.broker.carrying.hygiene import Lines
from app.broker.carrying.upstreams import Place

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all calls of a service; sizes in bytes."""

    upstreams: Sequence[Place]
    timeout_seconds: float
    max_body_bytes: int
    max_answer_bytes: int


@dataclass(slots=True)
class Errand:
    """A call to be carried. `path` and `query` are sent as they are, behind an upstream's URL.

    `declared` is the length its body is said to have, None if nobody said it. `adds` are header
    lines of ours that go with the answer, `without` the beginning of names that only we may say.
    `seconds` is how long the service needed to answer.
    """

    method: str
    path: str
    query: bytes
    headers: Lines
    declared: int | None
    terms: Terms
    adds: Lines = field(default_factory=list)
    without: bytes = b"\0"
    status: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    seconds: float | None = None

    def target(self, base: bytes) -> bytes:
        """Return what is asked for at an upstream whose own path is `base`."""
        path = base + self.path.encode("ascii")
        return (b"%b?%b" % (path, self.query) if self.query else path) or b"/"


def is_plain_query(query: bytes) -> bool:
    """Tell whether a query can be sent on as it is: visible ASCII, and no `#`."""
    if not query:
        return True
    text = query.decode("latin-1")
    return text.isascii() and text.isprintable() and " " not in text and "#" not in text
