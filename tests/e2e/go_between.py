"""A way to the portal that answers some calls itself, with codes that the mock does not have."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import httpx
from typing_extensions import override


class GoBetween:
    """Passes every call on to the nation, except for services that it was told to answer."""

    def __init__(self) -> None:
        self.nation = ""
        self.answers: dict[str, dict[str, Any]] = {}
        self.answered: Counter[str] = Counter()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, service: str, code: int, message: str) -> None:
        """Answer a service with HTTP 200 and this code from now on."""
        self.answers[service] = {"error_code": code, "message": message}

    def reply(self, path: str, body: bytes) -> tuple[int, bytes]:
        service = str(json.loads(body).get("service"))
        if service in self.answers:
            self.answered[service] += 1
            return 200, json.dumps(self.answers[service]).encode()
        passed = httpx.post(self.nation + path, content=body, timeout=30, trust_env=False)
        return passed.status_code, passed.content

    def _handler(between) -> type[BaseHTTPRequestHandler]:  # noqa: N805 -- two selves meet here
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, content = between.reply(self.path, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

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
