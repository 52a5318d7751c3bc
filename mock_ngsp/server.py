"""Runs the mock as a process: its own socket, one line when ready, a clean end by signal."""

import asyncio
import gc
import json
import os
import resource
import signal
import socket
import struct
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mock_ngsp.front import DROP
from mock_ngsp.gathering import Gathering

_GRACE = 3
_BACKLOG = 2048
_KEEP_ALIVE = 75
_COLLECT_AFTER = 20_000


class DroppableProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, offering the application to cut the connection."""

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(Gathering(transport, self.loop))

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {DROP: self.drop}  # type: ignore[dict-item] # ASGI wants dicts

    def drop(self) -> None:
        """Reset the TCP connection, whatever the caller still waits for."""
        connection: socket.socket | None = self.transport.get_extra_info("socket")
        if connection is not None:
            linger_not = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
        self.transport.abort()


class ReadyServer(uvicorn.Server):
    """A server that says on stdout when it can serve."""

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        ready = {"ready": True, "url": self._url, "pid": os.getpid()}
        print(json.dumps(ready), flush=True)  # noqa: T201 - the line is the interface


def listen(host: str, port: int) -> socket.socket:
    """Bind and listen; port 0 takes a free one.

    Raises:
        OSError: if the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def run(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT, then return within a few seconds."""
    _allow_many_connections()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)  # What is held grows, and hardly any of it in cycles.
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        app,
        http=DroppableProtocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
    )
    server = ReadyServer(config, f"http://{shown}:{port}")

    def leave(_signal: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    # uvicorn raises the signal once more when it is done; with these it finds a deaf ear.
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    server.run(sockets=[listener])


def _allow_many_connections() -> None:
    """Clients of the axis never close a connection: use every descriptor there may be."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
