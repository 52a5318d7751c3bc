"""Documents sent and received, their recipients, statuses and files; contents in parts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
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
    Column("is_complete", Boolean, nullable=False),
    Column("loose_since", Instant, index=True),
    Column("deposit", String(36)),
)

blob_parts = Table(
    "blob_parts",
    metadata,
    Column("sha256", String(64), ForeignKey("blobs.sha256"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

blob_segments = Table(
    "blob_segments",
    metadata,
    Column("sha256", String(64), ForeignKey("blobs.sha256"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("start", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("source", String(64), ForeignKey("blobs.sha256"), index=True),
    Column("source_size", BigInteger, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("tail", LargeBinary, nullable=False),
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
    Column("packet", String(64), ForeignKey("blobs.sha256"), nullable=False, index=True),
    Column("packet_size", BigInteger, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("released_at", Instant),
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
    Column("packet", String(64), ForeignKey("blobs.sha256"), index=True),
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
