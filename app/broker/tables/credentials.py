"""How we show ourselves to services; one that is closed stays, its name may be used anew."""

from sqlalchemy import Column, String, Table

from app.platform.schema import Instant, Json, Sealed, Serial, metadata

broker_credentials = Table(
    "broker_credentials",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("name", String(64), nullable=False, index=True),
    Column("kind", String(24), nullable=False),
    Column("facts", Json, nullable=False),
    Column("secret", Sealed, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
