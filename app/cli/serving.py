"""`lgsp serve`: the gateway as a process."""

import asyncio
import gc
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from app.access.tokens import SigningKeyError
from app.cli.beginning import begin
from app.cli.corking import CorkedProtocol
from app.cli.failing import CommandError, SettingsError
from app.cli.listening import allow_many_connections, bind, bound_together, url_of
from app.cli.printing import print_json
from app.cli.supervising import ChildError, Supervisor
from app.exchange.signatures.roots import TrustRootsError
from app.main import MissingSettingError, create_app
from app.platform.metrics import Metrics
from app.platform.sealing import SealingKeyError
from app.platform.settings import SecretFileError, Settings
from app.platform.waking import Bell

_KEYS = (SecretFileError, SealingKeyError)
_KEEP_ALIVE = 75
"""Seconds: clients of years ago keep connections for long, and take one that was closed meanwhile
for a call that failed. A proxy before us should close its own sooner."""

_GRACE = 8
"""Seconds that requests under way are given at the end; SIGTERM to exit takes at most ten."""


class _Server(uvicorn.Server):
    """uvicorn, saying when it is ready and ending with 0 when asked to end.

    `bell` sends waiting polls home, which uvicorn would wait for. It ends as well when there is
    something to read from `lifeline`.
    """

    def __init__(self, config: uvicorn.Config, bell: Bell, told: Callable[[], None]) -> None:
        super().__init__(config)
        self._bell = bell
        self._told = told
        self.lifeline: socket.socket | None = None

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._told()

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end)
        if self.lifeline is not None:
            loop.add_reader(self.lifeline, self._end)
        yield

    def _end(self) -> None:
        if self.lifeline is not None:
            asyncio.get_running_loop().remove_reader(self.lifeline)
        self.should_exit = True
        self._bell.end()


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 picks a free port.")] = 8080,
    processes: Annotated[
        int,
        typer.Option(
            min=1,
            max=64,
            help="So many serve at the address, one for each core is the most that helps. "
            "Limits per caller that are not quotas count in each by itself.",
        ),
    ] = 1,
) -> None:
    """Chạy cổng API. / Run the gateway; prints one JSON line when it can serve."""
    settings = begin()
    allow_many_connections()
    if processes > 1:
        with bound_together(host, port, processes) as listening:
            _serve_together(settings, listening)
        return
    with bind(host, port) as alone:
        ready = partial(print_json, {"ready": True, "url": url_of(alone), "pid": os.getpid()})
        _serve(settings, Metrics(), alone, ready)


def _serve_together(settings: Settings, listening: Sequence[socket.socket]) -> None:
    """Serve from several processes; what they count is one for whoever asks any of them."""
    url, pid = url_of(listening[0]), os.getpid()

    def announce(pids: Sequence[int]) -> None:
        print_json({"ready": True, "url": url, "pid": pid, "processes": list(pids)})

    counts = Path(tempfile.mkdtemp(prefix="lgsp-counts-"))
    try:
        child = Supervisor(listening, announce).run()
        if child is not None:
            metrics = Metrics(shared_in=counts)
            _serve(settings, metrics, child.listening, child.ready, lifeline=child.lifeline)
    except ChildError as error:
        raise typer.Exit(error.code) from error
    finally:
        if os.getpid() == pid:
            shutil.rmtree(counts, ignore_errors=True)


def _serve(
    settings: Settings,
    metrics: Metrics,
    listening: socket.socket,
    ready: Callable[[], None],
    *,
    lifeline: socket.socket | None = None,
) -> None:
    try:
        app = create_app(settings, metrics=metrics)
    except (MissingSettingError, SigningKeyError, TrustRootsError, *_KEYS, ValueError) as error:
        raise SettingsError(str(error)) from error
    config = config_of(app, head_within=settings.request_head_seconds)
    server = _Server(config, app.state.bell, ready)
    server.lifeline = lifeline
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
