"""Documents that revoke, update, replace and answer others; statuses that came too early."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Serial

revision = "0008"
down_revision = "0006"

_RECIPIENT = (
    ("withdrawn_at", Instant),
    ("withdrawn_cause", sa.String(12)),
    ("withdrawn_by", sa.String(36)),
    ("replaced_by", sa.String(36)),
)


def upgrade() -> None:
    origin = sa.Column("origin", sa.String(200), nullable=False, server_default="")
    op.add_column("documents", origin)
    op.execute("UPDATE documents SET origin = document_id")
    op.create_index("ix_documents_origin", "documents", ["from_code", "origin"])
    role = sa.Column("role", sa.String(8), nullable=False, server_default="to")
    op.add_column("document_recipients", role)
    for name, kind in _RECIPIENT:
        op.add_column("document_recipients", sa.Column(name, kind))
    _create_links()
    _create_symbols()
    _create_waiting()


def _create_links() -> None:
    op.create_table(
        "document_links",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("relation", sa.String(8), nullable=False),
        sa.Column("document_id", sa.String(200), nullable=False),
        sa.Column("agency", sa.String(35)),
        sa.Column("recipient", sa.String(35), nullable=False),
        sa.Column("target", sa.String(36), sa.ForeignKey("documents.id")),
        sa.UniqueConstraint("document", "relation", "document_id", "recipient"),
    )
    op.create_index(op.f("ix_document_links_document_id"), "document_links", ["document_id"])
    op.create_index(op.f("ix_document_links_target"), "document_links", ["target"])


def _create_symbols() -> None:
    op.create_table(
        "document_symbols",
        sa.Column("member", sa.String(35), primary_key=True),
        sa.Column("year", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("symbol", sa.String(64), primary_key=True),
        sa.Column("document", sa.String(36), nullable=False),
    )


def _create_waiting() -> None:
    op.create_table(
        "waiting_statuses",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("axis", sa.String(100), nullable=False),
        sa.Column("doc_id", sa.String(100), nullable=False),
        sa.Column("sender", sa.String(35), nullable=False),
        sa.Column("document_id", sa.String(200), nullable=False),
        sa.Column("recipient", sa.String(35), nullable=False),
        sa.Column("code", sa.String(2), nullable=False),
        sa.Column("happened_at", Instant, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("staff", sa.Text),
        sa.Column("department", sa.Text),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("arrived_at", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.Column("gave_up_at", Instant),
        sa.UniqueConstraint("axis", "doc_id"),
    )
    op.create_index(op.f("ix_waiting_statuses_document_id"), "waiting_statuses", ["document_id"])


def downgrade() -> None:
    for name in ("waiting_statuses", "document_symbols", "document_links"):
        op.drop_table(name)
    for name, _ in reversed(_RECIPIENT):
        op.drop_column("document_recipients", name)
    op.drop_column("document_recipients", "role")
    op.drop_index("ix_documents_origin", "documents")
    op.drop_column("documents", "origin")
