"""Identifiers we make: UUID version 7, so they sort by the time they were made."""

import os
import time
from uuid import UUID


def new_id() -> str:
    """Return a fresh UUIDv7 in its 36-character text form (RFC 9562 §5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | random & (1 << 62) - 1
    return str(UUID(int=value))
