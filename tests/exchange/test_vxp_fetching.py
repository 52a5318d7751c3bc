"""Large packets over the wire: sent while they are read, fetched by the operation that suits."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from app.exchange import transport
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.vxp.calls import Fetching, Parcel
from app.exchange.vxp.client import AxisUnavailableError, VxpClient
from app.exchange.vxp.signing import claim_of, file_hash
from app.platform.clock import FrozenClock
from app.platform.contents import Content
from app.platform.spools import Spool
from app.platform.storage.streams import DamagedContentError
from tests.exchange.loopback import Request, Step, answer, raw, scripted

T = TypeVar("T")
CLOCK = FrozenClock(datetime(2026, 11, 21, 15, 56, 57, tzinfo=UTC))
OK = {"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong"}
SENT = {**OK, "DocId": "66f0c0ffee00000000000001"}
PACKET = b"<edXML/>"
LARGE = bytes(range(256)) * 4096
BOUNDS = Fetching(download_above=1000, at_most=2_000_000)


async def _with(
    steps: list[Step], use: Callable[[VxpClient], Awaitable[T]]
) -> tuple[T, list[Request]]:
    async with (
        scripted(steps) as server,
        transport.build_client(timeout=timedelta(seconds=5)) as http,
    ):
        client = VxpClient(http, server.url, "H38.00", "loopback-secret", CLOCK)
        return await use(client), server.requests


def using(*steps: Step, use: Callable[[VxpClient], Awaitable[T]]) -> tuple[T, list[Request]]:
    return asyncio.run(_with(list(steps), use))


def fetching(*steps: Step, bounds: Fetching = BOUNDS) -> tuple[Content, list[str]]:
    async def fetch(client: VxpClient) -> Content:
        return await client.fetch("a1", Spool(), bounds)

    found, requests = using(*steps, use=fetch)
    return found, [request.line.removesuffix(" HTTP/1.1") for request in requests]


def failing(*steps: Step, bounds: Fetching = BOUNDS) -> Deferred | Refused:
    with pytest.raises(AxisUnavailableError) as caught:
        fetching(*steps, bounds=bounds)
    return caught.value.failure


def in_base64(packet: bytes) -> Step:
    return answer(200, {**OK, "data": base64.encodebytes(packet).decode()})


def a_parcel(*pieces: bytes) -> Parcel:
    async def read() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    whole = b"".join(pieces)
    return Parcel(hashlib.sha256(whole).hexdigest(), len(whole), read)


def sending(parcel: Parcel, *steps: Step) -> tuple[Outcome, list[Request]]:
    async def send(client: VxpClient) -> Outcome:
        return await client.send_edoc(parcel, sender="H38.12", message_type="edoc")

    return using(*steps, use=send)


def test_a_packet_that_is_not_in_memory_is_sent_with_its_length_and_hash() -> None:
    outcome, (request,) = sending(a_parcel(LARGE, PACKET, LARGE), answer(200, SENT))
    assert outcome == Delivered("66f0c0ffee00000000000001")
    assert request.headers["content-length"] == str(len(request.body))
    assert "transfer-encoding" not in request.headers
    said = claim_of(request.headers).proved("loopback-secret")
    assert request.body == LARGE + PACKET + LARGE + b"\r\n"
    assert said.first("hash-file") == file_hash(LARGE + PACKET + LARGE)


def test_a_packet_that_cannot_be_read_to_its_end_is_not_taken_for_delivered() -> None:
    parcel = a_parcel(LARGE)

    async def damaged() -> AsyncIterator[bytes]:
        yield LARGE[:-1]
        raise DamagedContentError(parcel.sha256)

    outcome, requests = sending(Parcel(parcel.sha256, parcel.size, damaged), answer(200, SENT))
    assert (outcome, requests) == (Deferred("connection-lost"), [])


def test_a_small_packet_comes_out_of_its_base64() -> None:
    found, asked = fetching(in_base64(PACKET * 20))
    assert (found.data, asked) == (PACKET * 20, ["POST /getEdoc"])


@pytest.mark.parametrize("data", ["***", "QQ"])
def test_a_packet_that_is_not_base64_breaks_the_contract(data: str) -> None:
    assert failing(answer(200, {**OK, "data": data})) == Deferred("contract-breach", alarm=True)


def test_a_package_the_axis_does_not_know_is_refused_to_the_reader() -> None:
    envelope = {"status": "FAIL", "ErrorCode": "1030", "ErrorDesc": "x"}
    assert failing(answer(200, envelope)) == Refused("1030", "unknown-doc-id")


def test_a_packet_over_the_bound_is_downloaded_as_it_is() -> None:
    found, asked = fetching(in_base64(LARGE), answer(200, LARGE))
    assert asked == ["POST /getEdoc", "GET /downloadEdoc"]
    assert (found.sha256, found.data) == (hashlib.sha256(LARGE).hexdigest(), LARGE)


def test_a_large_answer_of_unknown_length_is_given_up_for_the_download() -> None:
    body = base64.b64encode(LARGE)
    endless = raw(b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"data":"', body)
    found, asked = fetching(endless, answer(200, LARGE))
    assert (found.data, asked) == (LARGE, ["POST /getEdoc", "GET /downloadEdoc"])


def test_a_download_is_signed_and_names_the_delivery() -> None:
    async def fetch(client: VxpClient) -> Content:
        return await client.fetch("a1", Spool(), BOUNDS)

    _, (_, request) = using(in_base64(LARGE), answer(200, LARGE), use=fetch)
    assert claim_of(request.headers).proved("loopback-secret").first("docId") == "a1"
    assert (request.headers["accept-encoding"], request.body) == ("identity", b"")


FAIL = {"status": "FAIL", "ErrorCode": "1030", "ErrorDesc": "x"}
UNKNOWN = Refused("1030", "unknown-doc-id")
NOTHING = Deferred("nothing-downloaded", alarm=True)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (answer(200, b""), NOTHING),
        (answer(404, b""), NOTHING),
        (answer(400, b"<html>"), NOTHING),
        (answer(200, FAIL), UNKNOWN),
        (answer(400, FAIL), UNKNOWN),
        (answer(503), Deferred("http-503")),
        (answer(200, LARGE * 2), Deferred("answer-too-large", alarm=True)),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<edXML>"),
         Deferred("answer-cut-short")),
    ],
)  # fmt: skip
def test_a_failed_download_is_never_taken_for_a_packet(
    step: Step, expected: Deferred | Refused
) -> None:
    assert failing(in_base64(LARGE), step) == expected
