"""Documents sent and received, their recipients, statuses and files; contents in parts."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _create_blobs()
    _create_documents()
    _create_recipients()
    _create_statuses()
    op.create_table(
        "attachments",
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content_type", sa.String(100), nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blobs.sha256"), nullable=False),
    )
    op.create_index(op.f("ix_attachments_sha256"), "attachments", ["sha256"])


def _create_blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
    )
    op.create_table(
        "blob_parts",
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blobs.sha256"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("from_code", sa.String(35), nullable=False),
        sa.Column("from_spelling", sa.String(35), nullable=False),
        sa.Column("from_name", sa.Text),
        sa.Column("document_id", sa.String(200), nullable=False),
        sa.Column("business", sa.SmallInteger, nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("notation", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("promulgated_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("type_code", sa.Integer),
        sa.Column("type_name", sa.Text),
        sa.Column("priority", sa.SmallInteger),
        sa.Column("header", Json, nullable=False),
        sa.Column("packet", sa.String(64), sa.ForeignKey("blobs.sha256"), nullable=False),
        sa.Column("packet_size", sa.BigInteger, nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.UniqueConstraint("from_code", "document_id", "business", "edition"),
    )
    op.create_index(op.f("ix_documents_from_code"), "documents", ["from_code"])


def _create_recipients() -> None:
    op.create_table(
        "document_recipients",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("code", sa.String(35), nullable=False),
        sa.Column("spelling", sa.String(35), nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("route", sa.String(8), nullable=False),
        sa.Column("delivery", sa.String(12), nullable=False),
        sa.Column("transport_id", sa.String(100)),
        sa.Column("reason", sa.String(300)),
        sa.Column("progress", sa.String(2)),
        sa.Column("recall", sa.String(8), nullable=False),
        sa.Column("status_at", Instant),
        sa.UniqueConstraint("document", "code"),
    )
    op.create_index(op.f("ix_document_recipients_code"), "document_recipients", ["code"])


def _create_statuses() -> None:
    op.create_table(
        "document_statuses",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("recipient", sa.String(35), nullable=False),
        sa.Column("code", sa.String(2), nullable=False),
        sa.Column("happened_at", Instant, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("staff", sa.Text),
        sa.Column("department", sa.Text),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("is_unexpected", sa.Boolean, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("packet", sa.String(64), sa.ForeignKey("blobs.sha256")),
        sa.Column("owed_id", sa.String(36)),
        sa.Column("delivery", sa.String(12)),
        sa.Column("transport_id", sa.String(100)),
        sa.Column("delivery_reason", sa.String(300)),
        sa.UniqueConstraint("owed_id"),
    )
    op.create_index(op.f("ix_document_statuses_document"), "document_statuses", ["document"])


def downgrade() -> None:
    for name in ("attachments", "document_statuses", "document_recipients", "documents"):
        op.drop_table(name)
    op.drop_table("blob_parts")
    op.drop_table("blobs")
