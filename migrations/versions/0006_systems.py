"""Systems that sign their calls, what lies in inboxes for them, and where calls may go."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Serial

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "systems",
        sa.Column("system_id", sa.String(70), primary_key=True),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("root", sa.String(35)),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("former_secret", sa.LargeBinary),
        sa.Column("former_until", Instant),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("unit", sa.String(35), nullable=False),
        sa.Column("kind", sa.String(6), nullable=False),
        sa.Column("status", sa.BigInteger, sa.ForeignKey("document_statuses.number"), unique=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("fails", sa.Integer, nullable=False),
        sa.Column("description", sa.String(300)),
        sa.Column("is_waiting", sa.Boolean, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
        sa.Column("received_at", Instant),
    )
    op.create_index("ix_deliveries_waiting", "deliveries", ["is_waiting", "unit", "kind"])
    op.create_index("ix_deliveries_document", "deliveries", ["document", "unit"])
    op.create_table(
        "destinations",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("dstcode", sa.String(200), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("closed_at", Instant),
    )
    op.create_index(op.f("ix_destinations_dstcode"), "destinations", ["dstcode"])


def downgrade() -> None:
    op.drop_table("destinations")
    op.drop_table("deliveries")
    op.drop_table("systems")
