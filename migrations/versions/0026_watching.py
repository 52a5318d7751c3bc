"""Quotas and their windows; exchanges and their totals; opaque tokens, accounts of clients."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "quotas",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("client_id", sa.String(80), nullable=False),
        sa.Column("service", sa.String(100), nullable=False),
        sa.Column("operation", sa.String(511), nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("window_seconds", sa.Integer, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.UniqueConstraint(
            "client_id",
            "service",
            "operation",
            "window_seconds",
            name=op.f("uq_quotas_client_id_service_operation_window_seconds"),
        ),
    )
    op.create_index(op.f("ix_quotas_member"), "quotas", ["member"])
    op.create_table(
        "quota_windows",
        sa.Column("quota", sa.String(36), primary_key=True),
        sa.Column("subject", sa.String(80), primary_key=True),
        sa.Column("starts_at", Instant, primary_key=True),
        sa.Column("ends_at", Instant, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("slice", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_quota_windows_ends_at"), "quota_windows", ["ends_at"])
    _exchanges()
    _totals()
    _bearers()


def _exchanges() -> None:
    op.create_table(
        "exchanges",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("client_id", sa.String(80), nullable=False),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("trace_id", sa.String(32), nullable=False),
        sa.Column("service", sa.String(100), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("operation", sa.String(511), nullable=False),
        sa.Column("purpose", sa.String(500), nullable=False),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("sent_bytes", sa.BigInteger, nullable=False),
        sa.Column("received_bytes", sa.BigInteger, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("upstream_milliseconds", sa.Integer),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(80), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
    )
    op.create_index(op.f("ix_exchanges_at"), "exchanges", ["at"])
    op.create_index(op.f("ix_exchanges_request_id"), "exchanges", ["request_id"])
    op.create_index(op.f("ix_exchanges_member_number"), "exchanges", ["member", "number"])
    op.create_index(op.f("ix_exchanges_service_number"), "exchanges", ["service", "number"])


def _totals() -> None:
    op.create_table(
        "exchange_totals",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("member", sa.String(35), primary_key=True),
        sa.Column("client_id", sa.String(80), primary_key=True),
        sa.Column("service", sa.String(100), primary_key=True),
        sa.Column("operation", sa.String(511), primary_key=True),
        sa.Column("purpose", sa.String(500), primary_key=True),
        sa.Column("outcome", sa.String(20), primary_key=True),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("calls", "sent_bytes", "received_bytes", "milliseconds")
        ),
    )


def _bearers() -> None:
    op.add_column("clients", sa.Column("styles", Json, nullable=False, server_default="[]"))
    op.create_table(
        "bearers",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("scopes", sa.String(2000), nullable=False),
        sa.Column("issued_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
        sa.UniqueConstraint("id", name=op.f("uq_bearers_id")),
        _of_client("bearers"),
    )
    op.create_index(op.f("ix_bearers_expires_at"), "bearers", ["expires_at"])
    columns = ["client_id", "kind", "expires_at"]
    op.create_index(op.f("ix_bearers_client_id_kind_expires_at"), "bearers", columns)
    op.create_table(
        "client_accounts",
        sa.Column("client_id", sa.String(80), primary_key=True),
        sa.Column("username", sa.String(100), primary_key=True),
        sa.Column("password_hash", sa.String(64), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
        _of_client("client_accounts"),
    )


def _of_client(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_client_id_clients")
    return sa.ForeignKeyConstraint(["client_id"], ["clients.client_id"], name=name)


def downgrade() -> None:
    op.drop_table("client_accounts")
    op.drop_table("bearers")
    op.drop_column("clients", "styles")
    for table in ("exchange_totals", "exchanges", "quota_windows", "quotas"):
        op.drop_table(table)
