"""The broker's register: shared services, their descriptions, grants, requests, its revision."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    _services()
    _descriptions()
    _grants()
    _requests()
    op.create_table(
        "broker_revisions",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
    )


def _services() -> None:
    op.create_table(
        "broker_services",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("context", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(35), nullable=False),
        sa.Column("tenant", sa.String(35), nullable=False),
        sa.Column("shared_with", Json, nullable=False),
        sa.Column("protocol", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("is_default", sa.Boolean, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("contact", Json, nullable=False),
        sa.Column("personal_data", sa.String(16), nullable=False),
        sa.Column("route", sa.String(16), nullable=False),
        sa.Column("subsystem", sa.String(64), nullable=False),
        sa.Column("upstreams", Json, nullable=False),
        sa.Column("operations", Json, nullable=False),
        sa.Column("timeout_seconds", sa.Float, nullable=False),
        sa.Column("max_body_bytes", sa.BigInteger, nullable=False),
        sa.Column("credential", sa.String(64)),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("published_at", Instant),
        sa.Column("deprecated_on", sa.Date),
        sa.Column("retired_on", sa.Date),
        sa.Column("description_digest", sa.String(64)),
        sa.UniqueConstraint("code", "version", name=op.f("uq_broker_services_code_version")),
    )
    _indexes("broker_services", "context", "tenant")


def _descriptions() -> None:
    op.create_table(
        "broker_descriptions",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("service", Serial, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("media_type", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("summary", Json, nullable=False),
        sa.Column("changes", Json, nullable=False),
        sa.Column("imported_at", Instant, nullable=False),
        sa.Column("imported_by", sa.String(80), nullable=False),
        _key("broker_descriptions"),
    )
    _indexes("broker_descriptions", "service")


def _grants() -> None:
    op.create_table(
        "broker_grants",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(80), nullable=False),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("service", Serial, nullable=False),
        *_terms(),
        sa.Column("given_at", Instant, nullable=False),
        sa.Column("suspended_at", Instant),
        sa.Column("revoked_at", Instant),
        sa.Column("reason", sa.Text),
        sa.Column("request", sa.String(36)),
        sa.UniqueConstraint("id", name=op.f("uq_broker_grants_id")),
        _key("broker_grants"),
    )
    _indexes("broker_grants", "client_id", "service")


def _requests() -> None:
    op.create_table(
        "broker_requests",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(80), nullable=False),
        sa.Column("member", sa.String(35), nullable=False),
        sa.Column("service", Serial, nullable=False),
        *_terms(),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided_at", Instant),
        sa.Column("decided_by", sa.String(80)),
        sa.Column("reasons", sa.Text),
        sa.Column("granted_as", sa.String(36)),
        sa.UniqueConstraint("id", name=op.f("uq_broker_requests_id")),
        _key("broker_requests"),
    )
    _indexes("broker_requests", "client_id", "service")
    name = op.f("ix_broker_requests_state_due_at")
    op.create_index(name, "broker_requests", ["state", "due_at"])


def _terms() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("operations", Json, nullable=False),
        sa.Column("purpose", sa.String(500), nullable=False),
        sa.Column("legal_basis", sa.String(500), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("cache_seconds", sa.Integer, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
    )


def _key(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_service_broker_services")
    return sa.ForeignKeyConstraint(["service"], ["broker_services.number"], name=name)


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    op.drop_table("broker_revisions")
    op.drop_table("broker_requests")
    op.drop_table("broker_grants")
    op.drop_table("broker_descriptions")
    op.drop_table("broker_services")
