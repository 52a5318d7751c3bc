"""Notices, their followers, silences; tokens of messaging services; how far rows were read."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "cursors",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_cursors"),
    )
    op.create_table(
        "messaging_tokens",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("access_token", sa.LargeBinary, nullable=False),
        sa.Column("refresh_token", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("begun_with", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_messaging_tokens"),
    )
    _notices()
    _followers()


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("number", Serial, autoincrement=True, nullable=False),
        sa.Column("notice_id", sa.String(36), nullable=False),
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("agency", sa.String(35), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("audience", sa.String(50), nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(100)),
        sa.Column("channel", sa.String(5)),
        sa.Column("recipient", sa.String(200)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sent_at", Instant),
        sa.Column("merged_into", sa.String(36)),
        sa.PrimaryKeyConstraint("number", name="pk_notices"),
        sa.UniqueConstraint("notice_id", name="uq_notices_notice_id"),
        sa.UniqueConstraint("step", "audience", name="uq_notices_step_audience"),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.code"], name="fk_notices_dossier_dossiers"),
    )
    op.create_index("ix_notices_agency", "notices", ["agency"])
    op.create_index("ix_notices_dossier", "notices", ["dossier", "audience", "number"])


def _followers() -> None:
    op.create_table(
        "notice_followers",
        sa.Column("follower_id", sa.String(36), nullable=False),
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("channel", sa.String(5), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("recipient", sa.String(200), nullable=False),
        sa.Column("code_until", Instant, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("confirmed_at", Instant),
        sa.Column("ended_at", Instant),
        sa.PrimaryKeyConstraint("follower_id", name="pk_notice_followers"),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name="fk_notice_followers_dossier_dossiers"
        ),
    )
    op.create_index("ix_notice_followers_dossier", "notice_followers", ["dossier"])
    op.create_table(
        "notice_silences",
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("dossier", name="pk_notice_silences"),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name="fk_notice_silences_dossier_dossiers"
        ),
    )


def downgrade() -> None:
    for table in ("notice_silences", "notice_followers", "notices", "messaging_tokens", "cursors"):
        op.drop_table(table)
