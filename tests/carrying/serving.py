"""The application behind a real server, in a thread: what connections do can be seen there."""

import asyncio
import gc
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, repeat

import psutil
import uvicorn
from starlette.types import ASGIApp


@dataclass
class Served:
    """A running server."""

    port: int
    loop: asyncio.AbstractEventLoop

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def tasks(self) -> set[str]:
        """Return the names of the tasks that carry calls just now."""

        async def look() -> set[str]:
            return {str(one.get_coro()) for one in asyncio.all_tasks()}

        found = asyncio.run_coroutine_threadsafe(look(), self.loop).result(10)
        return {name for name in found if "run_asgi" in name or "_listen" in name}

    def connections(self, port: int) -> int:
        """Return how many connections this process has to a port that are not ended."""
        every = psutil.Process().net_connections("tcp")
        return len(
            [one for one in every if (*one.raddr, 0, 0)[1] == port and one.status != "TIME_WAIT"]
        )

    def settles(self, is_so: Callable[[], bool]) -> bool:
        """Tell whether something becomes so, while the server has all the time it needs."""

        async def look() -> bool:
            with suppress(TimeoutError):
                async with asyncio.timeout(60):
                    for pause in chain(range(1, 20), repeat(20)):
                        if is_so():
                            return True
                        await asyncio.sleep(0.005 * pause)
            return False

        gc.collect()
        return asyncio.run(look())


@contextmanager
def serving(app: ASGIApp) -> Iterator[Served]:
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
    )
    ready = threading.Event()
    found: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        found.append(asyncio.get_running_loop())
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        ready.set()
        await serving

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    ready.wait(30)
    try:
        yield Served(listening.getsockname()[1], found[0])
    finally:
        server.should_exit = True
        thread.join(30)
