"""Taking turns to write one SQLite file, across processes and in order of arrival."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

_LOOK_EVERY: Final = 0.0005
"""Seconds between two tries; one costs about 1 µs."""


class NoTurnError(Exception):
    """Somebody else kept the turn too long."""


class Turns:
    """The turns of one writer. Two files beside the database are locked, never written.

    SQLite lets who waits sleep up to 100 ms between tries, so one that writes without a pause
    keeps the others out. Here who waits holds `next`, which who writes needs to come again; with
    two writers they alternate. The system frees what a killed process held.
    """

    def __init__(self, database: str, *, at_most: timedelta) -> None:
        self._at_most = at_most.total_seconds()
        self._files = [f"{database}-next", f"{database}-turn"]
        self._open: list[int] = []

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the turn.

        Raises:
            NoTurnError: if it did not come in time.
        """
        deadline = time.monotonic() + self._at_most
        if not self._open:
            self._open = [os.open(file, os.O_RDWR | os.O_CREAT, 0o600) for file in self._files]
        following, turn = self._open
        _lock(following, deadline)
        try:
            _lock(turn, deadline)
        finally:
            fcntl.flock(following, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(turn, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let the files go; not while the turn is held."""
        opened, self._open = self._open, []
        for file in opened:
            os.close(file)


def _lock(file: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise NoTurnError from None
            time.sleep(_LOOK_EVERY)
        else:
            return
