"""What is owed to others, what came from them, leases, cursors, and which workers live."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
)

from app.platform.schema import Instant, Json, Sealed, Serial, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("sequence", Serial, primary_key=True, autoincrement=True),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("topic", String(60), nullable=False),
    Column("key", String(300), nullable=False),
    Column("body", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("owed_since", Instant, nullable=False),
    Column("due_at", Instant),
    Column("claimed_until", Instant),
    Column("claimed_by", String(80)),
    Column("reason", String(300)),
    Column("reference", String(200)),
    Column("settled_at", Instant),
    CheckConstraint("state IN ('owed', 'delivered', 'parked', 'dropped')", name="state"),
)
"""`due_at` is set only on an owed message that is the first unsettled one of its key: the index
over it holds one row per key that may move, however many wait behind or were delivered. A claim
puts it at the end of the lease, so a crashed worker's message comes back by itself. `owed_since`
is what the dead-letter horizon counts from; a retry starts it anew.
"""

Index(
    None,
    outbox.c.topic,
    outbox.c.due_at,
    postgresql_where=outbox.c.due_at.is_not(None),
    sqlite_where=outbox.c.due_at.is_not(None),
)
Index(
    None,
    outbox.c.key,
    outbox.c.sequence,
    postgresql_where=outbox.c.settled_at.is_(None),
    sqlite_where=outbox.c.settled_at.is_(None),
)
Index(
    None,
    outbox.c.settled_at,
    postgresql_where=outbox.c.settled_at.is_not(None),
    sqlite_where=outbox.c.settled_at.is_not(None),
)

inbox = Table(
    "inbox",
    metadata,
    Column("sender", String(200), primary_key=True),
    Column("message_id", String(300), primary_key=True),
    Column("at", Instant, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("holder", String(80), nullable=False),
    Column("until", Instant, nullable=False),
)

workers = Table(
    "workers",
    metadata,
    Column("worker_id", String(80), primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("number", BigInteger, nullable=False),
)
"""How far a reader of growing rows has come."""

messaging_tokens = Table(
    "messaging_tokens",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("access_token", Sealed, nullable=False),
    Column("refresh_token", Sealed, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("begun_with", String(64), nullable=False),
)
"""Tokens of a messaging service, sealed; the refresh token is good for one use."""
