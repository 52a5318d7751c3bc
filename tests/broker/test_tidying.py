"""What the worker deletes of quotas, exchanges and tokens."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from app.access import use_cases as access
from app.access.store import bearers as tokens
from app.access.tables import bearers
from app.access.use_cases.bearers import Terms, hand_out
from app.broker.domain.quotas import Quota, window_at
from app.broker.store import quotas, watching
from app.broker.store.quotas import Wish
from app.broker.tables.quotas import quota_windows
from app.broker.tables.watching import exchange_totals, exchanges
from app.codes import AgencyCode
from app.connecting import Links
from app.platform.clock import FrozenClock
from app.platform.database import open_database
from app.platform.settings import Settings
from app.worker import Worker
from tests.broker.test_watching import ONE
from tests.gateway import START

MINUTE = timedelta(minutes=1)
TABLES = (quota_windows, exchanges, exchange_totals, bearers)


def _counts(connection: Connection) -> list[int]:
    return [len(connection.execute(select(table)).all()) for table in TABLES]


def test_what_ran_out_is_deleted_and_totals_stay(database_url: str) -> None:
    async def scene() -> list[int]:
        clock = FrozenClock(START)
        settings = Settings(database_url=database_url, exchange_days=30)
        async with open_database(database_url) as database:
            client, _ = await database.transact(
                access.register, clock, name="x", member=AgencyCode("H38"), scopes=[]
            )
            quota = Quota("quota-1", None, "land", None, 10, MINUTE)
            for days in (0, 40):
                clock.advance(timedelta(days=days))
                window = window_at(MINUTE, clock.now())
                await database.transact(quotas.take, quota, "", window, wish=Wish(1, 1))
                await database.transact(watching.add, [replace(ONE, at=clock.now())])
                terms = Terms(timedelta(hours=1))
                await database.transact(hand_out, clock, client, str, scopes=(), terms=terms)
            links = Links({})
            worker = Worker(settings, clock=clock, database=database, links=links, worker_id="w")
            await worker.tidy()
            kept = await database.read(_counts)
            latest = await database.transact(
                tokens.latest, client.client_id, scopes=(), beyond=clock.now()
            )
            assert latest is not None
            return kept

    assert asyncio.run(scene()) == [1, 1, 2, 1]
