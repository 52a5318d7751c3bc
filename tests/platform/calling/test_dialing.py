"""Where connections go, and to whom."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from app.platform.calling.dialing import Found
from app.platform.calling.failing import (
    ConnectError,
    ConnectTimeoutError,
    RefusedAddressError,
    TlsError,
)
from app.platform.calling.requests import Place
from app.platform.clock import SystemClock
from tests.platform.calling.conftest import Run
from tests.platform.calling.speaking import Heard, a_pool, again_and_again, get, scene

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def addresses(*hosts: str) -> list[Found]:
    return [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 0))
        for one in hosts
    ]


def leads_to(*hosts: str) -> "Names":
    return Names(hosts)


class Names:
    """Resolves every name to the same addresses, and counts how often it is asked."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self.hosts = hosts
        self.asked = 0

    async def resolve(self, _: str, port: int) -> list[Found]:
        self.asked += 1
        return [(*one[:4], (one[4][0], port)) for one in addresses(*self.hosts)]


async def never(*_: object) -> list[Found]:
    await asyncio.Event().wait()
    raise AssertionError


async def says_nothing(heard: Heard) -> None:
    await heard.until_ended()


async def unknown(*_: object) -> list[Found]:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


def test_only_addresses_that_may_be_reached_are_connected_to(run: Run) -> None:
    async def work() -> None:
        async with scene(again_and_again(OK)) as on:
            names = leads_to("127.0.0.2", "::1", "127.0.0.1")
            pool = a_pool(resolve=names.resolve, may_reach="127.0.0.1".__eq__)
            connection = await pool.ask(on.place, get(), seconds=5)
            assert connection.take() == b"ok"
            pool.close()
            for hosts in (["127.0.0.2"], ["::1", "::ffff:127.0.0.1"], []):
                refused = a_pool(resolve=leads_to(*hosts).resolve, may_reach="127.0.0.1".__eq__)
                with pytest.raises(RefusedAddressError):
                    await refused.ask(on.place, get(), seconds=5)
                assert refused.open == 0
            assert len(on.heard) == 1

    run(work())


def test_another_address_is_tried_when_the_first_does_not_answer(run: Run) -> None:
    async def work() -> None:
        async with scene(again_and_again(OK)) as on:
            pool = a_pool(resolve=leads_to("::1", "127.0.0.1").resolve)
            connection = await pool.ask(on.place, get(), seconds=5)
            assert connection.take() == b"ok"
            pool.close()

    run(work())


def test_a_place_where_nobody_is(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    place = Place("127.0.0.1", port, is_secure=False, authority=b"x")

    async def work() -> None:
        for resolve in (None, unknown):
            pool = a_pool(resolve=resolve)
            for _ in range(2):
                with pytest.raises(ConnectError):
                    await pool.ask(place, get(), seconds=5)
            assert pool.open == 0

    run(work())


def test_a_connection_has_only_so_much_time(run: Run) -> None:
    place = Place("slow.example", 80, is_secure=False, authority=b"x")

    async def work() -> None:
        pool = a_pool(resolve=never, seconds=0.1)
        with pytest.raises(ConnectTimeoutError):
            await pool.ask(place, get(), seconds=5)
        assert pool.open == 0

    run(work())


def test_tls_that_never_comes_about_has_only_so_much_time(run: Run) -> None:
    async def work() -> None:
        async with scene(says_nothing) as on:
            place = Place("localhost", on.place.port, is_secure=True, authority=b"x")
            pool = a_pool(seconds=0.2)
            with pytest.raises(ConnectTimeoutError):
                await pool.ask(place, get(), seconds=5)
            assert pool.open == 0

    run(work())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the certificate of localhost, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = SystemClock().now()
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + built.public_bytes(Encoding.PEM))
    return file


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_whoever_proves_to_be_the_host_is_asked(run: Run, certificate: Path, host: str) -> None:
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(certificate)
    trusted = ssl.create_default_context(cafile=str(certificate))

    async def work() -> None:
        async with scene(again_and_again(OK), server_tls=serving, trusted=trusted) as on:
            on.place = Place(host, on.place.port, is_secure=True, authority=b"x")
            assert [await on.told() for _ in range(3)] == [b"ok"] * 3
            assert len(on.heard) == 1

    run(work())


def test_whoever_does_not_is_not(run: Run, certificate: Path) -> None:
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(certificate)
    trusted = ssl.create_default_context(cafile=str(certificate))

    async def work() -> None:
        async with scene(again_and_again(OK), server_tls=serving) as on:
            with pytest.raises(TlsError):
                await on.told()
            assert on.pool.open == 0
        async with scene(again_and_again(OK), server_tls=serving, trusted=trusted) as on:
            on.place = Place("other.example", on.place.port, is_secure=True, authority=b"x")
            with pytest.raises(TlsError):
                await on.told()
            on.place = Place("127.0.0.9", on.place.port, is_secure=True, authority=b"x")
            with pytest.raises(TlsError):
                await on.told()
            assert on.heard == []

    run(work())


def test_plain_speech_where_tls_is_wanted(run: Run) -> None:
    async def work() -> None:
        async with scene(again_and_again(OK)) as on:
            on.place = Place("localhost", on.place.port, is_secure=True, authority=b"x")
            on.pool = a_pool(seconds=0.5)
            with pytest.raises((TlsError, ConnectTimeoutError)):
                await on.told()

    run(work())


def test_names_are_looked_up_again_only_after_a_while(run: Run) -> None:
    async def work() -> None:
        closing = OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        names = leads_to("127.0.0.1")
        async with scene(again_and_again(closing)) as on:
            for names_seconds, asked in ((0.0, 3), (60.0, 4)):
                pool = a_pool(resolve=names.resolve, names_seconds=names_seconds)
                for _ in range(3):
                    connection = await pool.ask(on.place, get(), seconds=5)
                    connection.cut()
                assert names.asked == asked

    run(work())
