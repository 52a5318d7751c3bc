"""Clients. A secret is kept only as its hash."""

from sqlalchemy import Column, String, Table

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
