"""Documents with recipients, statuses and files; contents in parts; what lies in inboxes."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.platform.schema import Instant, Json, Serial, metadata

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
)

blob_parts = Table(
    "blob_parts",
    metadata,
    Column("sha256", String(64), ForeignKey("blobs.sha256"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("from_code", String(35), nullable=False, index=True),
    Column("from_spelling", String(35), nullable=False),
    Column("from_name", Text),
    Column("document_id", String(200), nullable=False),
    Column("business", SmallInteger, nullable=False),
    Column("edition", String(64), nullable=False),
    Column("number", Text, nullable=False),
    Column("notation", Text, nullable=False),
    Column("subject", Text),
    Column("promulgated_on", Date),
    Column("due_on", Date),
    Column("type_code", Integer),
    Column("type_name", Text),
    Column("priority", SmallInteger),
    Column("header", Json, nullable=False),
    Column("packet", String(64), ForeignKey("blobs.sha256"), nullable=False),
    Column("packet_size", BigInteger, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("from_code", "document_id", "business", "edition"),
)

recipients = Table(
    "document_recipients",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("document", String(36), ForeignKey("documents.id"), nullable=False),
    Column("code", String(35), nullable=False, index=True),
    Column("spelling", String(35), nullable=False),
    Column("name", Text),
    Column("route", String(8), nullable=False),
    Column("delivery", String(12), nullable=False),
    Column("transport_id", String(100)),
    Column("reason", String(300)),
    Column("progress", String(2)),
    Column("recall", String(8), nullable=False),
    Column("status_at", Instant),
    UniqueConstraint("document", "code"),
)

statuses = Table(
    "document_statuses",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("document", String(36), ForeignKey("documents.id"), nullable=False, index=True),
    Column("recipient", String(35), nullable=False),
    Column("code", String(2), nullable=False),
    Column("happened_at", Instant, nullable=False),
    Column("reason", Text),
    Column("staff", Text),
    Column("department", Text),
    Column("source", String(12), nullable=False),
    Column("is_unexpected", Boolean, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("packet", String(64), ForeignKey("blobs.sha256")),
    Column("owed_id", String(36), unique=True),
    Column("delivery", String(12)),
    Column("transport_id", String(100)),
    Column("delivery_reason", String(300)),
)

attachments = Table(
    "attachments",
    metadata,
    Column("document", String(36), ForeignKey("documents.id"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("content_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("description", Text),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False, index=True),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("document", String(36), ForeignKey("documents.id"), nullable=False),
    Column("unit", String(35), nullable=False),
    Column("kind", String(6), nullable=False),
    Column("status", BigInteger, ForeignKey("document_statuses.number"), unique=True),
    Column("state", String(12), nullable=False),
    Column("fails", Integer, nullable=False),
    Column("description", String(300)),
    Column("is_waiting", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("received_at", Instant),
    Index("ix_deliveries_waiting", "is_waiting", "unit", "kind"),
    Index("ix_deliveries_document", "document", "unit"),
)
