"""Identifiers we make: UUID version 7, so they sort by the time they were made."""

import time

from app.platform.randomness import sixteen


def new_id() -> str:
    """Return a fresh UUIDv7 in its 36-character text form (RFC 9562 §5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | int.from_bytes(sixteen()[:10], "big")
    value = value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
