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
    Column("origin", String(200), nullable=False, server_default=""),
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
    UniqueConstraint("from_code", "document_id", "business", "edition"),
    Index("ix_documents_origin", "from_code", "origin"),
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
    Column("role", String(8), nullable=False, server_default="to"),
    Column("withdrawn_at", Instant),
    Column("withdrawn_cause", String(12)),
    Column("withdrawn_by", String(36)),
    Column("replaced_by", String(36)),
    UniqueConstraint("document", "code"),
)

Word = String(60).with_variant(String(60, collation="C"), "postgresql")
"""Folded text that sorts by its letters' numbers on both databases."""

shelves = Table(
    "document_shelves",
    metadata,
    Column("direction", String(8), primary_key=True),
    Column("member", String(35), primary_key=True),
    Column("document", String(36), ForeignKey("documents.id"), primary_key=True),
    Index("ix_document_shelves_document", "document"),
)
"""Whose lists a document is on: its sender, its recipients that are ours, and all above them."""

words = Table(
    "document_words",
    metadata,
    Column("document", String(36), ForeignKey("documents.id"), primary_key=True),
    Column("field", String(8), primary_key=True),
    Column("word", Word, primary_key=True),
    Index("ix_document_words_word", "field", "word", "document"),
)
"""The folded words by which a document is found."""

facts = Table(
    "document_facts",
    metadata,
    Column("document", String(36), ForeignKey("documents.id"), primary_key=True),
    Column("month", String(7), nullable=False, index=True),
    Column("has_paper", Boolean, nullable=False),
    Column("is_late", Boolean),
)
"""What is counted of a document of its own, new or replacing, since it was taken in."""

checks = Table(
    "document_checks",
    metadata,
    Column("document", String(36), ForeignKey("documents.id"), primary_key=True),
    Column("is_due", Boolean, nullable=False),
    Column("checked_at", Instant),
    Column("packet", String(12)),
    Column("value", String(16)),
    Column("by_organisation", Boolean),
    Column("by_person", Boolean),
)
"""What the signatures of a document come to; due until they were looked at."""

Index(
    "ix_document_checks_due",
    checks.c.document,
    postgresql_where=checks.c.is_due,
    sqlite_where=checks.c.is_due,
)

seals = Table(
    "document_seals",
    metadata,
    Column("document", String(36), ForeignKey("documents.id"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("state", String(12), nullable=False),
    Column("signatory", String(12)),
    Column("signer", Text),
    Column("signed_at", Instant),
    Column("certificate", String(64)),
)
"""The signatures inside the PDFs of a document."""

dealings = Table(
    "document_dealings",
    metadata,
    Column("document", String(36), ForeignKey("documents.id"), primary_key=True),
    Column("recipient", String(35), primary_key=True),
    Column("route", String(8), nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("due_on", Date),
    Column("arrived_on", Date, index=True),
    Column("arrived_at", Instant),
    Column("confirm_by", Instant),
    Column("confirmed_at", Instant),
    Column("refused_at", Instant),
    Column("finished_at", Instant),
    Column("closed_at", Instant),
)
"""How a document of its own fares at each recipient."""

Index(
    "ix_document_dealings_open",
    dealings.c.recipient,
    dealings.c.urgency,
    postgresql_where=dealings.c.closed_at.is_(None),
    sqlite_where=dealings.c.closed_at.is_(None),
)

events = Table(
    "document_events",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("position", BigInteger, unique=True),
    Column("kind", String(16), nullable=False),
    Column("document", String(36), ForeignKey("documents.id"), nullable=False, index=True),
    Column("sender", String(35), nullable=False),
    Column("recipient", String(35), nullable=False),
    Column("route", String(8), nullable=False),
    Column("code", String(2)),
    Column("reason", Text),
    Column("at", Instant, nullable=False),
)
"""What happened to documents. `position` is given after the commit, so that it has no gaps."""

Index(
    "ix_document_events_unplaced",
    events.c.number,
    postgresql_where=events.c.position.is_(None),
    sqlite_where=events.c.position.is_(None),
)

document_links = Table(
    "document_links",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("document", String(36), ForeignKey("documents.id"), nullable=False),
    Column("relation", String(8), nullable=False),
    Column("document_id", String(200), nullable=False, index=True),
    Column("agency", String(35)),
    Column("recipient", String(35), nullable=False),
    Column("target", String(36), ForeignKey("documents.id"), index=True),
    UniqueConstraint("document", "relation", "document_id", "recipient"),
)

document_symbols = Table(
    "document_symbols",
    metadata,
    Column("member", String(35), primary_key=True),
    Column("year", SmallInteger, primary_key=True, autoincrement=False),
    Column("symbol", String(64), primary_key=True),
    Column("document", String(36), nullable=False),
)

waiting_statuses = Table(
    "waiting_statuses",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("axis", String(100), nullable=False),
    Column("doc_id", String(100), nullable=False),
    Column("sender", String(35), nullable=False),
    Column("document_id", String(200), nullable=False, index=True),
    Column("recipient", String(35), nullable=False),
    Column("code", String(2), nullable=False),
    Column("happened_at", Instant, nullable=False),
    Column("reason", Text),
    Column("staff", Text),
    Column("department", Text),
    Column("digest", String(64), nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("gave_up_at", Instant),
    UniqueConstraint("axis", "doc_id"),
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
