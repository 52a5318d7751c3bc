"""Registered destinations; one that is closed stays, its code may be registered anew."""

from sqlalchemy import Column, String, Table, Text

from app.platform.schema import Instant, Serial, metadata

destinations = Table(
    "destinations",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("dstcode", String(200), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
