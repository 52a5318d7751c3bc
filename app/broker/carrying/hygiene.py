"""Which header lines go on: nothing of one hop, nothing forged, nothing that is ours."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

Lines = list[tuple[bytes, bytes]]

_HOP_BY_HOP: Final = frozenset(
    {
        b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization",
        b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade", b"expect",
        b"http2-settings",
    }
)  # fmt: skip
_OURS: Final = frozenset(
    {
        b"host", b"content-length", b"authorization", b"x-request-id", b"traceparent",
        b"tracestate", b"lgspaccesstoken",
    }
)  # fmt: skip
_SAID_BY_HOPS: Final = frozenset(
    {
        b"forwarded", b"via", b"x-real-ip", b"x-client-ip", b"x-cluster-client-ip",
        b"true-client-ip", b"x-host", b"x-original-url", b"x-original-host", b"x-original-uri",
        b"x-original-method", b"x-rewrite-url", b"x-http-method", b"x-http-method-override",
        b"x-method-override",
    }
)  # fmt: skip
"""What only a hop before us could know, or what would change what was decided."""

_PREFIXES: Final = (b"x-forwarded", b"x-road-", b"x-lgsp-")
_OURS_BACK: Final = frozenset({b"x-request-id", b"x-content-type-options", b"server", b"date"})
_NONE: Final[frozenset[bytes]] = frozenset()
_NAMES_NOTHING: Final = frozenset({b"keep-alive", b"close"})
"""What most say of a connection."""


def outward(lines: Iterable[tuple[bytes, bytes]], *, keeps_authorization: bool = False) -> Lines:
    """Return what goes on of a caller's header lines; `lines` have names in lower case.

    A name is judged with `_` read as `-`, as many servers behind us do.
    """
    kept: Lines = []
    named = _named_by_connection(lines)
    for name, value in lines:
        if (_goes_on(name) and name not in named) or (
            keeps_authorization and name == b"authorization"
        ):
            kept.append((name, value))
    return kept


def inward(lines: Iterable[tuple[bytes, bytes]], *, without: bytes = b"\0") -> Lines:
    """Return what goes back of an upstream's header lines, with names in lower case.

    Lines whose names begin with `without` are ours to say on the wire and stay here.
    """
    kept: Lines = []
    named = _NONE
    for name, value in lines:
        comes_as = _inward_name(name)
        if comes_as == b"connection":
            named |= _NONE if value in _NAMES_NOTHING else _parts(value)
        elif comes_as is not None and not comes_as.startswith(without):
            kept.append((comes_as, value))
    return [line for line in kept if line[0] not in named] if named else kept


def says(lines: Lines, name: bytes) -> bool:
    """Tell whether there is a line of this name, whatever its letters' case."""
    lowered = name.lower()
    return any(known.lower() == lowered for known, _ in lines)


def put(lines: Lines, name: bytes, value: bytes) -> None:
    """Add a line in the place of all that have its name."""
    lowered = name.lower()
    lines[:] = [line for line in lines if line[0].lower() != lowered]
    lines.append((name, value))


@lru_cache(maxsize=2_000)
def _goes_on(name: bytes) -> bool:
    plain = name.replace(b"_", b"-")
    stays = _HOP_BY_HOP | _OURS | _SAID_BY_HOPS
    return plain not in stays and not plain.startswith(_PREFIXES)


@lru_cache(maxsize=2_000)
def _inward_name(name: bytes) -> bytes | None:
    lowered = name.lower()
    stays = (_HOP_BY_HOP - {b"connection"}) | _OURS_BACK
    return None if lowered in stays else lowered


def _named_by_connection(lines: Iterable[tuple[bytes, bytes]]) -> frozenset[bytes]:
    named = _NONE
    for name, value in lines:
        if name == b"connection" and value not in _NAMES_NOTHING:
            named |= _parts(value)
    return named


def _parts(value: bytes) -> frozenset[bytes]:
    return frozenset(part.strip().lower() for part in value.split(b","))
