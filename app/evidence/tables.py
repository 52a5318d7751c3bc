"""The append-only log; a trigger refuses UPDATE and DELETE on both databases."""

from sqlalchemy import Column, Index, Integer, String, Table

from app.evidence.domain import LONGEST_ACT
from app.platform.schema import Instant, Serial, metadata

evidence = Table(
    "evidence",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("client_id", String(80), nullable=False),
    Column("member", String(35), nullable=False),
    Column("act", String(LONGEST_ACT), nullable=False),
    Column("subject", String(300), nullable=False, index=True),
    Column("digest", String(64)),
    Column("outcome", String(80), nullable=False),
    Column("request_id", String(36), nullable=False),
    Index(None, "client_id", "number"),
)

unauthenticated_refusals = Table(
    "unauthenticated_refusals",
    metadata,
    Column("minute", Instant, primary_key=True),
    Column("reason", String(80), primary_key=True),
    Column("number", Integer, nullable=False),
)
