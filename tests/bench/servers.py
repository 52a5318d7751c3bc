"""The servers that are measured; each runs as `python -m tests.bench.servers NAME`."""

import json
import os
import socket
import sys
from typing import Annotated

import uvicorn
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

from app.access.domain import Caller
from app.access.domain import Scope as Right
from app.access.guard import requires
from app.dossiers.schemas.incoming import DossierIn
from app.main import create_app
from app.platform.bodies import read_json
from app.platform.logging import configure_logging
from app.platform.settings import Settings

_ANSWER = b'{"ok":true}'


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the body and answer: the least an ASGI server can do for a POST."""
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    more = True
    while more:
        message = await receive()
        more = message.get("more_body", False)
    headers = [(b"content-type", b"application/json"), (b"content-length", b"11")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": _ANSWER})


def validating() -> ASGIApp:
    """The whole gateway with one more route: guard, strict reading, no storage."""
    settings = Settings()
    configure_logging(settings.log_level)
    app = create_app(settings)
    router = APIRouter()

    @router.post("/bench/validated")
    async def validated(
        request: Request, caller: Annotated[Caller, requires(Right.SUBMIT_DOSSIERS)]
    ) -> Response:
        del caller
        body = await read_json(request, DossierIn)
        body.value.filing()
        return Response(_ANSWER, media_type="application/json")

    app.include_router(router)
    return app


class _Server(uvicorn.Server):
    """uvicorn that says when it is ready."""

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        assert sockets is not None
        port = sockets[0].getsockname()[1]
        ready = {"ready": True, "url": f"http://127.0.0.1:{port}", "pid": os.getpid()}
        print(json.dumps(ready), flush=True)


def main(name: str) -> None:
    """Serve one application with the flags all of them share."""
    app: ASGIApp = validating() if name == "validating" else bare
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
    _Server(config).run(sockets=[socket.create_server(("127.0.0.1", 0), backlog=2048)])


if __name__ == "__main__":
    main(sys.argv[1])
