"""How many dossiers made use of business data; what was counted before has none of it."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

_TABLES = ("dossier_tally_entries", "dossier_tallies")


def upgrade() -> None:
    for table in _TABLES:
        business = sa.Column("business", sa.BigInteger, nullable=False, server_default="0")
        op.add_column(table, business)


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "business")
