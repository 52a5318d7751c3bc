"""Credentials that services behind the broker want; each secret is kept sealed."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "broker_credentials",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("closed_at", Instant),
    )
    op.create_index(op.f("ix_broker_credentials_name"), "broker_credentials", ["name"])


def downgrade() -> None:
    op.drop_table("broker_credentials")
