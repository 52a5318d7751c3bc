"""Errands with national services, what was told of each, and how far feeds are read."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "errands",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("agency", sa.String(35), nullable=False),
        sa.Column("dossier", sa.String(50)),
        sa.Column("facts", Json, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("reference", sa.String(200)),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("told_at", Instant),
        sa.Column("status", sa.String(40)),
        sa.Column("status_name", sa.Text),
        sa.Column("status_at", Instant),
        sa.Column("result", Json),
        sa.Column("is_cancelling", sa.Boolean, nullable=False),
        sa.Column("look_at", Instant),
        sa.Column("looks", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.code"], name="fk_errands_dossier_dossiers"),
        sa.PrimaryKeyConstraint("id", name="pk_errands"),
        sa.UniqueConstraint("kind", "number", name="uq_errands_kind_number"),
    )
    for column in ("agency", "dossier", "look_at"):
        op.create_index(f"ix_errands_{column}", "errands", [column])
    op.create_table(
        "errand_events",
        sa.Column("errand", sa.String(36), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("happened_at", sa.String(40), nullable=False),
        sa.Column("noted_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["errand"], ["errands.id"], name="fk_errand_events_errand_errands"),
        sa.PrimaryKeyConstraint("errand", "event", name="pk_errand_events"),
    )
    op.create_table(
        "feed_cursors",
        sa.Column("feed", sa.String(40), nullable=False),
        sa.Column("cursor", sa.String(200), nullable=False),
        sa.Column("read_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("feed", name="pk_feed_cursors"),
    )


def downgrade() -> None:
    op.drop_table("feed_cursors")
    op.drop_table("errand_events")
    op.drop_table("errands")
