"""Members and procedures of the catalogue."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Json

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("code", sa.String(35), primary_key=True),
        sa.Column("qcvn", sa.String(35)),
        sa.Column("root", sa.String(35), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("parent", sa.String(35)),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        sa.Column("successor", sa.String(35)),
        sa.Column("folded", sa.Text, nullable=False),
        sa.UniqueConstraint("qcvn", name=op.f("uq_members_qcvn")),
    )
    op.create_index(op.f("ix_members_root"), "members", ["root"])
    op.create_index(op.f("ix_members_parent"), "members", ["parent"])
    op.create_table(
        "procedures",
        sa.Column("code", sa.String(50), primary_key=True),
        sa.Column("national_code", sa.String(8), nullable=False),
        sa.Column("name", sa.String(1000), nullable=False),
        sa.Column("sector_code", sa.String(50), nullable=False),
        sa.Column("sector_name", sa.String(300), nullable=False),
        sa.Column("agency", sa.String(35)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("record", Json, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
    )
    op.create_index(op.f("ix_procedures_national_code"), "procedures", ["national_code"])
    op.create_index(op.f("ix_procedures_sector_code"), "procedures", ["sector_code"])


def downgrade() -> None:
    op.drop_table("procedures")
    op.drop_table("members")
