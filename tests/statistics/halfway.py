"""A worker that stops in the middle of a fold, says so, and waits to be killed."""

import asyncio
import sys

from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.connecting import Links
from app.dossiers.tables import tally_entries
from app.platform.clock import SystemClock
from app.platform.database import open_database
from app.platform.settings import Settings
from app.worker import Worker

HALFWAY = "halfway"


def stop(*executed: object) -> None:
    """Stop before what was folded is deleted: by then it is in the totals."""
    if str(executed[2]).split()[:3] == ["DELETE", "FROM", tally_entries.name]:
        sys.stdout.write(f"{HALFWAY}\n")
        sys.stdout.flush()
        sys.stdin.read()


async def work(url: str) -> None:
    settings = Settings(database_url=url)
    async with open_database(url) as database:
        worker = Worker(
            settings, clock=SystemClock(), database=database, links=Links({}), worker_id="halfway"
        )
        await worker.fold()


if __name__ == "__main__":
    event.listen(Engine, "before_cursor_execute", stop)
    asyncio.run(work(sys.argv[1]))
