"""Contents by their SHA-256, in parts: each is kept once, in the transaction of the act.

They are in the database so that any number of gateways and workers share them.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select

from app.documents.store.inserting import insert_new
from app.documents.tables import blob_parts, blobs
from app.platform.clock import Clock

PART: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes with their SHA-256, which is costly for large ones and taken once."""

    sha256: str
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> "Content":
        """Return the bytes with their SHA-256."""
        return cls(hashlib.sha256(data).hexdigest(), data)


def keep(connection: Connection, clock: Clock, content: Content) -> None:
    """Keep a content unless it is kept already."""
    row = {"sha256": content.sha256, "size": len(content.data), "created_at": clock.now()}
    if not insert_new(connection, blobs, row):
        return
    parts = [
        {"sha256": content.sha256, "n": n, "content": content.data[start : start + PART]}
        for n, start in enumerate(range(0, len(content.data), PART))
    ]
    connection.execute(insert(blob_parts), parts)


def part(connection: Connection, sha256: str, n: int) -> bytes | None:
    """Return one part of a content; None behind its end."""
    found = connection.execute(
        select(blob_parts.c.content).where(blob_parts.c.sha256 == sha256, blob_parts.c.n == n)
    ).scalar_one_or_none()
    return None if found is None else bytes(found)


def whole(connection: Connection, sha256: str) -> bytes:
    """Return a content in one piece; empty if it is not kept."""
    rows = connection.execute(
        select(blob_parts.c.content).where(blob_parts.c.sha256 == sha256).order_by(blob_parts.c.n)
    )
    return b"".join(bytes(row.content) for row in rows)
