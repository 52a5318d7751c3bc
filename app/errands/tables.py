"""Errands with national services, what was told of each, and how far feeds are read."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.platform.schema import Instant, Json, metadata

errands = Table(
    "errands",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("number", String(100), nullable=False),
    Column("agency", String(35), nullable=False, index=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), index=True),
    Column("facts", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", Text),
    Column("reference", String(200)),
    Column("created_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("status", String(40)),
    Column("status_name", Text),
    Column("status_at", Instant),
    Column("result", Json),
    Column("is_cancelling", Boolean, nullable=False),
    Column("look_at", Instant, index=True),
    Column("looks", Integer, nullable=False),
    UniqueConstraint("kind", "number"),
)

errand_events = Table(
    "errand_events",
    metadata,
    Column("errand", String(36), ForeignKey("errands.id"), primary_key=True),
    Column("event", String(64), primary_key=True),
    Column("code", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("happened_at", String(40), nullable=False),
    Column("noted_at", Instant, nullable=False),
)

feed_cursors = Table(
    "feed_cursors",
    metadata,
    Column("feed", String(40), primary_key=True),
    Column("cursor", String(200), nullable=False),
    Column("read_at", Instant, nullable=False),
)
