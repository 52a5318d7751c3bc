"""The servers that are measured; each runs as `python -m tests.bench.servers NAME`."""

import json
import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar, cast

import aiohttp
import uvicorn
from sqlalchemy import Connection
from starlette.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

from app.cli.listening import bind, bound_together
from app.cli.serving import config_of, run
from app.cli.supervising import Supervisor
from app.main import create_app
from app.platform.database import open_database
from app.platform.idempotency import created
from app.platform.logging import configure_logging
from app.platform.settings import Settings
from mock_ngsp import server as nation
from tests.passing_database import PassingDatabase

P = ParamSpec("P")
T = TypeVar("T")
_ANSWER = b'{"ok":true}'
_DONE = created("/v1/dossiers/none", _ANSWER, "dossier:none")


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the body and answer: the least an ASGI server can do for a POST."""
    await _answer(scope, receive, send, _ANSWER)


def answering(answer: bytes) -> ASGIApp:
    """Return what answers these bytes and does nothing else."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await _answer(scope, receive, send, answer)

    return application


async def _answer(scope: Scope, receive: Receive, send: Send, answer: bytes) -> None:
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
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


async def passing(scope: Scope, receive: Receive, send: Send) -> None:
    """Pass requests on to what is behind, and do nothing else: the least a proxy in Python does."""
    if scope["type"] == "lifespan":
        await _answer(scope, receive, send, b"")
        return
    state = scope["state"]
    if "session" not in state:
        state["session"] = aiohttp.ClientSession(auto_decompress=False)
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    query = scope["query_string"].decode()
    url = f"{os.environ['BENCH_BEHIND']}{scope['path']}?{query}"  # noqa: TID251 -- no setting of ours
    async with state["session"].request(scope["method"], url, data=body or None) as answer:
        told = await answer.read()
    headers = [(b"content-length", b"%d" % len(told))]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": told})


class _Forgetful(PassingDatabase):
    """The gateway's database, where every act is done at once and leaves nothing."""

    @override
    async def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return cast("T", _DONE)


def validating() -> ASGIApp:
    """The whole gateway; a submission is read and validated, and stored nowhere."""
    settings = Settings()
    configure_logging(settings.log_level)
    return create_app(settings, database=_Forgetful(open_database(settings.database_url)))


class _Server(uvicorn.Server):
    """uvicorn that says when it is ready."""

    def __init__(self, app: ASGIApp, told: Callable[[], None]) -> None:
        super().__init__(config_of(app))
        self._told = told

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._told()


def main(name: str, number: int) -> None:
    """Serve one application with the flags and on the event loop that `lgsp serve` has.

    `number` processes do so. `bare-as-mock` is served as `mock-ngsp serve` does.
    """
    if name == "bare-as-mock":
        nation.run(bare, nation.listen("127.0.0.1", 0))
        return
    app: ASGIApp = validating() if name == "validating" else bare
    if name == "passing":
        app = passing
    if name == "answering":
        app = answering(os.environ["BENCH_ANSWER"].encode())  # noqa: TID251 -- no setting of ours
    if number == 1:
        with bind("127.0.0.1", 0) as alone:
            run(_Server(app, partial(_say, alone)), alone)
        return
    with bound_together("127.0.0.1", 0, number) as listening:
        child = Supervisor(listening, lambda _pids: _say(listening[0])).run()
        if child is not None:
            run(_Server(app, child.ready), child.listening)


def _say(listening: socket.socket) -> None:
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    print(json.dumps({"ready": True, "url": url, "pid": os.getpid()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
