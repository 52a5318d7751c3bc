"""Webhooks, the events they were told of, and what became of each."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from app.platform.schema import Instant, Json, Sealed, Serial, metadata

webhooks = Table(
    "webhooks",
    metadata,
    Column("webhook_id", String(36), primary_key=True),
    Column("member", String(35), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("types", Json, nullable=False),
    Column("description", String(200), nullable=False),
    Column("state", String(8), nullable=False),
    Column("created_by", String(100), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("after_step", BigInteger, nullable=False),
    Column("after_event", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Instant),
    Column("next_attempt_at", Instant),
    Column("reason", String(100)),
    Column("delivered_at", Instant),
    Column("disabled_at", Instant),
    Column("secret", Sealed, nullable=False),
    Column("former_secret", Sealed),
    Column("former_until", Instant),
)

events = Table(
    "webhook_events",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("type", String(60), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("source", String(80), nullable=False, unique=True),
    Column("happened_at", Instant, nullable=False),
    Column("parties", Json, nullable=False),
    Column("data", Json, nullable=False),
    Column("recorded_at", Instant, nullable=False, index=True),
)

deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("webhook", String(36), ForeignKey("webhooks.webhook_id"), nullable=False),
    Column("event", Serial, ForeignKey("webhook_events.number"), nullable=False, index=True),
    Column("message_id", String(100), nullable=False, unique=True),
    Column("state", String(9), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("answer", String(100)),
    Column("owed_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Index("ix_webhook_deliveries_webhook", "webhook", "number"),
)
