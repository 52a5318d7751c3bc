"""Land: tax notices of dossiers, what the land system took itself, and who may call as it."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "tax_notices",
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("owner_name", sa.String(250), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("resulted_at", Instant, nullable=False),
        sa.Column("handled_by", sa.String(250), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("noted_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name="fk_tax_notices_dossier_dossiers"
        ),
        sa.PrimaryKeyConstraint("dossier", "number", name="pk_tax_notices"),
    )
    op.create_table(
        "land_receipts",
        sa.Column("system", sa.String(80), nullable=False),
        sa.Column("number", sa.String(50), nullable=False),
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("taken_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name="fk_land_receipts_dossier_dossiers"
        ),
        sa.PrimaryKeyConstraint("system", "number", name="pk_land_receipts"),
    )
    op.create_index("ix_land_receipts_dossier", "land_receipts", ["dossier"])
    op.create_table(
        "land_systems",
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
        sa.PrimaryKeyConstraint("name", name="pk_land_systems"),
        sa.UniqueConstraint("code_hash", name="uq_land_systems_code_hash"),
    )


def downgrade() -> None:
    op.drop_table("land_systems")
    op.drop_table("land_receipts")
    op.drop_table("tax_notices")
