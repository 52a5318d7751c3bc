"""Lists and words by which documents are found, and the feed of what happens to them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.catalogue.domain import fold
from app.codes import AgencyCode
from app.documents.store.searching import words_of
from app.platform.schema import Instant, Serial

revision = "0009"
down_revision = "0008"

_AT_ONCE = 500


def upgrade() -> None:
    _create_shelves()
    _create_words()
    _create_events()
    _find()
    _tell()


def _create_shelves() -> None:
    op.create_table(
        "document_shelves",
        sa.Column("direction", sa.String(8), primary_key=True),
        sa.Column("member", sa.String(35), primary_key=True),
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), primary_key=True),
    )
    op.create_index("ix_document_shelves_document", "document_shelves", ["document"])


def _create_words() -> None:
    word = sa.String(60).with_variant(sa.String(60, collation="C"), "postgresql")
    op.create_table(
        "document_words",
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("field", sa.String(8), primary_key=True),
        sa.Column("word", word, primary_key=True),
    )
    op.create_index("ix_document_words_word", "document_words", ["field", "word", "document"])


def _create_events() -> None:
    op.create_table(
        "document_events",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        sa.Column("position", sa.BigInteger),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("document", sa.String(36), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("sender", sa.String(35), nullable=False),
        sa.Column("recipient", sa.String(35), nullable=False),
        sa.Column("route", sa.String(8), nullable=False),
        sa.Column("code", sa.String(2)),
        sa.Column("reason", sa.Text),
        sa.Column("at", Instant, nullable=False),
        sa.UniqueConstraint("position"),
    )
    op.create_index("ix_document_events_document", "document_events", ["document"])
    op.create_index(
        "ix_document_events_unplaced",
        "document_events",
        ["number"],
        postgresql_where=sa.text("position IS NULL"),
        sqlite_where=sa.text("position IS NULL"),
    )


def _find() -> None:
    """Put the documents that are there on their lists, and make them findable."""
    rows = op.get_bind().execute(
        sa.text(
            "SELECT id, from_code, subject, number, notation, document_id, type_name FROM documents"
        )
    )
    sent, words = set(), set()
    for row in rows.all():
        said = (row.subject, row.number, row.notation, row.document_id)
        text = words_of(" ".join(part for part in said if part))
        words |= {(row.id, "text", word) for word in text}
        if row.type_name:
            words.add((row.id, "type", fold(row.type_name)[:60]))
        sent |= {("sent", code, row.id) for code in _above(row.from_code)}
    here = op.get_bind().execute(
        sa.text("SELECT document, code FROM document_recipients WHERE route <> 'axis'")
    )
    for row in here.all():
        sent |= {("received", code, row.document) for code in _above(row.code)}
    _insert("document_shelves", ("direction", "member", "document"), sorted(sent))
    _insert("document_words", ("document", "field", "word"), sorted(words))


def _above(code: str) -> Sequence[str]:
    return [code, *AgencyCode(code).ancestors]


def _insert(table: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    target: Any = sa.table(table, *(sa.column(name) for name in columns))
    for start in range(0, len(rows), _AT_ONCE):
        part = [dict(zip(columns, row, strict=True)) for row in rows[start : start + _AT_ONCE]]
        op.get_bind().execute(sa.insert(target), part)


def _tell() -> None:
    """Tell what is known of what happened before: arrivals and statuses, in their order."""
    op.execute(
        "INSERT INTO document_events (kind, document, sender, recipient, route, code, reason, at) "
        "SELECT CASE WHEN s.source = 'automatic' AND s.code = '01' THEN 'arrived' ELSE 'status' "
        "END, s.document, d.from_code, s.recipient, r.route, s.code, s.reason, s.recorded_at "
        "FROM document_statuses s JOIN documents d ON d.id = s.document "
        "JOIN document_recipients r ON r.document = s.document AND r.code = s.recipient "
        "ORDER BY s.number"
    )


def downgrade() -> None:
    for name in ("document_events", "document_words", "document_shelves"):
        op.drop_table(name)
