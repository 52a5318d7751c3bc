"""Payments on the national platform, one row each."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from app.platform.schema import Instant, metadata

orders = Table(
    "payment_orders",
    metadata,
    Column("reference", String(100), primary_key=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, index=True),
    Column("amount_vnd", BigInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("traded_at", String(14), nullable=False),
    Column("payer_ip", String(45), nullable=False),
    Column("url", Text),
    Column("transaction_id", String(100)),
    Column("bank", String(100)),
    Column("settled_at", Instant),
    Column("unrecorded", String(60)),
    Column("ask_at", Instant, index=True),
    Column("asked", Integer, nullable=False),
)
