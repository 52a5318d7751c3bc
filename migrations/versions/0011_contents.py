"""Contents laid down ahead of their act, packets laid out around their files, and removal."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    complete = sa.Column("is_complete", sa.Boolean, nullable=False, server_default=sa.true())
    op.add_column("blobs", complete)
    op.add_column("blobs", sa.Column("loose_since", Instant))
    op.add_column("blobs", sa.Column("deposit", sa.String(36)))
    op.create_index(op.f("ix_blobs_loose_since"), "blobs", ["loose_since"])
    op.create_table(
        "blob_segments",
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blobs.sha256"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("start", sa.BigInteger, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("source", sa.String(64), sa.ForeignKey("blobs.sha256")),
        sa.Column("source_size", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("tail", sa.LargeBinary, nullable=False),
    )
    op.create_index(op.f("ix_blob_segments_source"), "blob_segments", ["source"])
    op.add_column("documents", sa.Column("released_at", Instant))
    op.create_index(op.f("ix_documents_packet"), "documents", ["packet"])
    op.create_index(op.f("ix_document_statuses_packet"), "document_statuses", ["packet"])


def downgrade() -> None:
    op.drop_index(op.f("ix_document_statuses_packet"), "document_statuses")
    op.drop_index(op.f("ix_documents_packet"), "documents")
    op.drop_column("documents", "released_at")
    op.drop_table("blob_segments")
    op.drop_index(op.f("ix_blobs_loose_since"), "blobs")
    for name in ("deposit", "loose_since", "is_complete"):
        op.drop_column("blobs", name)
