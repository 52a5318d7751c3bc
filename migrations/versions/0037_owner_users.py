"""By which user id our Zalo Official Account knows the owner of a dossier, sealed."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_table(
        "notice_owner_users",
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("recipient", sa.String(200), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name="fk_notice_owner_users_dossier_dossiers"
        ),
        sa.PrimaryKeyConstraint("dossier", name="pk_notice_owner_users"),
    )


def downgrade() -> None:
    op.drop_table("notice_owner_users")
