"""The connections of one process: kept for the next request, no more than there may be."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import count

from app.platform.calling.connections import Connection
from app.platform.calling.failing import ConnectTimeoutError
from app.platform.calling.requests import Place, Request

_Told = Callable[[Connection], None]
Dial = Callable[[Place, _Told, _Told], Awaitable[Connection]]
"""Opens a connection to a place, which tells when it is free and when it is gone."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many connections there may be, in all and to one place; how long one waits for a turn.

    One that nobody needs is kept for `idle_seconds`.
    """

    connections: int
    per_place: int
    turn_seconds: float
    idle_seconds: float = 30.0


class _Line:
    """Whoever calls one place: connections that are free, and who waits for one.

    Each waiting has the number of its turn; it is given a connection, or None and may open one.
    """

    __slots__ = ("free", "open", "place", "waiting")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.free: deque[Connection] = deque()
        self.open = 0
        self.waiting: deque[tuple[int, asyncio.Future[Connection | None]]] = deque()


class Pool:
    """Sends requests over connections that are open already, or opens them.

    Where no more may be opened, turns are taken in the order in which they were asked for.
    """

    def __init__(self, dial: Dial, bounds: Bounds) -> None:
        self._dial = dial
        self._bounds = bounds
        self._lines: dict[Place, _Line] = {}
        self._open = 0
        self._waiting = 0
        self._turns = count()
        self._is_closed = False

    @property
    def open(self) -> int:
        """How many connections there are, those being opened included."""
        return self._open

    async def ask(self, place: Place, request: Request, *, seconds: float) -> Connection:
        """Send a request; return the connection on which its answer has begun.

        The other side may be silent for so many `seconds`.

        Raises:
            CallError: if there is no answer.
        """
        line = self._line(place)
        connection = self._kept(line) or await self._another(line)
        while not connection.is_open:  # It has ended since it was given to us.
            connection = await self._another(self._line(place))
        await connection.ask(request, place.authority, seconds=seconds)
        return connection

    def close(self) -> None:
        """End every connection, those in use as soon as they are free."""
        self._is_closed = True
        for line in list(self._lines.values()):
            for connection in list(line.free):
                connection.cut()

    def _line(self, place: Place) -> _Line:
        line = self._lines.get(place)
        if line is None:
            line = self._lines[place] = _Line(place)
        return line

    def _kept(self, line: _Line) -> Connection | None:
        """Return the connection that was used last, so that those which are too many grow old."""
        return line.free.pop() if line.free else None

    async def _another(self, line: _Line) -> Connection:
        if line.waiting or not self._takes_place(line):
            found = await self._turn(line)
            if found is not None:
                return found
        return await self._opened(line)

    async def _opened(self, line: _Line) -> Connection:
        """Open a connection; its place is taken already."""

        def free(connection: Connection) -> None:
            self._freed(line, connection)

        def gone(connection: Connection) -> None:
            self._gone(line, connection)

        opened = False
        try:
            connection = await self._dial(line.place, free, gone)
            opened = True
        finally:
            if not opened:
                self._leave_place(line)
        return connection

    async def _turn(self, line: _Line) -> Connection | None:
        """Wait for a free connection, or for a place to be taken by another.

        Raises:
            ConnectTimeoutError: if that takes too long.
        """
        turn = next(self._turns), asyncio.get_running_loop().create_future()
        line.waiting.append(turn)
        self._waiting += 1
        future, is_taken = turn[1], False
        try:
            async with asyncio.timeout(self._bounds.turn_seconds):
                found: Connection | None = await future
            is_taken = True
        except TimeoutError:
            raise ConnectTimeoutError from None
        finally:
            if turn in line.waiting:
                line.waiting.remove(turn)
                self._waiting -= 1
            elif not is_taken:
                self._return(line, future)
        return found

    def _return(self, line: _Line, future: "asyncio.Future[Connection | None]") -> None:
        """Pass on what was given to somebody who had left."""
        found = None if future.cancelled() else future.result()
        if found is not None:
            self._freed(line, found)
        elif not future.cancelled():
            self._leave_place(line)

    def _freed(self, line: _Line, connection: Connection) -> None:
        if not connection.is_open or self._give(line, connection):
            return
        is_wanted_elsewhere = self._waiting and self._open >= self._bounds.connections
        if is_wanted_elsewhere or self._is_closed:
            connection.cut()
        else:
            line.free.append(connection)
            connection.rest(self._bounds.idle_seconds)

    def _gone(self, line: _Line, connection: Connection) -> None:
        if connection in line.free:
            line.free.remove(connection)
        self._leave_place(line)

    def _give(self, line: _Line, given: Connection | None) -> bool:
        """Give a connection, or a place, to whoever has waited longest; False if nobody does."""
        while line.waiting:
            _, future = line.waiting.popleft()
            self._waiting -= 1
            if not future.done():
                future.set_result(given)
                return True
        return False

    def _takes_place(self, line: _Line) -> bool:
        """Take a place among the connections there may be, from an idle one if need be."""
        if line.open >= self._bounds.per_place:
            return False
        if self._open >= self._bounds.connections:
            self._end_an_idle_one()
        if self._open >= self._bounds.connections:  # So it is if somebody has waited longer.
            return False
        line.open += 1
        self._open += 1
        return True

    def _leave_place(self, line: _Line) -> None:
        line.open -= 1
        self._open -= 1
        if not line.open and not line.waiting:
            self._lines.pop(line.place, None)
        for other in self._in_turn():
            if self._takes_place(other):
                if not self._give(other, None):
                    self._leave_place(other)
                return

    def _in_turn(self) -> Iterator[_Line]:
        if self._waiting:
            waiting = (line for line in self._lines.values() if line.waiting)
            yield from sorted(waiting, key=lambda line: line.waiting[0][0])

    def _end_an_idle_one(self) -> None:
        """End a connection that nobody uses, the one that has been idle longest at its place."""
        found = next((line.free[0] for line in self._lines.values() if line.free), None)
        if found is not None:
            found.cut()
