"""Accounts of provincial systems at the portal's façade, and their sessions."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "portal_accounts",
        sa.Column("username", sa.String(100), primary_key=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("client_id", sa.String(80), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.client_id"], name=op.f("fk_portal_accounts_client_id_clients")
        ),
    )
    op.create_table(
        "portal_sessions",
        sa.Column("session_hash", sa.String(64), primary_key=True),
        sa.Column("username", sa.String(100), nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["username"],
            ["portal_accounts.username"],
            name=op.f("fk_portal_sessions_username_portal_accounts"),
        ),
    )
    op.create_index(op.f("ix_portal_sessions_ends_at"), "portal_sessions", ["ends_at"])


def downgrade() -> None:
    op.drop_table("portal_sessions")
    op.drop_table("portal_accounts")
