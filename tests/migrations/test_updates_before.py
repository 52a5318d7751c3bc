"""Updates that were there before whom they gave a document was followed and counted."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection

from app.platform.migration import configuration
from tests.engines import Engines
from tests.migrations.test_documents_before import AT, BLOB, _document, _insert
from tests.migrations.test_migrations import run


def _recipient(connection: Connection, document: str, code: str, **changes: Any) -> None:
    row = {"spelling": code, "route": "local", "delivery": "delivered", "recall": "none"}
    row |= {"document": document, "code": code} | changes
    _insert(connection, "document_recipients", **row)


def _fill(connection: Connection) -> None:
    command.upgrade(configuration(connection), "0016")
    _insert(connection, "blobs", sha256=BLOB, size=1, created_at=AT, is_complete=True)
    _document(connection, "first", origin="D-first")
    _document(connection, "update", origin="D-first", business=2, edition=BLOB)
    _recipient(connection, "first", "H38.61")
    _recipient(connection, "update", "H38.61", role="to")
    _recipient(connection, "update", "H38.62", role="added")
    _recipient(connection, "update", "H53", role="added", route="axis")
    _insert(
        connection,
        "document_statuses",
        document="update",
        recipient="H38.62",
        code="03",
        happened_at=AT,
        source="member",
        is_unexpected=False,
        recorded_at=AT,
    )


def test_whom_they_added_is_followed_from_then_on(engines: Engines, engine: str) -> None:
    def act(connection: Connection) -> list[Any]:
        _fill(connection)
        command.upgrade(configuration(connection), "0023")
        dealings = "recipient, original, arrived_on, confirmed_at, urgency FROM document_dealings"
        facts = "document, month, has_paper, is_late FROM document_facts"
        found = [
            connection.execute(sa.text(f"SELECT {what} ORDER BY 1")).all()
            for what in (dealings, facts)
        ]
        command.downgrade(configuration(connection), "-1")
        left = sa.text("SELECT count(*) FROM document_facts")
        return [*found, connection.execute(left).scalar_one()]

    dealings, facts, left = run(engines.empty(engine), act)
    day = str(date(2026, 11, 2))
    assert [(row[0], row[1], str(row[2]), row[3] is not None, row[4]) for row in dealings] == [
        ("H38.62", "first", day, True, 1),
        ("H53", "first", "None", False, 1),
    ]
    assert [(row[0], row[1], bool(row[2]), row[3]) for row in facts] == [
        ("update", "2026-11", True, None)
    ]
    assert left == 0
