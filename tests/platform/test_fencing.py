"""A reader that goes by numbers misses nothing that is committed late."""

import asyncio

import asyncpg

from app.platform.database import open_database
from app.platform.fencing import Fence, Sight, look
from app.webhooks.tables import events
from tests.engines import Engines

_INSERT = """
INSERT INTO webhook_events
  (event_id, type, subject, source, happened_at, parties, data, recorded_at)
VALUES ($1, 't', 's', $1, now(), '[]', '{}', now())
"""


def test_where_nobody_writes_the_fence_is_the_newest_number() -> None:
    assert Fence().move(Sight(7, oldest=0, next=0)) == 7


def test_the_fence_waits_for_what_was_under_way_when_it_was_seen() -> None:
    fence = Fence()
    assert fence.move(Sight(7, oldest=40, next=42)) == 0
    assert fence.move(Sight(9, oldest=41, next=45)) == 0
    assert fence.move(Sight(9, oldest=42, next=46)) == 7
    assert fence.move(Sight(9, oldest=46, next=46)) == 9


def test_on_postgresql_a_row_committed_late_is_not_stepped_over(engines: Engines) -> None:
    url = engines.migrated("postgresql")
    fence = Fence()

    async def run() -> list[int]:
        seen = []
        late, early = await asyncpg.connect(url), await asyncpg.connect(url)
        async with open_database(url) as database:
            transaction = late.transaction()
            await transaction.start()
            await late.execute(_INSERT, "late")
            await early.execute(_INSERT, "early")
            seen.append(fence.move(await database.read(look, events)))
            await transaction.commit()
            seen.append(fence.move(await database.read(look, events)))
        await late.close()
        await early.close()
        return seen

    assert asyncio.run(run()) == [0, 2]
    engines.give_back(url)


def test_on_either_engine_an_empty_table_has_no_numbers(database_url: str) -> None:
    async def run() -> Sight:
        async with open_database(database_url) as database:
            return await database.read(look, events)

    assert asyncio.run(run()).newest == 0
