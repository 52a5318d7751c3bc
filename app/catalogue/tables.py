"""Members and procedures; imports check what refers to what, and nothing is ever deleted."""

from sqlalchemy import Column, Date, Integer, String, Table, Text

from app.platform.schema import Instant, Json, Serial, metadata

members = Table(
    "members",
    metadata,
    Column("code", String(35), primary_key=True),
    Column("qcvn", String(35), unique=True),
    Column("root", String(35), nullable=False, index=True),
    Column("name", String(300), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("parent", String(35), index=True),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("successor", String(35)),
    Column("folded", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
)

procedures = Table(
    "procedures",
    metadata,
    Column("code", String(50), primary_key=True),
    Column("national_code", String(8), nullable=False, index=True),
    Column("name", String(1000), nullable=False),
    Column("sector_code", String(50), nullable=False, index=True),
    Column("sector_name", String(300), nullable=False),
    Column("agency", String(35)),
    Column("state", String(16), nullable=False),
    Column("record", Json, nullable=False),
    Column("folded", Text, nullable=False),
)

syncs = Table(
    "catalogue_syncs",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("kind", String(24), nullable=False),
    Column("at", Instant, nullable=False),
    Column("difference", Json, nullable=False),
)
