"""How often a member was changed, which the axis's directory tells beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("members", sa.Column("version", sa.Integer, nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("members", "version")
