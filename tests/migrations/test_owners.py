"""Dossiers that were there before they could be found by their owner."""

from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection

from app.platform.migration import configuration
from app.platform.schema import Instant, Json
from tests.builders import RECEIVED, a_held_dossier
from tests.engines import Engines
from tests.migrations.test_migrations import run

_KINDS: dict[str, Any] = {
    "filing": Json, "promise": Json, "handling": Json,
    "received_at": Instant, "created_at": Instant, "changed_at": Instant,
}  # fmt: skip


def insert_dossier(connection: Connection, code: str, filing: dict[str, Any]) -> None:
    row: dict[str, Any] = {
        "code": code,
        "tracking_code": "7K3MPA9TXWQ4ZD2HVEBR",
        "status": "finished",
        "agency": "H38.12",
        "procedure": "1.003560.H38",
        "received_at": RECEIVED,
        "filing": filing,
        "promise": {},
        "handling": {},
        "created_at": RECEIVED,
        "changed_at": RECEIVED,
        "national_state": "waiting",
        "national_owed_id": "message-1",
    }
    columns = (sa.column(name, _KINDS.get(name)) for name in row)
    connection.execute(sa.insert(sa.table("dossiers", *columns)).values(row))


@pytest.mark.parametrize("is_known", [True, False])
def test_an_owner_is_found_by_the_number_they_filed_with(
    engines: Engines,
    engine: str,
    is_known: bool,  # noqa: FBT001
) -> None:
    filing = a_held_dossier().filing.facts()
    if not is_known:
        filing["applicant"]["identity"] = None

    def act(connection: Connection) -> object:
        command.upgrade(configuration(connection), "0016")
        insert_dossier(connection, "H38.12-261102-0001", filing)
        command.upgrade(configuration(connection), "head")
        return connection.scalar(sa.text("SELECT owner FROM dossiers"))

    expected = "citizen_id:000000000001" if is_known else None
    assert run(engines.empty(engine), act) == expected
