"""Documents that were there before the feed, the search and the duties came."""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection

from app.platform.migration import configuration
from app.platform.schema import Instant
from tests.engines import Engines
from tests.migrations.test_migrations import run

AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
BLOB = "ab" * 32


def _table(name: str, *columns: str) -> Any:
    typed: dict[str, Any] = {
        "created_at": Instant, "happened_at": Instant, "recorded_at": Instant,
        "promulgated_on": sa.Date, "due_on": sa.Date, "header": sa.JSON,
        "is_unexpected": sa.Boolean,
    }  # fmt: skip
    return sa.table(name, *(sa.column(one, typed.get(one)) for one in columns))


def _insert(connection: Connection, name: str, **row: Any) -> None:
    connection.execute(sa.insert(_table(name, *row)).values(row))


def _document(connection: Connection, number: str, **changes: Any) -> None:
    row = {
        "id": number,
        "from_code": "H38.12",
        "from_spelling": "000.00.12.H38",
        "document_id": f"D-{number}",
        "business": 0,
        "edition": "",
        "number": "42",
        "notation": "SKTDL-VP",
        "subject": "Đôn đốc",
        "type_name": "Công văn",
        "promulgated_on": date(2026, 10, 28),
        "due_on": date(2026, 11, 20),
        "priority": 1,
        "header": {"business": {"has_paper": True}},
        "packet": BLOB,
        "packet_size": 1,
        "content_sha256": BLOB,
        "created_at": AT,
    }
    _insert(connection, "documents", **(row | changes))


def _recipient(connection: Connection, document: str, code: str, route: str) -> None:
    _insert(
        connection,
        "document_recipients",
        document=document,
        code=code,
        spelling=code,
        route=route,
        delivery="delivered",
        recall="none",
    )


def _status(connection: Connection, code: str, source: str) -> None:
    _insert(
        connection,
        "document_statuses",
        document="first",
        recipient="H38.61.02",
        code=code,
        happened_at=AT,
        source=source,
        is_unexpected=False,
        recorded_at=AT,
    )


def _fill(connection: Connection) -> None:
    command.upgrade(configuration(connection), "0005")
    _insert(connection, "blobs", sha256=BLOB, size=1, created_at=AT)
    _document(connection, "first")
    _document(connection, "second", business=1, from_code="G22", subject=None, type_name=None)
    _recipient(connection, "first", "H38.61.02", "local")
    _recipient(connection, "first", "G22", "axis")
    _recipient(connection, "second", "H38.12", "here")
    for code, source in (("01", "automatic"), ("03", "member"), ("06", "member")):
        _status(connection, code, source)
    command.upgrade(configuration(connection), "head")


def _rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_they_are_found_told_followed_and_looked_at(engines: Engines, engine: str) -> None:
    def act(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
        _fill(connection)
        return {
            name: _rows(connection, f"SELECT {what} ORDER BY 1, 2")
            for name, what in {
                "lists": "direction, member, document FROM document_shelves",
                "words": "word, document FROM document_words WHERE field = 'text' AND word = 'don'",
                "types": "word, document FROM document_words WHERE field = 'type'",
                "events": "number, kind, code FROM document_events",
                "facts": "document, month, has_paper, is_late FROM document_facts",
                "dealings": "recipient, route, arrived_on FROM document_dealings",
                "over": "recipient, 1 FROM document_dealings WHERE closed_at IS NOT NULL",
                "due": "document, is_due FROM document_checks",
            }.items()
        }

    found = run(engines.empty(engine), act)
    assert found["lists"] == [
        ("received", "H38", "first"), ("received", "H38", "second"),
        ("received", "H38.12", "second"), ("received", "H38.61", "first"),
        ("received", "H38.61.02", "first"), ("sent", "G22", "second"),
        ("sent", "H38", "first"), ("sent", "H38.12", "first"),
    ]  # fmt: skip
    assert found["words"] == [("don", "first")]
    assert found["types"] == [("cong van", "first")]
    assert [row[1:] for row in found["events"]] == [
        ("arrived", "01"),
        ("status", "03"),
        ("status", "06"),
    ]
    assert [(row[0], row[1], bool(row[2]), bool(row[3])) for row in found["facts"]] == [
        ("first", "2026-11", True, True)
    ]
    assert [(row[0], row[1], str(row[2])) for row in found["dealings"]] == [
        ("G22", "axis", "None"),
        ("H38.61.02", "local", "2026-11-02"),
    ]
    assert found["over"] == [("H38.61.02", 1)]
    assert [row[0] for row in found["due"]] == ["first", "second"]
