"""Several processes that serve at one address: forked from one that begins dead ones again.

The address is bound once for each of them (`SO_REUSEPORT`), so the system spreads connections; the
sockets stay open here, so whoever knocks while one begins again waits for it.
"""

import os
import selectors
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

import structlog

from app.cli.failing import CommandError

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
_END_WITHIN: Final = 10.0
"""Seconds from the request to end until what still runs is killed."""

_LONG: Final = 10.0
"""Seconds: who served so long has not failed at once; also the longest pause before a beginning."""

_SHORT: Final = 0.1
"""Seconds before the first new beginning; twice as many before each further one."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class ChildError(Exception):
    """A process ended before it could serve; it has said why. `code` is its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"a process could not begin: {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Child:
    """What one of the processes is given.

    It tells by `ready` that it serves; `lifeline` can be read as soon as its supervisor is gone.
    """

    listening: socket.socket
    lifeline: socket.socket
    _ready: socket.socket

    def ready(self) -> None:
        """Tell the supervisor that this process serves."""
        self._ready.sendall(b"r")


class _Seat:
    """The place of one process: who sits there, since when, and when the next may begin."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.pid = 0
        self.heard: socket.socket | None = None
        self.serves = False
        self._began = 0.0
        self._due = 0.0
        self._failures = 0

    def is_due(self, now: float) -> bool:
        """Tell whether somebody should begin here."""
        return not self.pid and now >= self._due

    def pause(self, now: float) -> float:
        """Return the seconds until somebody should begin here."""
        return max(self._due - now, 0)

    def take(self, pid: int, heard: socket.socket) -> None:
        """Sit down."""
        self.pid, self.heard, self.serves = pid, heard, False
        self._began = time.monotonic()

    def leave(self) -> None:
        """Stand up; who fails again and again comes back later and later."""
        if self.heard is not None:
            self.heard.close()
        now = time.monotonic()
        lasted = self.serves and now - self._began >= _LONG
        self._failures = 0 if lasted else self._failures + 1
        self._due = now + min(_SHORT * 2 ** max(self._failures - 1, 0), _LONG)
        self.pid, self.heard, self.serves = 0, None, False


class Supervisor:
    """Watches over one process for each socket. Make and run it before there are threads."""

    def __init__(
        self, listening: Sequence[socket.socket], announce: Callable[[Sequence[int]], None]
    ) -> None:
        """`announce` is called once, with the process ids, when all of them serve."""
        self._seats = [_Seat(one) for one in listening]
        self._announce = announce
        self._announced = False
        self._ending: float | None = None
        self._here, self._there = socket.socketpair()

    def run(self) -> Child | None:
        """Return in each process with what it is given, and here with None when all have ended.

        Raises:
            ChildError: if a process ends before all have served once.
            CommandError: if one that was asked to end had to be killed.
        """
        with _hearing() as heard:
            while True:
                child = self._begin_who_is_due()
                if child is not None:
                    return child
                self._act_on(_wait(heard, self._readies(), self._pause()))
                if self._ending is not None and not any(seat.pid for seat in self._seats):
                    self._here.close()
                    return None

    def _begin_who_is_due(self) -> Child | None:
        """Fork for each empty seat; the first one shows alone whether the settings are right."""
        now = time.monotonic()
        first = self._seats[0]
        for seat in self._seats:
            may_begin = seat is first or first.serves or self._announced
            if self._ending is None and may_begin and seat.is_due(now):
                child = self._begin(seat)
                if child is not None:
                    return child
        return None

    def _begin(self, seat: _Seat) -> Child | None:
        ready, told = socket.socketpair()
        # What comes before the new process has handlers of its own waits, and is not lost.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        pid = os.fork()
        if not pid:
            ready.close()
            self._forget()
            return Child(seat.listening, self._there, told)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        told.close()
        seat.take(pid, ready)
        return None

    def _forget(self) -> None:
        """Let go of what is the supervisor's, in a process of its own."""
        self._here.close()
        for seat in self._seats:
            if seat.heard is not None:
                seat.heard.close()

    def _readies(self) -> list[socket.socket]:
        return [seat.heard for seat in self._seats if seat.heard is not None and not seat.serves]

    def _pause(self) -> float | None:
        now = time.monotonic()
        if self._ending is not None:
            return max(self._ending - now, 0)
        pauses = [seat.pause(now) for seat in self._seats if not seat.pid]
        return min(pauses, default=None) if self._announced else None

    def _act_on(self, numbers: set[int]) -> None:
        for seat in self._seats:
            if seat.heard is not None and not seat.serves:
                seat.serves = _says_something(seat.heard)
        if not self._announced and all(seat.serves for seat in self._seats):
            self._announced = True
            self._announce([seat.pid for seat in self._seats])
        if self._ending is None and numbers & {signal.SIGTERM, signal.SIGINT}:
            self._ending = time.monotonic() + _END_WITHIN
            self._tell_all(signal.SIGTERM)
        self._bury()
        if self._ending is not None and time.monotonic() >= self._ending:
            self._tell_all(signal.SIGKILL)
            raise CommandError("a process did not end when it was asked to, and was killed")

    def _bury(self) -> None:
        """Take note of everybody who has ended."""
        for seat in self._seats:
            pid, status = os.waitpid(seat.pid, os.WNOHANG) if seat.pid else (0, 0)
            if not pid:
                continue
            code = os.waitstatus_to_exitcode(status)
            seat.leave()
            if self._ending is not None:
                continue
            log.error("process-ended", pid=pid, code=code)
            if not self._announced:
                self._tell_all(signal.SIGTERM)
                raise ChildError(code if code > 0 else 1)

    def _tell_all(self, number: signal.Signals) -> None:
        for seat in self._seats:
            if seat.pid:
                with suppress(ProcessLookupError):
                    os.kill(seat.pid, number)


@contextmanager
def _hearing() -> Iterator[socket.socket]:
    """Give a socket from which the numbers of signals are read; a forked process has it no more."""
    heard, told = socket.socketpair()
    heard.settimeout(0)
    told.settimeout(0)
    before = [signal.signal(number, lambda _number, _frame: None) for number in _SIGNALS]
    woken = signal.set_wakeup_fd(told.fileno())
    try:
        yield heard
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in zip(_SIGNALS, before, strict=True):
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        heard.close()
        told.close()


def _wait(heard: socket.socket, others: Sequence[socket.socket], at_most: float | None) -> set[int]:
    """Wait until one of them can be read; return the signals that came."""
    with selectors.DefaultSelector() as selector:
        for one in (heard, *others):
            selector.register(one, selectors.EVENT_READ)
        selector.select(at_most)
    with suppress(BlockingIOError):
        return set(heard.recv(4096))
    return set()


def _says_something(ready: socket.socket) -> bool:
    """Tell whether the other side has said that it serves; one that has ended says nothing."""
    ready.settimeout(0)
    with suppress(BlockingIOError):
        return bool(ready.recv(1))
    return False
