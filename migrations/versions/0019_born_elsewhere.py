"""Dossiers born elsewhere: notices of the portal, files that came, pages where one files."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "portal_notices",
        sa.Column("reference", sa.String(50), primary_key=True),
        sa.Column("dossier", sa.String(50), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("received_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossiers.code"], name=op.f("fk_portal_notices_dossier_dossiers")
        ),
    )
    op.create_index(op.f("ix_portal_notices_dossier"), "portal_notices", ["dossier"])
    op.create_table(
        "received_files",
        sa.Column("file", sa.String(36), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["file"], ["dossier_files.id"], name=op.f("fk_received_files_file_dossier_files")
        ),
    )
    op.create_table(
        "filing_pages",
        sa.Column("agency", sa.String(35), primary_key=True),
        sa.Column("url", sa.String(1000), nullable=False),
        sa.Column("registered_at", Instant, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("filing_pages")
    op.drop_table("received_files")
    op.drop_index(op.f("ix_portal_notices_dossier"), "portal_notices")
    op.drop_table("portal_notices")
