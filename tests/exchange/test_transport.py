import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from app.exchange.outcomes import Deferred
from app.exchange.transport import Answer, build_client, contract_breach, exchange
from tests.exchange.loopback import Server, Step, answer, raw, reset, scripted, silence

pytestmark = pytest.mark.anyio

DATE = "Mon, 02 Nov 2026 01:00:00 GMT"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with build_client(timeout=timedelta(seconds=5)) as client:
        yield client


async def call(
    client: httpx.AsyncClient, url: str, *, max_bytes: int = 1000, deadline: float = 5
) -> Answer | Deferred:
    request = client.build_request("POST", url, content=b"{}")
    return await exchange(
        client, request, max_bytes=max_bytes, deadline=timedelta(seconds=deadline)
    )


async def outcome(client: httpx.AsyncClient, step: Step) -> Answer | Deferred:
    async with scripted([step]) as server:
        return await call(client, server.url)


async def test_a_port_where_nobody_listens_is_deferred(client: httpx.AsyncClient) -> None:
    async with scripted([]) as server:
        url = server.url
    assert await call(client, url) == Deferred("connect-failed")


async def test_a_name_that_does_not_resolve_is_deferred(client: httpx.AsyncClient) -> None:
    assert await call(client, "http://nowhere.invalid/") == Deferred("connect-failed")


async def test_a_server_without_tls_is_deferred(client: httpx.AsyncClient) -> None:
    async def speak_plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Plain\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(speak_plainly, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        assert await call(client, f"https://127.0.0.1:{port}/") == Deferred("tls-failed")


async def test_an_address_of_another_kind_is_deferred(client: httpx.AsyncClient) -> None:
    assert await call(client, "ftp://127.0.0.1/") == Deferred("request-failed")


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (reset(), "connection-lost"),
        (raw(), "connection-lost"),
        (reset(HEAD + b"half"), "answer-cut-short"),
        (raw(HEAD + b"half"), "answer-cut-short"),
        (raw(b"this is not HTTP\r\n\r\n"), "answer-unreadable"),
        (raw(b"HTTP/1.1 200 Th\xe0nh c\xf4ng\r\nContent-Length: 0\r\n\r\n"), "answer-unreadable"),
        (answer(body=b"not gzip", Content_Encoding="gzip"), "answer-unreadable"),
        (answer(500, b"<html>"), "http-500"),
        (answer(502), "http-502"),
        (answer(408), "http-408"),
    ],
    ids=[
        "reset at once",
        "closed at once",
        "reset in the body",
        "closed in the body",
        "not HTTP",
        "status line not UTF-8",
        "not gzip",
        "500 in HTML",
        "502",
        "408",
    ],
)
async def test_a_broken_answer_is_deferred_with_its_reason(
    client: httpx.AsyncClient, step: Step, reason: str
) -> None:
    assert await outcome(client, step) == Deferred(reason)


async def test_a_silent_server_is_given_up_at_the_deadline(client: httpx.AsyncClient) -> None:
    server = Server()
    async with scripted([silence(server)], server):
        assert await call(client, server.url, deadline=0.05) == Deferred("timeout")


async def test_a_stalling_body_is_given_up_at_the_deadline(client: httpx.AsyncClient) -> None:
    server = Server()
    async with scripted([silence(server, HEAD + b"half")], server):
        assert await call(client, server.url, deadline=0.05) == Deferred("timeout")


async def test_a_silent_server_is_given_up_at_the_clients_own_time_out() -> None:
    server = Server()
    async with (
        scripted([silence(server)], server),
        build_client(timeout=timedelta(seconds=0.05)) as client,
    ):
        assert await call(client, server.url) == Deferred("timeout")


async def test_an_answer_over_the_limit_is_not_read_to_its_end(client: httpx.AsyncClient) -> None:
    async with scripted([answer(body=b"x" * 11), answer(body=b"x" * 10)]) as server:
        too_large = await call(client, server.url, max_bytes=10)
        just_right = await call(client, server.url, max_bytes=10)
    assert too_large == Deferred("answer-too-large", alarm=True)
    assert isinstance(just_right, Answer)


async def test_the_limit_counts_what_a_compressed_answer_unpacks_to(
    client: httpx.AsyncClient,
) -> None:
    bomb = gzip.compress(b"\0" * 1_000_000)
    found = await outcome(client, answer(body=bomb, Content_Encoding="gzip"))
    assert found == Deferred("answer-too-large", alarm=True)


async def test_a_redirect_is_not_followed(client: httpx.AsyncClient) -> None:
    async with scripted([answer(302, Location="/elsewhere")]) as server:
        assert await call(client, server.url) == Deferred("http-302", alarm=True)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("7", timedelta(seconds=7)),
        ("Mon, 02 Nov 2026 01:02:00 GMT", timedelta(minutes=2)),
        ("Mon, 02 Nov 2026 00:59:00 GMT", timedelta(0)),
        ("999999999", timedelta(days=1)),
        ("Fri, 02 Nov 2029 01:02:00 GMT", timedelta(days=1)),
        ("-3", None),
        ("soon", None),
        ("9" * 5000, None),
    ],
    ids=lambda value: str(value)[:20],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_what_the_server_asks_for_is_kept(
    client: httpx.AsyncClient, status: int, asked: str, wait: timedelta | None
) -> None:
    found = await outcome(client, answer(status, Date=DATE, Retry_After=asked))
    assert found == Deferred(f"http-{status}", retry_after=wait)


async def test_a_retry_date_without_the_servers_own_date_is_not_guessed(
    client: httpx.AsyncClient,
) -> None:
    found = await outcome(client, answer(503, Retry_After="Mon, 02 Nov 2026 01:02:00 GMT"))
    assert found == Deferred("http-503")


async def test_a_refusal_is_the_callers_to_judge(client: httpx.AsyncClient) -> None:
    found = await outcome(client, answer(400, {"status": "FAIL"}))
    assert isinstance(found, Answer)
    assert (found.status, found.is_success, found.body) == (400, False, b'{"status": "FAIL"}')


async def test_a_good_answer_is_read_whole(client: httpx.AsyncClient) -> None:
    body = gzip.compress("Thành công".encode())
    found = await outcome(client, answer(body=body, Content_Encoding="gzip", X_Word="told"))
    assert isinstance(found, Answer)
    assert found.is_success
    assert found.body.decode() == "Thành công"
    assert found.headers["x-word"] == "told"


async def test_a_sink_takes_the_body_of_a_success_only(client: httpx.AsyncClient) -> None:
    taken = bytearray()
    async with scripted([answer(400, b"no"), answer(200, b"yes")]) as server:
        found = [
            await exchange(
                client,
                client.build_request("GET", server.url),
                max_bytes=10,
                deadline=timedelta(seconds=5),
                sink=taken.extend,
            )
            for _ in range(2)
        ]
    assert [one.body for one in found if isinstance(one, Answer)] == [b"no", b""]
    assert taken == b"yes"


async def test_no_cookie_is_kept(client: httpx.AsyncClient) -> None:
    async with scripted([answer(Set_Cookie="who=me; Path=/"), answer()]) as server:
        await call(client, server.url)
        await call(client, server.url)
    assert [request.headers.get("cookie") for request in server.requests] == [None, None]


async def test_a_client_that_was_never_used_closes() -> None:
    client = build_client(timeout=timedelta(seconds=1))
    await client.aclose()
    assert client.is_closed


def test_a_breach_of_contract_is_deferred_and_alarms() -> None:
    found = contract_breach("getEdoc", Answer(200, httpx.Headers(), b"<html>"), "not JSON")
    assert found == Deferred("contract-breach", alarm=True)
