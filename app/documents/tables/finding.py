"""What finds, counts and tells documents: words, shelves, facts, signatures, dealings, events."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    and_,
)

from app.platform.schema import Instant, Serial, metadata

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
"""What is counted of a document, new, replacing or updating, since it was taken in."""

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
    Column("original", String(36)),
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
"""How a document fares at each recipient that began to work on it with this packet.

Where that is an update, `original` is the document of its own that it is about, if it is here.
"""

Index(
    "ix_document_dealings_open",
    dealings.c.recipient,
    dealings.c.urgency,
    postgresql_where=dealings.c.closed_at.is_(None),
    sqlite_where=dealings.c.closed_at.is_(None),
)

Index(
    "ix_document_dealings_due",
    dealings.c.due_on,
    postgresql_where=and_(dealings.c.closed_at.is_(None), dealings.c.due_on.is_not(None)),
    sqlite_where=and_(dealings.c.closed_at.is_(None), dealings.c.due_on.is_not(None)),
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
