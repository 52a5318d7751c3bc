import asyncio
from datetime import UTC, datetime
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table, insert, inspect, select

from app.dossiers.tables import dossiers
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


DUE_AT = "2026-11-09T10:00:00+00:00"
RECEIVED_AT = datetime(2026, 11, 2, 1, 40, tzinfo=UTC)
BEFORE = {
    "tracking_code": "7K3MPA9TXWQ4ZD2HVEBR",
    "status": "accepted",
    "agency": "H38.12",
    "procedure": "1.003560.H38",
    "received_at": RECEIVED_AT,
    "created_at": RECEIVED_AT,
    "changed_at": RECEIVED_AT,
    "national_state": "waiting",
    "national_owed_id": "message-1",
}


def add_as_before(connection: Connection, code: str, due_at: str | None) -> None:
    names = {"code", "filing", *BEFORE}
    columns = (Column(one.name, one.type) for one in dossiers.columns if one.name in names)
    row = {"code": code, "filing": {"times": {"due_at": due_at}}, **BEFORE}
    connection.execute(insert(Table("dossiers", MetaData(), *columns)).values(row))


def test_dossiers_from_before_keep_what_was_promised(engines: Engines, engine: str) -> None:
    def upgrade(connection: Connection) -> list[Any]:
        command.upgrade(configuration(connection), "0012")
        add_as_before(connection, "H38.12-261102-0001", DUE_AT)
        add_as_before(connection, "H38.12-261102-0002", None)
        command.upgrade(configuration(connection), "0013")
        kept = select(dossiers.c.due_at, dossiers.c.promise).order_by(dossiers.c.code)
        return [tuple(row) for row in connection.execute(kept)]

    moment = RECEIVED_AT.isoformat()
    given = {
        "reason": "given",
        "due_at": DUE_AT,
        "decided_at": moment,
        "counted_from": moment,
    }
    assert run(engines.empty(engine), upgrade) == [
        (datetime.fromisoformat(DUE_AT), {"decisions": [given]}),
        (None, {"decisions": []}),
    ]
