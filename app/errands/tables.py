"""Errands with national services, what was told of each and of taxes, how far feeds are read."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.platform.schema import Instant, Json, Sealed, metadata

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

tax_notices = Table(
    "tax_notices",
    metadata,
    Column("dossier", String(50), ForeignKey("dossiers.code"), primary_key=True),
    Column("number", String(100), primary_key=True),
    Column("kind", String(200), nullable=False),
    Column("owner_name", String(250), nullable=False),
    Column("url", Text, nullable=False),
    Column("resulted_at", Instant, nullable=False),
    Column("handled_by", String(250), nullable=False),
    Column("note", Text, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Index("ix_tax_notices_number", "number"),
)

tax_vouchers = Table(
    "tax_vouchers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("identity", String(64), nullable=False, unique=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, index=True),
    Column("word", String(10), nullable=False),
    Column("notice", String(100), nullable=False),
    Column("source", String(100), nullable=False),
    Column("amount_vnd", BigInteger),
    Column("paid_at", Instant),
    Column("status", String(50), nullable=False),
    Column("is_paid", Boolean, nullable=False),
    Column("payable_vnd", BigInteger),
    Column("exempted_vnd", BigInteger),
    Column("settled_vnd", BigInteger),
    Column("outstanding_vnd", BigInteger),
    Column("result", String(100), nullable=False),
    Column("sealed", Sealed, nullable=False),
    Column("noted_at", Instant, nullable=False),
)
"""`sealed` is who paid, and whatever else of a voucher may name people or land."""

land_receipts = Table(
    "land_receipts",
    metadata,
    Column("system", String(80), primary_key=True),
    Column("number", String(50), primary_key=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, index=True),
    Column("taken_at", Instant, nullable=False),
)
