"""The worker's folding: again and again, and killed in the middle of it."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typing_extensions import override

from app.connecting import Links
from app.dossiers.domain.measuring.tallies import Cell, Counts
from app.dossiers.store.tallies import add_entries, fold
from app.dossiers.tables import tallies, tally_entries
from app.worker import Worker
from tests.acting import staged
from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway
from tests.statistics.halfway import HALFWAY
from tests.statistics.test_summaries import counted, number_of, wrong

ROOT = Path(__file__).resolve().parents[2]
CELL = Cell("H38.12", "1.003560.H38", "G03-GD10", "online", "2026-11")


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


class Folding(Worker):
    """A worker that tells when it has folded."""

    folded: asyncio.Event

    @override
    async def fold(self) -> None:
        await super().fold()
        self.folded.set()


def test_a_worker_folds_at_once_and_again_and_again(gateway: Gateway) -> None:
    async def scene() -> list[int]:
        context, stopping = gateway.context, asyncio.Event()
        database = context.database
        worker = Folding(
            context.settings, clock=context.clock, database=database, links=Links({}), worker_id="w"
        )
        worker.folded = asyncio.Event()
        left = []
        await database.transact(add_entries, {CELL: Counts(received=1)})
        task = asyncio.create_task(worker.run(stopping))
        async with asyncio.timeout(60):
            for _ in range(2):
                worker.folded.clear()
                await database.transact(add_entries, {CELL: Counts(received=1)})
                await worker.folded.wait()
                left.append(await database.read(number_of, tally_entries))
            stopping.set()
            await task
        return left

    assert gateway.http.portal is not None
    # Whether the first fold saw the second entry is chance; the one after it left nothing.
    assert gateway.http.portal.call(scene)[1] == 0
    assert gateway.transact(number_of, tallies) > 0
    assert counted(gateway)["received"] == 3


def test_statistics_survive_a_worker_that_is_killed_in_the_middle_of_a_fold(
    gateway: Gateway, province: Api, database_url: str
) -> None:
    staged(province, "rating")
    staged(province, "completion")
    before, entries = counted(gateway), gateway.transact(number_of, tally_entries)
    assert entries > 0
    _kill_halfway(database_url)
    assert counted(gateway) == before
    assert gateway.transact(number_of, tally_entries) == entries
    assert gateway.transact(number_of, tallies) == 0
    staged(province, "acceptance")
    after = counted(gateway)
    assert after["received"] == before["received"] + 1
    # Until the database has noticed the death, the rows are passed over.
    while gateway.transact(number_of, tally_entries):
        gateway.transact(fold, at_most=100)
    assert counted(gateway) == after
    assert wrong(gateway) == (0, 0)


def _kill_halfway(url: str) -> None:
    """Have a worker of its own fold, and kill it when it is halfway."""
    with subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-m", "tests.statistics.halfway", url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == HALFWAY
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
