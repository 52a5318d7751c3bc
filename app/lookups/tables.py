"""Who asked which national service about what, and why; never what it answered."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from app.platform.schema import Instant, metadata

lookups = Table(
    "lookups",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("service", String(32), nullable=False),
    Column("operation", String(48), nullable=False),
    Column("client_id", String(100), nullable=False),
    Column("member", String(35), nullable=False),
    Column("unit", String(35), nullable=False),
    Column("officer", String(100)),
    Column("purpose", Text),
    Column("dossier", String(50), ForeignKey("dossiers.code"), index=True),
    Column("stated_reason", Text),
    Column("grant_id", String(36)),
    Column("about", String(64), nullable=False, index=True),
    Column("outcome", String(16), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Index("ix_lookups_unit_asked_at", "unit", "asked_at"),
)
"""`about` is a keyed hash of the number that was asked about."""
