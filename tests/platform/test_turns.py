import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.platform.database.turns import NoTurnError, Turns

LONG = timedelta(seconds=30)
SHORT = timedelta(milliseconds=20)

HOLDER = """
import sys
from datetime import timedelta
from app.platform.database.turns import Turns
with Turns(sys.argv[1], at_most=timedelta(seconds=30)).taken():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "a.db")


@pytest.fixture
def holder(file: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, file]
    with subprocess.Popen(  # noqa: S603 -- our own interpreter
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_who_waits_is_not_overtaken_by_one_that_writes_without_a_pause(file: str) -> None:
    writes = 0
    enough, writing = threading.Event(), threading.Event()

    def write_without_a_pause() -> None:
        nonlocal writes
        turns = Turns(file, at_most=LONG)
        while not enough.is_set():
            with turns.taken():
                writes += 1
                writing.set()
                enough.wait(0.001)
        turns.close()

    other = threading.Thread(target=write_without_a_pause)
    other.start()
    turns, overtaken = Turns(file, at_most=LONG), []
    for _ in range(51):
        writing.clear()
        assert writing.wait(30)
        asked_at = writes
        with turns.taken():
            overtaken.append(writes - asked_at)
    enough.set()
    other.join()
    turns.close()
    assert statistics.median(overtaken) <= 1


def test_two_writers_never_write_at_once(file: str) -> None:
    writing, most = 0, 0

    def write() -> None:
        nonlocal writing, most
        turns = Turns(file, at_most=LONG)
        for _ in range(50):
            with turns.taken():
                writing += 1
                most = max(most, writing)
                threading.Event().wait(0.0002)
                writing -= 1
        turns.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert most == 1


def test_a_turn_that_does_not_come_in_time_is_an_error(
    file: str, holder: subprocess.Popen[str]
) -> None:
    turns = Turns(file, at_most=SHORT)
    for _ in range(2):
        with pytest.raises(NoTurnError), turns.taken():
            pass
    assert holder.poll() is None
    turns.close()


def test_the_turn_of_a_killed_process_is_free(file: str, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    turns = Turns(file, at_most=SHORT)
    with turns.taken():
        pass
    turns.close()


def test_a_failed_writer_gives_its_turn_back(file: str) -> None:
    first, second = Turns(file, at_most=SHORT), Turns(file, at_most=SHORT)
    with pytest.raises(LookupError), first.taken():
        raise LookupError
    with second.taken(), pytest.raises(NoTurnError), first.taken():
        pass
    first.close()
    second.close()
