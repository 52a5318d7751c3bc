"""Land systems that may call; of their codes only the hashes are kept."""

from sqlalchemy import Column, String, Table

from app.platform.schema import Instant, metadata

land_systems = Table(
    "land_systems",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("member", String(35), nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)
