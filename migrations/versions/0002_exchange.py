"""Outbox, inbox, leases and the heartbeat of workers."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("sequence", Serial, primary_key=True, autoincrement=True),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("topic", sa.String(60), nullable=False),
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("owed_since", Instant, nullable=False),
        sa.Column("due_at", Instant),
        sa.Column("claimed_until", Instant),
        sa.Column("claimed_by", sa.String(80)),
        sa.Column("reason", sa.String(300)),
        sa.Column("reference", sa.String(200)),
        sa.Column("settled_at", Instant),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
        sa.CheckConstraint(
            "state IN ('owed', 'delivered', 'parked', 'dropped')", name=op.f("ck_outbox_state")
        ),
    )
    _index_where("due_at IS NOT NULL", "topic", "due_at")
    _index_where("settled_at IS NULL", "key", "sequence")
    _index_where("settled_at IS NOT NULL", "settled_at")
    op.create_table(
        "inbox",
        sa.Column("sender", sa.String(200), primary_key=True),
        sa.Column("message_id", sa.String(300), primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("until", Instant, nullable=False),
    )
    op.create_table(
        "workers",
        sa.Column("worker_id", sa.String(80), primary_key=True),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("beat_at", Instant, nullable=False),
    )


def _index_where(condition: str, *columns: str) -> None:
    op.create_index(
        op.f(f"ix_outbox_{'_'.join(columns)}"),
        "outbox",
        list(columns),
        postgresql_where=sa.text(condition),
        sqlite_where=sa.text(condition),
    )


def downgrade() -> None:
    op.drop_table("workers")
    op.drop_table("leases")
    op.drop_table("inbox")
    op.drop_table("outbox")
