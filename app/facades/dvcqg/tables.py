"""Accounts of provincial systems, their sessions (secrets as hashes), and their filing pages."""

from sqlalchemy import Column, ForeignKey, String, Table

from app.platform.schema import Instant, metadata

accounts = Table(
    "portal_accounts",
    metadata,
    Column("username", String(100), primary_key=True),
    Column("password_hash", String(200), nullable=False),
    Column("client_id", String(80), ForeignKey("clients.client_id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

sessions = Table(
    "portal_sessions",
    metadata,
    Column("session_hash", String(64), primary_key=True),
    Column(
        "username",
        String(100),
        ForeignKey("portal_accounts.username"),
        nullable=False,
    ),
    Column("ends_at", Instant, nullable=False, index=True),
)

filing_pages = Table(
    "filing_pages",
    metadata,
    Column("agency", String(35), primary_key=True),
    Column("url", String(1000), nullable=False),
    Column("registered_at", Instant, nullable=False),
)
