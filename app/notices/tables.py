"""Notices, those who asked for them, user ids of owners, and owners who want none."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from app.platform.schema import Instant, Json, Sealed, Serial, metadata

notices = Table(
    "notices",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("notice_id", String(36), nullable=False, unique=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False),
    Column("agency", String(35), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("audience", String(50), nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("facts", Json, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("state", String(8), nullable=False),
    Column("reason", String(100)),
    Column("channel", String(5)),
    Column("recipient", String(200)),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("merged_into", String(36)),
    UniqueConstraint("step", "audience"),
    Index("ix_notices_dossier", "dossier", "audience", "number"),
)
"""`recipient` is masked; the address itself is the dossier's or the follower's."""

followers = Table(
    "notice_followers",
    metadata,
    Column("follower_id", String(36), primary_key=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, index=True),
    Column("channel", String(5), nullable=False),
    Column("sealed", Sealed, nullable=False),
    Column("recipient", String(200), nullable=False),
    Column("code_until", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("ended_at", Instant),
)

owner_users = Table(
    "notice_owner_users",
    metadata,
    Column("dossier", String(50), ForeignKey("dossiers.code"), primary_key=True),
    Column("sealed", Sealed, nullable=False),
    Column("recipient", String(200), nullable=False),
    Column("kept_at", Instant, nullable=False),
)
"""By which user id our Official Account knows the owner of a dossier; `recipient` is masked."""

silences = Table(
    "notice_silences",
    metadata,
    Column("dossier", String(50), ForeignKey("dossiers.code"), primary_key=True),
    Column("at", Instant, nullable=False),
)
