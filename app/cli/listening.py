"""The sockets that a server listens on, and how many connections they may give it."""

import resource
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final

from app.cli.failing import CommandError

_BACKLOG: Final = 2048


def allow_many_connections() -> None:
    """Use every descriptor there may be: clients of the document axis never close a connection."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def url_of(listening: socket.socket) -> str:
    """Return the address of a socket as the beginning of a URL."""
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def bind(host: str, port: int, *, shares: bool = False) -> socket.socket:
    """Return a socket that listens there; 0 picks a free port, `::` takes IPv4 and IPv6.

    With `shares`, others of the same user that say so as well listen there too.

    Raises:
        CommandError: if that address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    is_both = host == "::" and socket.has_dualstack_ipv6()
    try:
        listening = socket.create_server(
            (host, port),
            family=family,
            backlog=_BACKLOG,
            reuse_port=shares,
            dualstack_ipv6=is_both,
        )
    except (OSError, OverflowError) as error:
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
