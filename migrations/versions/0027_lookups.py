"""Who asked which national service about what, and why."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "lookups",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("service", sa.String(32), nullable=False),
        sa.Column("operation", sa.String(48), nullable=False),
        sa.Column("client_id", sa.String(100), nullable=False),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("unit", sa.String(35), nullable=False),
        sa.Column("officer", sa.String(100)),
        sa.Column("purpose", sa.Text),
        sa.Column("dossier", sa.String(50), sa.ForeignKey("dossiers.code")),
        sa.Column("stated_reason", sa.Text),
        sa.Column("grant_id", sa.String(36)),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("answered_at", Instant),
    )
    op.create_index("ix_lookups_dossier", "lookups", ["dossier"])
    op.create_index("ix_lookups_about", "lookups", ["about"])
    op.create_index("ix_lookups_unit_asked_at", "lookups", ["unit", "asked_at"])


def downgrade() -> None:
    op.drop_table("lookups")
