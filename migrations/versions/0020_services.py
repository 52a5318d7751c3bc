"""Services, decisions on them, and their periods; opinions; indexes for public lists."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0020"
down_revision = "0019"

_IN_HAND = "status IN ('accepted', 'processing', 'payment_requested')"


def upgrade() -> None:
    op.create_table(
        "services",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("procedure", sa.String(50), nullable=False),
        sa.Column("agency", sa.String(35), nullable=False),
        sa.UniqueConstraint("procedure", "agency", name=op.f("uq_services_procedure_agency")),
    )
    op.create_index(op.f("ix_services_agency"), "services", ["agency"])
    op.create_table(
        "service_decisions",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("service", Serial, nullable=False),
        sa.Column("paper_number", sa.String(100), nullable=False),
        sa.Column("signed_on", sa.Date, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("supersedes", Serial),
        sa.Column("content", Json, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        _key("service_decisions", "service", "services"),
        _key("service_decisions", "supersedes", "service_decisions"),
        sa.UniqueConstraint(
            "service",
            "paper_number",
            "effective_from",
            name=op.f("uq_service_decisions_service_paper_number_effective_from"),
        ),
    )
    _periods()
    _opinions()
    op.create_index(op.f("ix_evidence_client_id_number"), "evidence", ["client_id", "number"])
    op.create_index(op.f("ix_dossiers_finished_at"), "dossiers", ["finished_at"])
    op.create_index(
        "ix_dossiers_in_hand",
        "dossiers",
        ["due_at", "agency"],
        postgresql_where=sa.text(_IN_HAND),
        sqlite_where=sa.text(_IN_HAND),
    )


def _periods() -> None:
    flags = (
        "is_open", "on_national_portal", "by_post", "online_payment", "is_priority", "is_chosen",
    )  # fmt: skip
    op.create_table(
        "service_periods",
        sa.Column("service", Serial, primary_key=True, autoincrement=False),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("valid_to", sa.Date),
        sa.Column("decision", Serial, nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in flags),
        _key("service_periods", "service", "services"),
        _key("service_periods", "decision", "service_decisions"),
    )


def _opinions() -> None:
    op.create_table(
        "opinions",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("tracking_code", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("agency", sa.String(35), nullable=False),
        sa.Column("dossier", sa.String(50)),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("sender", Json, nullable=False),
        sa.Column("at_counter", sa.Boolean, nullable=False),
        sa.Column("received_at", Instant, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("reply", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("answered_by", sa.String(200)),
        sa.Column("answered_at", Instant),
        sa.Column("score", sa.SmallInteger),
        sa.UniqueConstraint("code", name=op.f("uq_opinions_code")),
    )
    op.create_index(op.f("ix_opinions_agency"), "opinions", ["agency"])


def _key(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.number"], name=name)


def downgrade() -> None:
    op.drop_index("ix_dossiers_in_hand", "dossiers")
    op.drop_index(op.f("ix_dossiers_finished_at"), "dossiers")
    op.drop_index(op.f("ix_evidence_client_id_number"), "evidence")
    op.drop_table("opinions")
    op.drop_table("service_periods")
    op.drop_table("service_decisions")
    op.drop_table("services")
