"""Documents that are too large to be kept with their act, and what the database has of them."""

import base64
import random
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from app.platform.storage.tables import blob_parts, blobs
from tests.documents.packets import SAMPLE
from tests.gateway import Gateway

LARGE = 3 * 1024 * 1024
_CLOSE = b"</edXML:ContentTransferEncoded>"


def a_file(seed: int = 0, size: int = LARGE) -> bytes:
    """Return bytes that nothing compresses, always the same for one seed."""
    return b"%PDF" + random.Random(seed).randbytes(size - 4)


def with_file(content: bytes, letters: bytes | None = None, *, of: bytes = SAMPLE) -> bytes:
    """Return a packet with this content, or these letters, instead of its last file."""
    end = of.rindex(_CLOSE)
    start = of.rindex(b">", 0, end) + 1
    return of[:start] + (letters or base64.b64encode(content)) + of[end:]


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database has of contents."""

    rows: int
    complete: int
    parts: int
    size: int

    @classmethod
    def of(cls, connection: Connection) -> "Stored":
        rows = connection.scalars(select(blobs.c.is_complete)).all()
        part = select(func.count(), func.coalesce(func.sum(func.length(blob_parts.c.content)), 0))
        parts, size = connection.execute(part.select_from(blob_parts)).one()
        return cls(len(rows), sum(rows), parts, size)


def stored(gateway: Gateway) -> Stored:
    return gateway.transact(Stored.of)


def make_full(gateway: Gateway) -> None:
    """Let the database find no room for another MiB, as its own engine says so."""

    def limit(connection: Any) -> None:
        if connection.dialect.name == "sqlite":
            (pages,) = connection.execute(text("PRAGMA page_count")).one()
            connection.execute(text(f"PRAGMA max_page_count={pages + 300}"))
            return
        connection.execute(
            text(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "IF NEW.n > 3 THEN RAISE EXCEPTION 'no space' USING ERRCODE = 'disk_full'; END IF; "
                "RETURN NEW; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER full_disk BEFORE INSERT ON blob_parts "
                "FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
        )

    gateway.transact(limit)
