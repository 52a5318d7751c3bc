"""Where the migrations are, how to run them, and whether a database has them all."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.platform.database import Database

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Return the Alembic configuration, bound to a connection when one is given."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest() -> str | None:
    """Return the revision that a migrated database has."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def present(connection: Connection) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


async def migrate(database: Database) -> None:
    """Bring the database to the newest revision, in one transaction."""
    await database.transact(_upgrade)


def _upgrade(connection: Connection) -> None:
    command.upgrade(configuration(connection), "head")
