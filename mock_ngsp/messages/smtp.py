"""A mail server that keeps what it is given: enough of SMTP (RFC 5321) for one client."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

from mock_ngsp.messages.inbox import Arrived

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

NOBODY = "nobody@"
"""A mailbox that begins so does not exist."""

_LONGEST = 2**20


class MailServer:
    """One server over one universe."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak with one client until it leaves."""
        writer.write(b"220 mock-ngsp\r\n")
        recipients: list[str] = []
        while line := (await reader.readline()).decode("utf-8", "replace").strip():
            verb = line[:4].upper()
            if verb == "DATA" and recipients:
                writer.write(b"354 go on\r\n")
                await writer.drain()
                self._keep(recipients, await reader.readuntil(b"\r\n.\r\n"))
                recipients = []
                writer.write(b"250 kept\r\n")
            elif verb == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                is_known = not address.startswith(NOBODY)
                recipients += [address] if is_known else []
                writer.write(b"250 ok\r\n" if is_known else b"550 no such mailbox\r\n")
            elif verb == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n" if verb != "DATA" else b"503 nobody named\r\n")
            await writer.drain()
        writer.close()

    def _keep(self, recipients: list[str], content: bytes) -> None:
        plain = content.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        mail = message_from_bytes(plain, EmailMessage, policy=policy.default)
        text = mail.get_content().replace("\r\n", "\n")
        now = self._universe.clock.now()
        for to in recipients:
            own, title = str(mail["Message-ID"]), str(mail["Subject"])
            self._universe.inbox.take(Arrived(now, "smtp", to, text, own, title))


@contextmanager
def serving(universe: "Universe", host: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """Serve mail in a thread of its own; gives the port.

    Raises:
        OSError: if the address cannot be had.
    """
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        asyncio.start_server(MailServer(universe).serve, host, port, limit=_LONGEST)
    )
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
