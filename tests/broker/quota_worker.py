"""One gateway process's counting, told by its parent when a window begins.

`python -m tests.broker.quota_worker URL CLIENTS`: for each line of stdin, the number of a window,
so many clients call until they are refused. Each call that was let through is one `g` on stdout,
written before the next; a `.` says that all were refused. So a killed one has told what it did.
"""

import asyncio
import os
import sys
from datetime import timedelta

from app.broker.domain.allowances import Taken
from app.broker.domain.quotas import Call
from app.broker.use_cases.quotas import Quotas
from app.platform.clock import FrozenClock
from app.platform.context import Context
from app.platform.database import open_database
from app.platform.metrics import Metrics
from app.platform.settings import Settings
from tests.gateway import START

WINDOW = timedelta(minutes=1)
CALL = Call("client-a", "population", "op-1")


async def call(quotas: Quotas) -> None:
    while isinstance(await quotas.count(CALL), Taken):
        os.write(1, b"g")
        await asyncio.sleep(0)


async def work(url: str, clients: int) -> None:
    clock = FrozenClock(START)
    settings = Settings(database_url=url, quota_cache_seconds=60)
    async with open_database(url, connections=4) as database:
        quotas = Quotas(Context(settings, database, clock, Metrics()))
        stopping = asyncio.Event()
        tending = asyncio.create_task(quotas.tend_until(stopping))
        lines = await _stdin()
        while line := await lines.readline():
            clock.advance(START + int(line) * WINDOW - clock.now())
            await asyncio.gather(*(call(quotas) for _ in range(clients)))
            os.write(1, b".")
        stopping.set()
        await tending


async def _stdin() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], int(sys.argv[2])))
