"""How often a member was changed; whom an update gave a document, in duties and statistics."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.documents.domain.duties import day_of, end_of
from app.platform.schema import Instant

revision = "0023"
down_revision = "0021"

_UPDATE = 2
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
_documents = sa.table(
    "documents",
    *map(sa.column, ("id", "business", "priority", "from_code", "origin")),
    sa.column("header", sa.JSON),
    sa.column("due_on", sa.Date),
    sa.column("created_at", Instant),
)
_recipients = sa.table(
    "document_recipients",
    *map(sa.column, ("document", "code", "route", "role")),
    sa.column("withdrawn_at", Instant),
)
_statuses = sa.table(
    "document_statuses",
    *map(sa.column, ("document", "recipient", "code")),
    sa.column("happened_at", Instant),
)
_facts = sa.table("document_facts", *map(sa.column, ("document", "month", "has_paper")))
_dealings = sa.table(
    "document_dealings",
    *map(sa.column, ("document", "recipient", "original", "route", "urgency")),
    sa.column("due_on", sa.Date),
    sa.column("arrived_on", sa.Date),
    *(sa.column(name, Instant) for name in _TIMES),
)


def upgrade() -> None:
    op.add_column("members", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.add_column("document_dealings", sa.Column("original", sa.String(36)))
    bind = op.get_bind()
    updates = sa.select(_documents).where(_documents.c.business == _UPDATE)
    for update in bind.execute(updates).all():
        header = json.loads(update.header) if isinstance(update.header, str) else update.header
        paper = bool((header.get("business") or {}).get("has_paper"))
        month = f"{day_of(update.created_at):%Y-%m}"
        row = {"document": update.id, "month": month, "has_paper": paper}
        bind.execute(sa.insert(_facts).values(row))
        _deal(update)


def _deal(update: sa.Row[Any]) -> None:
    """Follow an update at those whom it added."""
    bind = op.get_bind()
    added = sa.select(_recipients).where(
        _recipients.c.document == update.id, _recipients.c.role == "added"
    )
    for one in bind.execute(added).all():
        known = _times(update, one)
        row = {
            "document": update.id,
            "recipient": one.code,
            "original": _original(update),
            "route": one.route,
            "urgency": update.priority or 0,
            "due_on": update.due_on,
            "arrived_on": day_of(known["arrived_at"]) if "arrived_at" in known else None,
            **{name: known.get(name) for name in _TIMES},
        }
        bind.execute(sa.insert(_dealings).values(row))


def _times(update: sa.Row[Any], one: sa.Row[Any]) -> dict[str, datetime]:
    said = sa.select(_statuses).where(
        _statuses.c.document == update.id, _statuses.c.recipient == one.code
    )
    known: dict[str, datetime] = {}
    for status in op.get_bind().execute(said).all():
        for name in _SAYS.get(status.code, ()):
            known[name] = min(known.get(name, status.happened_at), status.happened_at)
    if one.route != "axis":
        known.setdefault("arrived_at", update.created_at)
    if one.withdrawn_at is not None:
        known.setdefault("closed_at", one.withdrawn_at)
    if "arrived_at" in known:
        known["confirm_by"] = end_of(day_of(known["arrived_at"]))
    return known


def _original(update: sa.Row[Any]) -> str | None:
    own = (
        sa.select(_documents.c.id)
        .where(
            _documents.c.from_code == update.from_code,
            _documents.c.origin == update.origin,
            _documents.c.business.in_([0, 3]),
        )
        .order_by(_documents.c.id)
        .limit(1)
    )
    found: str | None = op.get_bind().execute(own).scalar_one_or_none()
    return found


def downgrade() -> None:
    updates = sa.select(_documents.c.id).where(_documents.c.business == _UPDATE)
    for table in (_dealings, _facts):
        op.execute(sa.delete(table).where(table.c.document.in_(updates)))
    op.drop_column("document_dealings", "original")
    op.drop_column("members", "version")
