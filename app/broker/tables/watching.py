"""Exchanges, kept for a while, and how many there were, kept for good."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, String, Table

from app.platform.schema import Instant, Serial, metadata

exchanges = Table(
    "exchanges",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False, index=True),
    Column("client_id", String(80), nullable=False),
    Column("member", String(35), nullable=False),
    Column("request_id", String(36), nullable=False, index=True),
    Column("trace_id", String(32), nullable=False),
    Column("service", String(100), nullable=False),
    Column("version", String(40), nullable=False),
    Column("operation", String(511), nullable=False),
    Column("purpose", String(500), nullable=False),
    Column("method", String(20), nullable=False),
    Column("sent_bytes", BigInteger, nullable=False),
    Column("received_bytes", BigInteger, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("upstream_milliseconds", Integer),
    Column("outcome", String(20), nullable=False),
    Column("reason", String(80), nullable=False),
    Column("status", Integer, nullable=False),
    Index(None, "member", "number"),
    Index(None, "service", "number"),
)

exchange_totals = Table(
    "exchange_totals",
    metadata,
    Column("day", Date, primary_key=True),
    Column("member", String(35), primary_key=True),
    Column("client_id", String(80), primary_key=True),
    Column("service", String(100), primary_key=True),
    Column("operation", String(511), primary_key=True),
    Column("purpose", String(500), primary_key=True),
    Column("outcome", String(20), primary_key=True),
    Column("calls", BigInteger, nullable=False),
    Column("sent_bytes", BigInteger, nullable=False),
    Column("received_bytes", BigInteger, nullable=False),
    Column("milliseconds", BigInteger, nullable=False),
)
