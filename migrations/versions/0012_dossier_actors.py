"""Who made each step of a dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("dossier_progress", sa.Column("actor", sa.String(8)))


def downgrade() -> None:
    op.drop_column("dossier_progress", "actor")
