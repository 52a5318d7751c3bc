"""Clients, first answers, the evidence log and the triggers that keep it as it is."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0001"
down_revision = None

_SQLITE = """
CREATE TRIGGER evidence_no_{word} BEFORE {word} ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END
"""


def upgrade() -> None:
    op.create_table(
        "clients",
        sa.Column("client_id", sa.String(80), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
    )
    op.create_table(
        "first_answers",
        sa.Column("scope", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("status", sa.SmallInteger, nullable=False),
        sa.Column("headers", Json, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
    )
    op.create_index(op.f("ix_first_answers_subject"), "first_answers", ["subject"])
    op.create_index(op.f("ix_first_answers_created_at"), "first_answers", ["created_at"])
    op.create_table(
        "evidence",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("client_id", sa.String(80), nullable=False),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("outcome", sa.String(80), nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
    )
    op.create_index(op.f("ix_evidence_subject"), "evidence", ["subject"])
    op.create_table(
        "unauthenticated_refusals",
        sa.Column("minute", Instant, primary_key=True),
        sa.Column("reason", sa.String(80), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    _make_append_only()


def _make_append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE.format(word="UPDATE"))
        op.execute(_SQLITE.format(word="DELETE"))
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'evidence is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER evidence_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("unauthenticated_refusals")
    op.drop_table("evidence")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
    op.drop_table("first_answers")
    op.drop_table("clients")
