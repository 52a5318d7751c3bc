"""A service behind the broker that takes and gives large bodies and keeps their digests only."""

import hashlib
import socket
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.e2e.large_axis import Stream


@dataclass
class LargeService:
    """`given` are what it gives, by their names."""

    given: dict[str, Stream] = field(default_factory=dict)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        routes = [
            Route("/take", self._take, methods=["POST"]),
            Route("/give/{name}", self._give),
        ]
        sock = socket.create_server(("127.0.0.1", 0))
        self.port = sock.getsockname()[1]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, access_log=False)
        self._server = uvicorn.Server(config)
        run = self._server.run
        self._thread = threading.Thread(target=lambda: run(sockets=[sock]), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join()

    async def _take(self, request: Request) -> Response:
        digest, size = hashlib.sha256(), 0
        async for piece in request.stream():
            digest.update(piece)
            size += len(piece)
        return JSONResponse({"sha256": digest.hexdigest(), "size": size})

    async def _give(self, request: Request) -> Response:
        return StreamingResponse(self.given[request.path_params["name"]]())
