"""Dossiers, their progress, and the numbers given out per agency and day."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "dossiers",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("code", sa.String(50), nullable=False),
        sa.Column("tracking_code", sa.String(20), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("agency", sa.String(35), nullable=False),
        sa.Column("procedure", sa.String(50), nullable=False),
        sa.Column("received_at", Instant, nullable=False),
        sa.Column("filing", Json, nullable=False),
        sa.Column("finished_at", Instant),
        sa.Column("returned_at", Instant),
        sa.Column("rejected_at", Instant),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("national_state", sa.String(16), nullable=False),
        sa.Column("national_reason", sa.String(300)),
        sa.Column("national_delivered_at", Instant),
        sa.Column("national_owed_id", sa.String(36), nullable=False),
        sa.UniqueConstraint("code", name=op.f("uq_dossiers_code")),
    )
    for column in ("status", "agency", "received_at"):
        op.create_index(op.f(f"ix_dossiers_{column}"), "dossiers", [column])
    op.create_table(
        "dossier_progress",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("happened_at", Instant, nullable=False),
        sa.Column("staff_name", sa.String(50), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("staff_title", sa.String(200)),
        sa.Column("department", sa.String(300)),
        sa.Column("started_at", Instant),
        sa.Column("due_at", Instant),
        sa.ForeignKeyConstraint(
            ["dossier"],
            ["dossiers.code"],
            name=op.f("fk_dossier_progress_dossier_dossiers"),
        ),
    )
    op.create_index(op.f("ix_dossier_progress_dossier"), "dossier_progress", ["dossier"])
    op.create_table(
        "dossier_sequences",
        sa.Column("agency", sa.String(35), primary_key=True),
        sa.Column("day", sa.String(6), primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("dossier_sequences")
    op.drop_table("dossier_progress")
    op.drop_table("dossiers")
