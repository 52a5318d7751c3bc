"""What came of tax notices by the national portal, and finding a notice by its number."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "tax_vouchers",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("identity", sa.String(64), nullable=False),
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("word", sa.String(10), nullable=False),
        sa.Column("notice", sa.String(100), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger),
        sa.Column("paid_at", Instant),
        sa.Column("status", sa.String(50), nullable=False),
        sa.Column("is_paid", sa.Boolean, nullable=False),
        sa.Column("payable_vnd", sa.BigInteger),
        sa.Column("exempted_vnd", sa.BigInteger),
        sa.Column("settled_vnd", sa.BigInteger),
        sa.Column("outstanding_vnd", sa.BigInteger),
        sa.Column("result", sa.String(100), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("noted_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name="fk_tax_vouchers_dossier_dossiers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tax_vouchers"),
        sa.UniqueConstraint("identity", name="uq_tax_vouchers_identity"),
    )
    op.create_index("ix_tax_vouchers_dossier", "tax_vouchers", ["dossier"])
    op.create_index("ix_tax_notices_number", "tax_notices", ["number"])


def downgrade() -> None:
    op.drop_index("ix_tax_notices_number", "tax_notices")
    op.drop_table("tax_vouchers")
