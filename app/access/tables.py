"""Clients and their tokens, kept as hashes, and systems, whose secret is kept sealed."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from app.platform.schema import Instant, Json, Sealed, metadata

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
    Column("styles", Json, nullable=False, server_default="[]"),
)

bearers = Table(
    "bearers",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("client_id", String(80), ForeignKey("clients.client_id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("name", String(200), nullable=False),
    Column("scopes", String(2000), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("revoked_at", Instant),
    Index(None, "client_id", "kind", "expires_at"),
)
"""Opaque tokens; `scopes` are sorted words, so that the same wish is the same text."""

client_accounts = Table(
    "client_accounts",
    metadata,
    Column("client_id", String(80), ForeignKey("clients.client_id"), primary_key=True),
    Column("username", String(100), primary_key=True),
    Column("password_hash", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

systems = Table(
    "systems",
    metadata,
    Column("system_id", String(70), primary_key=True),
    Column("member", String(35), nullable=False),
    Column("root", String(35)),
    Column("secret", Sealed, nullable=False),
    Column("former_secret", Sealed),
    Column("former_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    Column("revoked_at", Instant),
)
