"""`lgsp serve`: the gateway as a process."""

import asyncio
import gc
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from app.access.tokens import SigningKeyError
from app.cli.corking import CorkedProtocol
from app.cli.failing import CommandError, SettingsError, read_settings
from app.cli.printing import print_json
from app.exchange.signatures.roots import TrustRootsError
from app.main import MissingSettingError, create_app
from app.platform.logging import configure_logging
from app.platform.sealing import SealingKeyError
from app.platform.settings import SecretFileError
from app.platform.waking import Bell

_KEYS = (SecretFileError, SealingKeyError)
_KEEP_ALIVE = 75
"""Seconds: clients of years ago keep connections for long, and take one that was closed meanwhile
for a call that failed. A proxy before us should close its own sooner."""

_GRACE = 8
"""Seconds that requests under way are given at the end; SIGTERM to exit takes at most ten."""


class _Server(uvicorn.Server):
    """uvicorn, saying when it is ready and ending with 0 when asked to end.

    `bell` sends waiting polls home, which uvicorn would wait for.
    """

    def __init__(self, config: uvicorn.Config, url: str, bell: Bell) -> None:
        super().__init__(config)
        self._url = url
        self._bell = bell

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            print_json({"ready": True, "url": self._url, "pid": os.getpid()})

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end)
        yield

    def _end(self) -> None:
        self.should_exit = True
        self._bell.end()


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 picks a free port.")] = 8080,
) -> None:
    """Chạy cổng API. / Run the gateway; prints one JSON line when it can serve."""
    settings = read_settings()
    configure_logging(settings.log_level)
    try:
        app = create_app(settings)
    except (MissingSettingError, SigningKeyError, TrustRootsError, *_KEYS, ValueError) as error:
        raise SettingsError(str(error)) from error
    listening = _bind(host, port)
    name, number = listening.getsockname()[:2]
    config = config_of(app, head_within=settings.request_head_seconds)
    server = _Server(config, f"http://{name}:{number}", app.state.bell)
    run(server, listening)
    if not server.started:
        raise CommandError("the gateway could not start; see the log above")


def config_of(app: ASGIApp, *, head_within: float = 30.0) -> uvicorn.Config:
    """Return how the gateway is served; the head of a request must come in so many seconds."""
    protocol = type("Protocol", (CorkedProtocol,), {"head_within": head_within})
    return uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
    )


def run(server: uvicorn.Server, listening: socket.socket) -> None:
    """Serve until asked to end, on the quickest event loop there is, not on Python's own.

    What is there now stays until the end: looking through it again and again is for nothing.
    Calls leave few circles behind, so the rest is looked through rarely too.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(server.serve(sockets=[listening]))


def _bind(host: str, port: int) -> socket.socket:
    try:
        listening = socket.create_server((host, port), backlog=2048, reuse_port=False)
    except (OSError, OverflowError) as error:
        raise CommandError(f"cannot listen on {host}:{port}: {error}") from error
    # Connections inherit it. asyncio sets it only on sockets that name TCP, which these do not,
    # and without it every answer waits 40 ms for the client's delayed acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
