"""A scripted HTTP server on 127.0.0.1: one step for each request, then it hangs up."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Step = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]

    @property
    def content(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass
class Server:
    """What a test sees of the server: its address and the requests that came."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    forever: asyncio.Event = field(default_factory=asyncio.Event)


def raw(*pieces: bytes) -> Step:
    async def step(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return step


def answer(status: int = 200, body: object = b"", **headers: str) -> Step:
    """Answer with bytes as they are, anything else as JSON; `_` in a header name is `-`."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status} Told", f"Content-Length: {len(content)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return raw("\r\n".join(lines).encode() + b"\r\n\r\n" + content)


def reset(*pieces: bytes) -> Step:
    """Say the pieces, then break the connection with RST."""

    async def step(writer: asyncio.StreamWriter) -> None:
        await raw(*pieces)(writer)
        sock: socket.socket = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return step


def silence(server: Server, *pieces: bytes) -> Step:
    """Say the pieces, then nothing until the test is over."""

    async def step(writer: asyncio.StreamWriter) -> None:
        await raw(*pieces)(writer)
        await server.forever.wait()

    return step


@asynccontextmanager
async def scripted(steps: Sequence[Step], server: Server | None = None) -> AsyncIterator[Server]:
    """Serve the steps in the order of the requests; one request too many is cut off."""
    server = server or Server()
    script = iter(steps)
    serving: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        try:
            server.requests.append(await _read(reader))
        except asyncio.IncompleteReadError:  # The caller gave up.
            writer.close()
            return
        if (step := next(script, None)) is not None:
            await step(writer)
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        server.url = f"http://127.0.0.1:{port}"
        yield server
        server.forever.set()
        if under_way := [task for task in serving if task is not None and not task.done()]:
            await asyncio.wait(under_way, timeout=1)


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    line, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value for name, value in (text.split(": ", 1) for text in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(line, headers, body)
