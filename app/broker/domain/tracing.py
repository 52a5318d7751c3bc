"""The W3C's `traceparent`: which trace a call belongs to, read strictly and passed on."""

import re
from dataclasses import dataclass, replace
from typing import Final, Self

from app.platform.randomness import sixteen

_VERSION: Final = "00"
_FORM: Final = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_SAMPLED: Final = 0x01
_RANDOM: Final = 0x02


@dataclass(frozen=True, slots=True)
class Trace:
    """One place in a trace: its id and the span's in small hexadecimal digits, and the flags."""

    trace_id: str
    span_id: str
    flags: int

    @classmethod
    def read(cls, header: str | None) -> Self | None:
        """Return what a header says; None without one, or if it is not as §3.2 has it.

        A later version is read as far as version 00 goes, as §4.3 wants it.
        """
        found = None if header is None else _FORM.fullmatch(header)
        if found is None:
            return None
        version, trace_id, span_id, flags, more = found.groups()
        is_known = version != "ff" and not (version == _VERSION and more)
        if not is_known or not int(trace_id, 16) or not int(span_id, 16):
            return None
        return cls(trace_id, span_id, int(flags, 16) & (_SAMPLED | _RANDOM))

    @classmethod
    def begin(cls) -> Self:
        """Return a new trace, whose id is random throughout."""
        return cls(_some(16), _some(8), _RANDOM)

    @property
    def header(self) -> str:
        """Return it as a header of version 00."""
        return f"{_VERSION}-{self.trace_id}-{self.span_id}-{self.flags:02x}"

    def child(self) -> "Trace":
        """Return a span of ours in the same trace."""
        return replace(self, span_id=_some(8))


def follow(header: str | None) -> tuple[Trace, bool]:
    """Return our own span in the caller's trace, or in a new one, and whether it is the caller's.

    Only then is the caller's `tracestate` passed on (§3.3: it belongs to the parent).
    """
    parent = Trace.read(header)
    return (Trace.begin(), False) if parent is None else (parent.child(), True)


def _some(size: int) -> str:
    """Return random bytes in hexadecimal digits, not all of them zero."""
    while not any(found := sixteen()[:size]):
        continue
    return found.hex()
