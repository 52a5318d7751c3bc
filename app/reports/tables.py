"""Forms in versions; reports, each revision that was submitted; sums that were handed on."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.platform.schema import Instant, Json, Serial, metadata

forms = Table(
    "report_forms",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", Json, nullable=False),
    Column("imported_at", Instant, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("form", String(40), nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("period", String(8), nullable=False),
    Column("agency", String(35), nullable=False, index=True),
    Column("state", String(9), nullable=False),
    Column("content", Json, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("accepted", Integer),
    Column("first_submitted_at", Instant),
    Column("submitted_at", Instant),
    Column("decided_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("form", "period", "agency"),
)

revisions = Table(
    "report_revisions",
    metadata,
    Column("report", Serial, ForeignKey("reports.number"), primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("content", Json, nullable=False),
    Column("findings", Json, nullable=False),
    Column("reason", Text),
    Column("submitted_by", String(80), nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("decision", String(9)),
    Column("decided_by", String(80)),
    Column("decided_at", Instant),
    Column("reasons", Json, nullable=False),
)

handovers = Table(
    "report_handovers",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("form", String(40), nullable=False),
    Column("period", String(8), nullable=False),
    Column("agency", String(35), nullable=False),
    Column("content", Json, nullable=False),
    Column("units", Integer, nullable=False),
    Column("missing", Json, nullable=False),
    Column("missing_reason", Text),
    Column("state", String(9), nullable=False),
    Column("reason", String(300)),
    Column("handed_by", String(80), nullable=False),
    Column("handed_at", Instant, nullable=False),
    Column("delivered_at", Instant),
    Index(None, "form", "period"),
)
