"""The databases that tests are given: each as if nobody had used it before."""

import pytest
from sqlalchemy import Connection, select, text

from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.evidence.tables import evidence
from app.platform.clock import FrozenClock
from tests.engines import Engines
from tests.gateway import transact

ACTOR = SystemActor("system:test", "H38")


def numbers(connection: Connection) -> list[int]:
    return list(connection.execute(select(evidence.c.number)).scalars())


def test_a_database_given_back_is_empty_and_counts_from_one(
    engines: Engines, clock: FrozenClock
) -> None:
    used = engines.migrated("postgresql")
    transact(used, record, clock, ACTOR, Act("test", "test:1"))
    assert transact(used, numbers) == [1]
    engines.give_back(used)
    again = engines.migrated("postgresql")
    assert (again, transact(again, numbers)) == (used, [])
    transact(again, record, clock, ACTOR, Act("test", "test:2"))
    assert transact(again, numbers) == [1]
    engines.give_back(again)


@pytest.mark.parametrize(
    "change",
    ["CREATE TABLE things (n int)", "UPDATE alembic_version SET version_num = '0001'"],
    ids=["tables", "revision"],
)
def test_a_database_of_another_shape_is_not_used_again(engines: Engines, change: str) -> None:
    used = engines.migrated("postgresql")
    transact(used, lambda connection: connection.execute(text(change)).close())
    engines.give_back(used)
    fresh = engines.migrated("postgresql")
    assert fresh != used
    engines.give_back(fresh)
