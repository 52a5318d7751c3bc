"""Versions of services that nobody may call for the time being."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.add_column("broker_services", sa.Column("blocked_at", Instant))
    op.add_column("broker_services", sa.Column("block_reason", sa.Text))


def downgrade() -> None:
    op.drop_column("broker_services", "block_reason")
    op.drop_column("broker_services", "blocked_at")
