"""Clients, whose secret is kept as its hash, and systems, whose secret is kept sealed."""

from sqlalchemy import Column, LargeBinary, String, Table

from app.platform.schema import Instant, Json, metadata

clients = Table(
    "clients",
    metadata,
    Column("client_id", String(80), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("member", String(35), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

systems = Table(
    "systems",
    metadata,
    Column("system_id", String(70), primary_key=True),
    Column("member", String(35), nullable=False),
    Column("root", String(35)),
    Column("secret", LargeBinary, nullable=False),
    Column("former_secret", LargeBinary),
    Column("former_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    Column("revoked_at", Instant),
)
