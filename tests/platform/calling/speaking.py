"""A server that does with a connection what a test says, and the client that calls it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.platform.calling.connections import Connection
from app.platform.calling.dialing import Dialer, Found, Resolve, Ways
from app.platform.calling.pool import Bounds, Pool
from app.platform.calling.requests import Place, Request

Speak = Callable[["Heard"], Awaitable[None]]
BOUNDS = Bounds(connections=8, per_place=4, turn_seconds=5)


@dataclass
class Heard:
    """One connection at the server: `next` gives the head of the next request, `say` answers."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def next(self) -> bytes:
        return await self.reader.readuntil(b"\r\n\r\n")

    async def say(self, told: bytes) -> None:
        self.writer.write(told)
        await self.writer.drain()

    async def until_ended(self) -> bytes:
        """Read what still comes until the other side ends the connection."""
        try:
            return await self.reader.read()
        except ConnectionResetError:
            return b""
        finally:
            self.ended.set()


@dataclass
class Scene:
    """A client and the server it calls. `heard` has every connection that was made."""

    place: Place
    pool: Pool
    heard: list[Heard] = field(default_factory=list)

    async def ask(self, request: Request | None = None, *, seconds: float = 5) -> Connection:
        return await self.pool.ask(self.place, request or get(), seconds=seconds)

    async def told(self, request: Request | None = None, *, seconds: float = 5) -> bytes:
        """Ask, read the whole answer, and give the connection back."""
        connection = await self.ask(request, seconds=seconds)
        try:
            return await whole(connection)
        finally:
            connection.give_back()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so, as long as a test may take."""
        while not is_so():
            await turns()


async def turns(number: int = 5) -> None:
    """Let the event loop go round so often."""
    for _ in range(number):
        await asyncio.sleep(0)


def get(*lines: tuple[bytes, bytes], method: str = "GET") -> Request:
    return Request(method, b"/x", lines)


async def whole(connection: Connection) -> bytes:
    found = [connection.take()]
    while piece := await connection.more():
        found.append(piece)
    return b"".join(found)


@asynccontextmanager
async def scene(
    speak: Speak,
    bounds: Bounds = BOUNDS,
    *,
    resolve: Resolve | None = None,
    server_tls: ssl.SSLContext | None = None,
    trusted: ssl.SSLContext | None = None,
) -> AsyncIterator[Scene]:
    """Serve on loopback; each connection is handed to `speak`, and ends when that does."""
    heard: list[Heard] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        one = Heard(reader, writer)
        heard.append(one)
        try:
            await speak(one)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            one.ended.set()
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=server_tls)
    port = server.sockets[0].getsockname()[1]
    place = Place("localhost", port, server_tls is not None, b"localhost:%d" % port)
    pool = a_pool(bounds, resolve=resolve or to_loopback, trusted=trusted)
    try:
        yield Scene(place, pool, heard)
    finally:
        pool.close()
        server.close()


def a_pool(
    bounds: Bounds = BOUNDS,
    *,
    resolve: Resolve | None = None,
    may_reach: Callable[[str], bool] = lambda _: True,
    trusted: ssl.SSLContext | None = None,
    seconds: float = 5,
    names_seconds: float = 0,
) -> Pool:
    ways = Ways(may_reach, lambda: trusted or ssl.create_default_context(), resolve, names_seconds)
    return Pool(Dialer(ways, seconds=seconds).dial, bounds)


async def to_loopback(_: str, port: int) -> Sequence[Found]:
    return await asyncio.get_running_loop().getaddrinfo("127.0.0.1", port, type=1)


def always(*answers: bytes) -> Speak:
    """Return what answers each request of a connection in turn, then waits for its end."""

    async def speak(heard: Heard) -> None:
        for answer in answers:
            await heard.next()
            await heard.say(answer)
        await heard.until_ended()

    return speak


def again_and_again(answer: bytes) -> Speak:
    """Return what answers every request the same."""

    async def speak(heard: Heard) -> None:
        while True:
            await heard.next()
            await heard.say(answer)

    return speak


async def ends(heard: Heard) -> bool:
    """Wait for a connection to end; False if it does not."""
    async with asyncio.timeout(5):
        await heard.ended.wait()
    return True
