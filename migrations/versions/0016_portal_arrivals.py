"""Dossiers that the national portal sent down, numbered in the order they came."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "portal_arrivals",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("arrived_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name=op.f("fk_portal_arrivals_dossier_dossiers")
        ),
        sa.UniqueConstraint("dossier", name=op.f("uq_portal_arrivals_dossier")),
    )


def downgrade() -> None:
    op.drop_table("portal_arrivals")
