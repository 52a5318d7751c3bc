"""A service on loopback that tells what it was asked, or answers what a test scripted."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override


@dataclass
class Asked:
    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass
class Service:
    """`status`, `headers` and `body` are what it answers; `bodies` by path come before that."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b"told"
    bodies: dict[str, bytes] = field(default_factory=dict)


class Listening(ThreadingHTTPServer):
    """A server at which many may knock at once."""

    request_queue_size = 256


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            content = self.rfile.read(length)
            asked = Asked(self.command, self.path, list(self.headers.items()), content)
            service.asked.append(asked)
            body = service.bodies.get(self.path, service.body)
            self.send_response(service.status)
            for name, value in [("Content-Type", "text/plain"), *service.headers]:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = Listening(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
