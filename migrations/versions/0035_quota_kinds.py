"""What a quota is for: it decides by which fault its callers are told."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("quotas", sa.Column("kind", sa.String(8), nullable=False, server_default="usual"))


def downgrade() -> None:
    op.drop_column("quotas", "kind")
