"""Files of dossiers, their owners to be found by, and searches for earlier results."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0017"
down_revision = "0016"

_OWNERS = {
    "sqlite": """
        UPDATE dossiers SET owner =
            json_extract(filing, '$.applicant.identity.kind') || ':' ||
            json_extract(filing, '$.applicant.identity.number')
    """,
    "postgresql": """
        UPDATE dossiers SET owner =
            (filing #>> '{applicant,identity,kind}') || ':' ||
            (filing #>> '{applicant,identity,number}')
    """,
}


def upgrade() -> None:
    op.add_column("dossiers", sa.Column("owner", sa.String(70)))
    op.execute(_OWNERS[op.get_bind().dialect.name])
    op.create_index(op.f("ix_dossiers_owner"), "dossiers", ["owner"])
    op.create_table(
        "dossier_files",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blobs.sha256"), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("dossier", sa.String(50), sa.ForeignKey("dossiers.code")),
        sa.Column("offered_at", Instant),
        sa.Column("fetched_at", Instant),
    )
    for name in ("sha256", "created_at", "dossier"):
        op.create_index(op.f(f"ix_dossier_files_{name}"), "dossier_files", [name])
    op.create_table(
        "result_searches",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("client_id", sa.String(100), nullable=False),
        sa.Column("owner", sa.String(70), nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("consent", sa.String(200), nullable=False),
        sa.Column("consented_at", Instant, nullable=False),
        sa.Column("searched_at", Instant, nullable=False),
        sa.Column("found", sa.Integer, nullable=False),
    )
    for name in ("owner", "searched_at"):
        op.create_index(op.f(f"ix_result_searches_{name}"), "result_searches", [name])


def downgrade() -> None:
    op.drop_table("result_searches")
    op.drop_table("dossier_files")
    op.drop_index(op.f("ix_dossiers_owner"), "dossiers")
    op.drop_column("dossiers", "owner")
