"""One act, one transaction, committed before it returns: `transact` and `read` on both engines."""

from sqlalchemy import make_url

from app.platform.database.base import (
    Database,
    DatabaseFullError,
    DatabaseUnavailableError,
    Waiter,
    signal,
)
from app.platform.database.postgresql import PostgresqlDatabase
from app.platform.database.sqlite import SqliteDatabase

__all__ = [
    "Database", "DatabaseFullError", "DatabaseUnavailableError", "Waiter", "open_database",
    "signal",
]  # fmt: skip


def open_database(url: str, *, connections: int = 16) -> Database:
    """Return the database of `url`: `sqlite:///file` or `postgresql://…`.

    Nothing is contacted yet. `connections` bounds the pool on PostgreSQL.

    Raises:
        ValueError: for another kind of database, or SQLite in memory (a process's memory
            cannot be shared with its worker and does not survive it).
    """
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            if parsed.database in {None, "", ":memory:"}:
                raise ValueError("SQLite needs a file")
            return SqliteDatabase(parsed.set(drivername="sqlite+pysqlite"))
        case "postgresql":
            return PostgresqlDatabase(parsed.set(drivername="postgresql+asyncpg"), connections)
        case other:
            raise ValueError(f"unknown database {other!r}: use sqlite or postgresql")
