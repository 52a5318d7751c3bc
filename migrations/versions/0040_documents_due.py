"""What finds the documents that are due, however many stay open."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

_OPEN = sa.text("closed_at IS NULL AND due_on IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_document_dealings_due",
        "document_dealings",
        ["due_on"],
        postgresql_where=_OPEN,
        sqlite_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_document_dealings_due", "document_dealings")
