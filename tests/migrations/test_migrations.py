import asyncio
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from app.platform.database import open_database
from app.platform.migration import configuration
from app.platform.schema import metadata
from tests.engines import Engines


def run(url: str, act: Any) -> Any:
    async def once() -> Any:
        async with open_database(url) as database:
            return await database.transact(act)

    return asyncio.run(once())


def test_the_migrated_database_is_what_the_tables_say(database_url: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, metadata)
        return found

    assert run(database_url, differences) == []


def test_each_step_goes_down_and_up_again(engines: Engines, engine: str) -> None:
    script = ScriptDirectory.from_config(configuration())
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]

    def up_down_up(connection: Connection) -> list[str]:
        for revision in revisions:
            command.upgrade(configuration(connection), revision)
            command.downgrade(configuration(connection), "-1")
            command.upgrade(configuration(connection), revision)
        command.downgrade(configuration(connection), "base")
        return inspect(connection).get_table_names()

    assert run(engines.empty(engine), up_down_up) == ["alembic_version"]
