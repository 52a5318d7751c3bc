"""Quotas, and how much of each window is taken."""

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from app.platform.schema import Instant, metadata

quotas = Table(
    "quotas",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("member", String(35), nullable=False, index=True),
    Column("client_id", String(80), nullable=False),
    Column("service", String(100), nullable=False),
    Column("operation", String(511), nullable=False),
    Column("calls", Integer, nullable=False),
    Column("window_seconds", Integer, nullable=False),
    Column("kind", String(8), nullable=False, server_default="usual"),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("client_id", "service", "operation", "window_seconds"),
)
"""What a quota does not look at is "", so that no two can be for the same calls.

`member` is whose it is to change: the service's tenant, or the client's member.
"""

quota_windows = Table(
    "quota_windows",
    metadata,
    Column("quota", String(36), primary_key=True),
    Column("subject", String(80), primary_key=True),
    Column("starts_at", Instant, primary_key=True),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("taken", Integer, nullable=False),
    Column("slice", Integer, nullable=False),
)
"""`taken` is what callers and processes have; `slice` is what the last of them got.

No foreign key: a slice must not fail because its quota is being deleted.
"""
