"""A way to the document axis that fails, repeats, delays and lets things overtake each other."""

import json
import random
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

import httpx
from typing_extensions import override

_CALM: Final = "pass"
_KINDS: Final = {
    _CALM: 60,
    "error before the effect": 8,
    "error after the effect": 8,
    "reset before the effect": 6,
    "reset after the effect": 6,
    "repeat": 6,
    "delay": 6,
}
_LONGEST_DELAY: Final = 0.5
_DROPPED: Final = {"host", "content-length", "connection", "transfer-encoding", "expect"}


class RoughSea:
    """Passes calls on to the axis while it is calm; in a storm only most of them, and not alone.

    A list is turned round and may show an item twice, so that later packets overtake earlier ones.
    """

    def __init__(self, seed: int) -> None:
        self.axis = ""
        self.is_stormy = True
        self.happened: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._never = threading.Event()
        each_its_own = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.Client(timeout=60, trust_env=False, limits=each_its_own)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever)

    def before(self, axis: str) -> str:
        """Stand before this axis; return the address to call instead."""
        self.axis = axis
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> httpx.Response | None:
        """Return the answer to a call; None to cut the connection."""
        kind = self._fate()
        if kind != _CALM:
            self.happened[kind] += 1
        if kind == "delay":
            self._never.wait(self._chance.uniform(0, _LONGEST_DELAY))
        if kind.endswith("before the effect"):
            return httpx.Response(503) if kind.startswith("error") else None
        found = self._pass_on(path, headers, body)
        if kind == "repeat":
            found = self._pass_on(path, headers, body)
        if kind.endswith("after the effect"):
            return httpx.Response(500) if kind.startswith("error") else None
        return self._stirred(found) if path.endswith("getReceivedEdocList") else found

    def _pass_on(self, path: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        return self._http.post(self.axis + path, headers=headers, content=body)

    def _fate(self) -> str:
        if not self.is_stormy:
            return _CALM
        with self._lock:
            return self._chance.choices(list(_KINDS), weights=list(_KINDS.values()))[0]

    def _stirred(self, found: httpx.Response) -> httpx.Response:
        listed = found.json()
        items = listed.get("data") or []
        if not self.is_stormy or not items:
            return found
        if len(items) > 1:
            self.happened["overtaking"] += 1
        listed["data"] = [*reversed(items), items[0]]
        return httpx.Response(200, content=json.dumps(listed).encode())

    def _handler(sea) -> type[BaseHTTPRequestHandler]:  # noqa: N805 -- two selves meet here
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                kept = {k: v for k, v in self.headers.items() if k.lower() not in _DROPPED}
                self.close_connection = True
                try:
                    found = sea.answer(self.path, {**kept, "Accept-Encoding": "identity"}, body)
                    if found is not None:
                        self._reply(found)
                except (httpx.TransportError, ConnectionError):
                    sea.happened["cut by others"] += 1  # The axis, or a worker that was killed.

            def _reply(self, found: httpx.Response) -> None:
                self.send_response(found.status_code)
                self.send_header("Content-Length", str(len(found.content)))
                self.end_headers()
                self.wfile.write(found.content)

            @override
            def log_message(self, format: str, *args: object) -> None: ...

        return Handler

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._http.close()
