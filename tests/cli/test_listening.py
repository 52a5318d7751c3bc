import socket
from contextlib import closing

import pytest

from app.cli.failing import CommandError
from app.cli.listening import bind, bound_together, url_of


@pytest.mark.parametrize("number", [1, 3])
def test_all_sockets_are_at_one_address_and_somebody_is_called(number: int) -> None:
    with bound_together("127.0.0.1", 0, number) as listening:
        assert len(listening) == number
        assert len({url_of(one) for one in listening}) == 1
        with closing(socket.create_connection(listening[0].getsockname())) as call:
            assert call.getpeername() == listening[0].getsockname()


def test_an_address_in_use_is_not_shared_with_another_program() -> None:
    with bound_together("127.0.0.1", 0, 2) as listening:
        port = listening[0].getsockname()[1]
        with pytest.raises(CommandError, match=f"cannot listen on 127.0.0.1:{port}"):
            bind("127.0.0.1", port)
        with pytest.raises(CommandError), bound_together("127.0.0.1", port, 2):
            pass


@pytest.mark.parametrize("host", ["example.invalid", "300.1.1.1", "1::2::3"])
def test_what_is_no_address_is_refused_by_name(host: str) -> None:
    with pytest.raises(CommandError, match="cannot listen on"):
        bind(host, 0)


def test_an_address_of_ipv6_stands_in_brackets() -> None:
    family = socket.AF_INET6 if socket.has_dualstack_ipv6() else socket.AF_INET
    hosts = {
        socket.AF_INET6: ("::1", "http://[::1]:"),
        socket.AF_INET: ("127.0.0.1", "http://127.0.0.1:"),
    }
    host, begins = hosts[family]
    with bind(host, 0) as listening:
        assert url_of(listening).startswith(begins)
