"""What each synchronisation of the catalogue changed."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "catalogue_syncs",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("difference", Json, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("catalogue_syncs")
