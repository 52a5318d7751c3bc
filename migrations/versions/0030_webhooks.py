"""Webhooks: who is told what happens, and what was told."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "webhooks",
        sa.Column("webhook_id", sa.String(36), nullable=False),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("types", Json, nullable=False),
        sa.Column("description", sa.String(200), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("created_by", sa.String(100), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("after_step", sa.BigInteger, nullable=False),
        sa.Column("after_event", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", Instant),
        sa.Column("next_attempt_at", Instant),
        sa.Column("reason", sa.String(100)),
        sa.Column("delivered_at", Instant),
        sa.Column("disabled_at", Instant),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("former_secret", sa.LargeBinary),
        sa.Column("former_until", Instant),
        sa.PrimaryKeyConstraint("webhook_id", name="pk_webhooks"),
    )
    op.create_index("ix_webhooks_member", "webhooks", ["member"])
    _events()


def _events() -> None:
    op.create_table(
        "webhook_events",
        sa.Column("number", Serial, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("happened_at", Instant, nullable=False),
        sa.Column("parties", Json, nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_webhook_events"),
        sa.UniqueConstraint("event_id", name="uq_webhook_events_event_id"),
        sa.UniqueConstraint("source", name="uq_webhook_events_source"),
    )
    op.create_index("ix_webhook_events_recorded_at", "webhook_events", ["recorded_at"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("number", Serial, autoincrement=True, nullable=False),
        sa.Column("webhook", sa.String(36), nullable=False),
        sa.Column("event", Serial, nullable=False),
        sa.Column("message_id", sa.String(100), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("answer", sa.String(100)),
        sa.Column("owed_at", Instant, nullable=False),
        sa.Column("settled_at", Instant),
        sa.PrimaryKeyConstraint("number", name="pk_webhook_deliveries"),
        sa.UniqueConstraint("message_id", name="uq_webhook_deliveries_message_id"),
        sa.ForeignKeyConstraint(
            ["webhook"], ["webhooks.webhook_id"], name="fk_webhook_deliveries_webhook_webhooks"
        ),
        sa.ForeignKeyConstraint(
            ["event"], ["webhook_events.number"], name="fk_webhook_deliveries_event_webhook_events"
        ),
    )
    op.create_index("ix_webhook_deliveries_event", "webhook_deliveries", ["event"])
    op.create_index("ix_webhook_deliveries_webhook", "webhook_deliveries", ["webhook", "number"])


def downgrade() -> None:
    for table in ("webhook_deliveries", "webhook_events", "webhooks"):
        op.drop_table(table)
