"""The sockets that a server listens on."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final

from app.cli.failing import CommandError

_BACKLOG: Final = 2048


def bind(host: str, port: int, *, shares: bool = False) -> socket.socket:
    """Return a socket that listens there; 0 picks a free port.

    With `shares`, others of the same user that say so as well listen there too.

    Raises:
        CommandError: if that address cannot be had.
    """
    try:
        listening = socket.create_server((host, port), backlog=_BACKLOG, reuse_port=shares)
    except (OSError, OverflowError, ValueError) as error:
        raise CommandError(f"cannot listen on {host}:{port}: {error}") from error
    # Connections inherit it. asyncio sets it only on sockets that name TCP, which these do not,
    # and without it every answer waits 40 ms for the client's delayed acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


@contextmanager
def bound_together(host: str, port: int, number: int) -> Iterator[Sequence[socket.socket]]:
    """Give so many sockets at one address, among which the system spreads connections.

    Raises:
        CommandError: if that address cannot be had, or another program has it.
    """
    if port:
        bind(host, port).close()  # Nobody else, not even one who would share it.
    with ExitStack() as stack:
        first = stack.enter_context(bind(host, port, shares=True))
        name, picked = first.getsockname()[:2]
        others = (bind(name, picked, shares=True) for _ in range(number - 1))
        yield [first, *map(stack.enter_context, others)]
