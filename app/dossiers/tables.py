"""Dossiers, their progress, the numbers given out per agency and day, and the calendar."""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from app.platform.schema import Instant, Json, Serial, metadata

IN_HAND: Final = "status IN ('accepted', 'processing', 'payment_requested')"
"""Statuses in which time counts for the agency, as the index of what may be late says them."""

dossiers = Table(
    "dossiers",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("code", String(50), nullable=False, unique=True),
    Column("tracking_code", String(20), nullable=False),
    Column("status", String(24), nullable=False, index=True),
    Column("agency", String(35), nullable=False, index=True),
    Column("procedure", String(50), nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
    Column("filing", Json, nullable=False),
    Column("promise", Json, nullable=False),
    Column("due_at", Instant, index=True),
    Column("handling", Json, nullable=False),
    Column("finished_at", Instant, index=True),
    Column("returned_at", Instant),
    Column("rejected_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("national_state", String(16), nullable=False),
    Column("national_reason", String(300)),
    Column("national_delivered_at", Instant),
    Column("national_owed_id", String(36), nullable=False),
    Index(
        "ix_dossiers_in_hand",
        "due_at",
        "agency",
        postgresql_where=text(IN_HAND),
        sqlite_where=text(IN_HAND),
    ),
)

progress = Table(
    "dossier_progress",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, index=True),
    Column("status", String(24), nullable=False),
    Column("happened_at", Instant, nullable=False),
    Column("staff_name", String(50), nullable=False),
    Column("content", Text, nullable=False),
    Column("staff_title", String(200)),
    Column("department", String(300)),
    Column("started_at", Instant),
    Column("due_at", Instant),
    Column("actor", String(8)),
    Column("act", String(32)),
)

sequences = Table(
    "dossier_sequences",
    metadata,
    Column("agency", String(35), primary_key=True),
    Column("day", String(6), primary_key=True),
    Column("last", Integer, nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_working", Boolean, nullable=False),
    Column("note", String(200), nullable=False),
)

arrivals = Table(
    "portal_arrivals",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, unique=True),
    Column("arrived_at", Instant, nullable=False),
)
