"""Payments on the national platform."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "payment_orders",
        sa.Column("reference", sa.String(100), primary_key=True),
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("traded_at", sa.String(14), nullable=False),
        sa.Column("payer_ip", sa.String(45), nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("transaction_id", sa.String(100)),
        sa.Column("bank", sa.String(100)),
        sa.Column("settled_at", Instant),
        sa.Column("unrecorded", sa.String(60)),
        sa.Column("ask_at", Instant),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name=op.f("fk_payment_orders_dossier_dossiers")
        ),
    )
    op.create_index(op.f("ix_payment_orders_dossier"), "payment_orders", ["dossier"])
    op.create_index(op.f("ix_payment_orders_ask_at"), "payment_orders", ["ask_at"])


def downgrade() -> None:
    op.drop_table("payment_orders")
