"""The digest of a request, which the answer brings back so that its caller can be sure of it."""

import base64
import hashlib
from collections.abc import Callable, Iterable

from starlette.types import Message, Receive


def head_of(method: str, target: bytes, lines: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return what is hashed of a request's head.

    The request line `METHOD target`, then each `x-road-…` line and `content-type` as
    `name:value`, in the order of their names, each ended by CRLF. Which lines X-Road itself
    takes is not written down in its protocol.
    """
    kept = sorted(
        (name, value)
        for name, value in lines
        if name == b"content-type"
        or (name.startswith(b"x-road-") and name != b"x-road-request-hash")
    )
    head = b"%b %b\r\n" % (method.encode("ascii"), target)
    return head + b"".join(b"%b:%b\r\n" % line for line in kept)


class Digesting:
    """Passes a body on and, when all of it has come, says the digest of the request once."""

    def __init__(self, receive: Receive, head: bytes, say: Callable[[bytes], None]) -> None:
        self._receive = receive
        self._head = hashlib.sha512(head).digest()
        self._body = hashlib.sha512()
        self._say = say
        self._is_said = False
        self._size = 0

    async def receive(self) -> Message:
        """Return what comes, having looked at it."""
        message = await self._receive()
        if message["type"] == "http.request":
            body: bytes = message.get("body", b"")
            self._body.update(body)
            self._size += len(body)
            if not message.get("more_body", False):
                self.end()
        return message

    def end(self) -> None:
        """Say the digest: base64(SHA512(SHA512(head) + SHA512(body))).

        Without a body it is that of the head alone, base64(SHA512(head)).
        """
        if self._is_said:
            return
        self._is_said = True
        both = hashlib.sha512(self._head + self._body.digest()).digest()
        self._say(base64.b64encode(both if self._size else self._head))
