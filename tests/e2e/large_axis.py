"""A document axis that keeps hashes only: it takes large packets in, and offers some to fetch."""

import base64
import hashlib
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from app.exchange.vxp.signing import unpadded

OK = {"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong"}
_CRLF = b"\r\n"
Stream = Callable[[], Iterator[bytes]]


@dataclass
class LargeAxis:
    """What it took by SHA-256, and what waits to be fetched by its id."""

    taken: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, Stream] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    done: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def __enter__(self) -> Self:
        routes = [
            Route("/sendEdoc", self._send, methods=["POST"]),
            Route("/getReceivedEdocList", self._list, methods=["POST"]),
            Route("/getEdoc", self._get, methods=["POST"]),
            Route("/downloadEdoc", self._download),
            Route("/updateStatus", self._update, methods=["POST"]),
        ]
        sock = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{sock.getsockname()[1]}"
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

    async def _send(self, request: Request) -> Response:
        digest, tail, size = hashlib.sha256(), b"", 0
        async for piece in request.stream():
            whole = tail + piece
            digest.update(whole[:-2])
            size += len(whole[:-2])
            tail = whole[-2:]
        said = _said(request)["hash-file"]
        if tail != _CRLF or said != unpadded(digest.hexdigest()):
            return JSONResponse({"status": "FAIL", "ErrorCode": "1003", "DocId": "0"})
        self.taken[digest.hexdigest()] = size
        return JSONResponse({**OK, "DocId": f"sent-{len(self.taken)}"})

    async def _list(self, request: Request) -> Response:
        is_edoc = _said(request)["messagetype"] == "edoc"
        found = [{"docId": one} for one in self.waiting if one not in self.done and is_edoc]
        return JSONResponse({**OK, "data": found})

    async def _get(self, request: Request) -> Response:
        doc_id = _said(request)["docId"]
        self.asked.append(f"getEdoc {doc_id}")

        async def answer() -> AsyncIterator[bytes]:
            yield json.dumps(OK).removesuffix("}").encode() + b', "data": "'
            for piece in self.waiting[doc_id]():
                yield base64.b64encode(piece)
            yield b'"}'

        return StreamingResponse(answer(), media_type="application/json")

    async def _download(self, request: Request) -> Response:
        doc_id = _said(request)["docId"]
        self.asked.append(f"downloadEdoc {doc_id}")
        return StreamingResponse(self.waiting[doc_id](), media_type="application/octet-stream")

    async def _update(self, request: Request) -> Response:
        said = _said(request)
        self.done[said["docid"]] = said["status"]
        return JSONResponse(OK)


def _said(request: Request) -> dict[str, Any]:
    signed: dict[str, Any] = json.loads(request.headers["xroadvnpt-sign-header"])
    return {name.removeprefix("XroadVnpt-"): value for name, value in signed.items()}


def await_until(is_so: Callable[[], bool], within: float) -> None:
    """Wait until something has become so."""
    end = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        threading.Event().wait(0.05)
