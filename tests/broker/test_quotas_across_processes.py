"""Four processes, 32 clients at each: never over the limit, at most half a percent under it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

import pytest

from app.broker.domain.quotas import Quota
from app.broker.store import quotas as store
from app.codes import AgencyCode
from tests.broker.quota_worker import CALL, WINDOW
from tests.conftest import Tell
from tests.engines import Engines
from tests.gateway import START, transact

PROVINCE = AgencyCode("H38")
ROOT = Path(__file__).resolve().parents[2]
PROCESSES = {"postgresql": 4, "sqlite": 1}
CLIENTS = 32
LIMIT = 10_000
UNDER = LIMIT * 5 // 1000


class Worker:
    """A process that counts, and what it let through in the present window."""

    def __init__(self, stack: ExitStack, url: str) -> None:
        command = [sys.executable, "-m", "tests.broker.quota_worker", url, str(CLIENTS)]
        self.process = subprocess.Popen(  # noqa: S603 -- our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, bufsize=0
        )
        stack.callback(self.end)
        self.let_through = 0
        self.is_done = False

    def begin(self, window: int) -> None:
        assert self.process.stdin is not None
        self.let_through, self.is_done = 0, False
        self.process.stdin.write(b"%d\n" % window)

    def read(self) -> None:
        assert self.process.stdout is not None
        told = self.process.stdout.read(65_536)
        self.let_through += told.count(b"g")
        self.is_done = told.endswith(b".") or not told

    def end(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        self.process.wait()


def run_window(workers: list[Worker], window: int, *, victim: Worker | None = None) -> int:
    """Let all call until they are refused; a victim is killed in the middle of it."""
    with DefaultSelector() as selector:
        for worker in workers:
            selector.register(worker.process.stdout, EVENT_READ, worker)  # type: ignore[arg-type]
            worker.begin(window)
        while selector.get_map():
            for key, _ in selector.select():
                worker = key.data
                worker.read()
                if worker is victim and worker.let_through > LIMIT // 20:
                    worker.process.kill()
                if worker.is_done:
                    selector.unregister(key.fileobj)
    return sum(worker.let_through for worker in workers)


@pytest.fixture
def url(engines: Engines, engine: str) -> Iterator[str]:
    url = engines.migrated(engine)
    quota = Quota("quota-1", None, CALL.service, None, LIMIT, WINDOW)
    transact(url, store.add, quota, member=PROVINCE, at=START)
    yield url
    engines.give_back(url)


def test_no_window_is_exceeded_nor_left_unused(
    url: str, engine: str, windows: int, tell: Tell
) -> None:
    with ExitStack() as stack:
        workers = [Worker(stack, url) for _ in range(PROCESSES[engine])]
        counts = [run_window(workers, window) for window in range(windows)]
    shares = sorted(worker.let_through for worker in workers)
    tell(f"{len(counts)} windows of {LIMIT}: {min(counts)} to {max(counts)}, last by {shares}")
    assert min(counts) >= LIMIT - UNDER
    assert max(counts) <= LIMIT


def test_nor_is_it_when_a_process_is_killed_in_each(
    url: str, engine: str, windows: int, tell: Tell
) -> None:
    counts = []
    with ExitStack() as stack:
        workers = [Worker(stack, url) for _ in range(PROCESSES[engine])]
        for window in range(windows):
            victim = workers[window % len(workers)]
            counts.append(run_window(workers, window, victim=victim))
            assert victim.process.wait() < 0
            workers[window % len(workers)] = Worker(stack, url)
            if len(workers) == 1:
                counts[-1] += run_window(workers, window)
    tell(f"{len(counts)} windows of {LIMIT}: {min(counts)} to {max(counts)}")
    assert min(counts) >= LIMIT - UNDER
    assert max(counts) <= LIMIT
