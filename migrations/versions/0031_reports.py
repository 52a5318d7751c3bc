"""Reports of units and what is handed on; lists of priorities; opinions found by their times."""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "report_forms",
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("imported_at", Instant, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("form_version", sa.Integer, nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("agency", sa.String(35), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("accepted", sa.Integer),
        sa.Column("first_submitted_at", Instant),
        sa.Column("submitted_at", Instant),
        sa.Column("decided_at", Instant),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.UniqueConstraint("id", name=op.f("uq_reports_id")),
        sa.UniqueConstraint("form", "period", "agency", name=op.f("uq_reports_form_period_agency")),
    )
    op.create_index(op.f("ix_reports_agency"), "reports", ["agency"])
    op.create_table(
        "report_revisions",
        sa.Column("report", Serial, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("findings", Json, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("submitted_by", sa.String(80), nullable=False),
        sa.Column("submitted_at", Instant, nullable=False),
        sa.Column("decision", sa.String(9)),
        sa.Column("decided_by", sa.String(80)),
        sa.Column("decided_at", Instant),
        sa.Column("reasons", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.number"], name=op.f("fk_report_revisions_report_reports")
        ),
    )
    op.create_table(
        "report_handovers",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("agency", sa.String(35), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("missing", Json, nullable=False),
        sa.Column("missing_reason", sa.Text),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("reason", sa.String(300)),
        sa.Column("handed_by", sa.String(80), nullable=False),
        sa.Column("handed_at", Instant, nullable=False),
        sa.Column("delivered_at", Instant),
        sa.UniqueConstraint("id", name=op.f("uq_report_handovers_id")),
    )
    op.create_index(op.f("ix_report_handovers_form_period"), "report_handovers", ["form", "period"])
    op.create_table(
        "priority_lists",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("paper_number", sa.String(100), nullable=False),
        sa.Column("signed_on", sa.Date, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.UniqueConstraint("paper_number", name=op.f("uq_priority_lists_paper_number")),
    )
    op.create_table(
        "priorities",
        sa.Column("list", Serial, primary_key=True, autoincrement=False),
        sa.Column("procedure", sa.String(50), primary_key=True),
        sa.ForeignKeyConstraint(
            ["list"], ["priority_lists.number"], name=op.f("fk_priorities_list_priority_lists")
        ),
    )
    for column in ("received_at", "answered_at"):
        op.create_index(op.f(f"ix_opinions_{column}"), "opinions", [column])


def downgrade() -> None:
    for column in ("received_at", "answered_at"):
        op.drop_index(op.f(f"ix_opinions_{column}"), "opinions")
    for table in (
        "priorities",
        "priority_lists",
        "report_handovers",
        "report_revisions",
        "reports",
        "report_forms",
    ):
        op.drop_table(table)
