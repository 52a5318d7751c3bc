"""How documents fare: the facts from which duties and statistics are drawn."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.calendars.domain import WorkingHours
from app.calendars.store import calendar_of
from app.documents.domain.duties import DutyState, day_of, end_of, sending
from app.platform.schema import Instant

revision = "0010"
down_revision = "0009"

_is_working = calendar_of((), WorkingHours()).is_working
_TIMES = ("arrived_at", "confirm_by", "confirmed_at", "refused_at", "finished_at", "closed_at")
_SAYS = {
    "01": ("arrived_at",),
    "02": ("confirmed_at", "refused_at", "closed_at"),
    "03": ("confirmed_at",),
    "04": ("confirmed_at",),
    "05": ("confirmed_at",),
    "06": ("confirmed_at", "finished_at", "closed_at"),
    "15": ("closed_at",),
}

_facts = sa.table("document_facts", *map(sa.column, ("document", "month", "has_paper", "is_late")))
_dealings = sa.table(
    "document_dealings",
    *map(sa.column, ("document", "recipient", "route", "urgency")),
    sa.column("due_on", sa.Date),
    sa.column("arrived_on", sa.Date),
    *(sa.column(name, Instant) for name in _TIMES),
)
_documents = sa.table(
    "documents",
    *map(sa.column, ("id", "business", "priority", "from_code", "document_id")),
    sa.column("header", sa.JSON),
    sa.column("due_on", sa.Date),
    sa.column("promulgated_on", sa.Date),
    sa.column("created_at", Instant),
)
_recipients = sa.table(
    "document_recipients", *map(sa.column, ("number", "document", "code", "route"))
)
_statuses = sa.table(
    "document_statuses",
    *map(sa.column, ("number", "document", "recipient", "code")),
    sa.column("happened_at", Instant),
)


def upgrade() -> None:
    _create_facts()
    _create_dealings()
    _create_checks()
    bind = op.get_bind()
    own = bind.execute(sa.select(_documents).where(_documents.c.business.in_((0, 3)))).all()
    for document in own:
        bind.execute(sa.insert(_facts).values(_facts_of(document)))
    _deal({document.id: document for document in own})


def _create_facts() -> None:
    op.create_table(
        "document_facts",
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("has_paper", sa.Boolean, nullable=False),
        sa.Column("is_late", sa.Boolean),
    )
    op.create_index(op.f("ix_document_facts_month"), "document_facts", ["month"])


def _create_dealings() -> None:
    op.create_table(
        "document_dealings",
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("recipient", sa.String(35), primary_key=True),
        sa.Column("route", sa.String(8), nullable=False),
        sa.Column("urgency", sa.SmallInteger, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("arrived_on", sa.Date),
        *(sa.Column(name, Instant) for name in _TIMES),
    )
    op.create_index(op.f("ix_document_dealings_arrived_on"), "document_dealings", ["arrived_on"])
    op.create_index(
        "ix_document_dealings_open",
        "document_dealings",
        ["recipient", "urgency"],
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )


def _create_checks() -> None:
    op.create_table(
        "document_checks",
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("is_due", sa.Boolean, nullable=False),
        sa.Column("checked_at", Instant),
        sa.Column("packet", sa.String(12)),
        sa.Column("value", sa.String(16)),
        sa.Column("by_organisation", sa.Boolean),
        sa.Column("by_person", sa.Boolean),
    )
    op.create_index(
        "ix_document_checks_due",
        "document_checks",
        ["document"],
        postgresql_where=sa.text("is_due"),
        sqlite_where=sa.text("is_due"),
    )
    op.create_table(
        "document_seals",
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("signatory", sa.String(12)),
        sa.Column("signer", sa.Text),
        sa.Column("signed_at", Instant),
        sa.Column("certificate", sa.String(64)),
    )
    # Documents that are here already are looked at like new ones.
    op.execute("INSERT INTO document_checks (document, is_due) SELECT id, true FROM documents")


def _facts_of(document: sa.Row[Any]) -> dict[str, Any]:
    header = document.header
    said = (json.loads(header) if isinstance(header, str) else header).get("business") or {}
    late = None
    if document.promulgated_on is not None:
        duty = sending(
            document.promulgated_on,
            document.created_at,
            is_urgent=bool(document.priority),
            is_working=_is_working,
        )
        late = duty.state is DutyState.LATE
    return {
        "document": document.id,
        "month": f"{day_of(document.created_at):%Y-%m}",
        "has_paper": bool(said.get("has_paper")),
        "is_late": late,
    }


def _deal(own: dict[str, sa.Row[Any]]) -> None:
    bind = op.get_bind()
    times: dict[tuple[str, str], dict[str, datetime]] = {}
    for status in bind.execute(sa.select(_statuses).order_by(_statuses.c.number)).all():
        known = times.setdefault((status.document, status.recipient), {})
        for name in _SAYS.get(status.code, ()):
            known[name] = min(known.get(name, status.happened_at), status.happened_at)
    for one in bind.execute(sa.select(_recipients).order_by(_recipients.c.number)).all():
        document = own.get(one.document)
        if document is None:
            continue
        known = times.get((one.document, one.code), {})
        if one.route != "axis":
            known.setdefault("arrived_at", document.created_at)
        if "arrived_at" in known:
            known["confirm_by"] = end_of(day_of(known["arrived_at"]))
        row = {
            "document": one.document,
            "recipient": one.code,
            "route": one.route,
            "urgency": document.priority or 0,
            "due_on": document.due_on,
            "arrived_on": day_of(known["arrived_at"]) if "arrived_at" in known else None,
            **{name: known.get(name) for name in _TIMES},
        }
        bind.execute(sa.insert(_dealings).values(row))


def downgrade() -> None:
    for name in ("document_seals", "document_checks", "document_dealings"):
        op.drop_table(name)
    op.drop_table("document_facts")
