import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import yaml
from pydantic import SecretStr

from app.exchange import transport
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.vxp.client import AxisUnavailableError, VxpClient
from app.exchange.vxp.error_codes import MEANINGS
from app.exchange.vxp.signing import claim_of, file_hash
from app.platform.clock import FrozenClock

T = TypeVar("T")

OPENAPI = Path(__file__).parents[2] / "openapi"
CLOCK = FrozenClock(datetime(2026, 11, 21, 15, 56, 57, tzinfo=UTC))
OK = {"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong"}
SENT = {**OK, "DocId": "66f0c0ffee00000000000001"}
PACKET = b"<edXML/>"


@dataclass(frozen=True)
class Request:
    line: str
    headers: dict[str, str]
    body: bytes


def reply(body: object, status: str = "200 OK", headers: str = "") -> bytes:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\n{headers}\r\n"
    return head.encode() + content


async def _receive(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    pairs = [one.split(": ", 1) for one in head[1:] if one]
    headers = {name.lower(): value for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(head[0], headers, body)


async def _against(answer: bytes, use: Callable[[VxpClient], Awaitable[T]]) -> tuple[T, Request]:
    seen: list[Request] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await _receive(reader))
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, transport.build_client(timeout=timedelta(seconds=5)) as http:
        base = f"http://127.0.0.1:{port}/XrdAdapter/adapter/"
        client = VxpClient(http, base, "H38.00", SecretStr("loopback-secret"), CLOCK)
        return await use(client), seen[0]


def against(answer: bytes, use: Callable[[VxpClient], Awaitable[T]]) -> tuple[T, Request]:
    return asyncio.run(_against(answer, use))


def send(client: VxpClient) -> Awaitable[Outcome]:
    return client.send_edoc(
        PACKET, sender="H38.12", message_type="edoc", recipients=["G22", "H53.71"]
    )


def failure(answer: bytes, use: Callable[[VxpClient], Awaitable[object]]) -> Deferred | Refused:
    with pytest.raises(AxisUnavailableError) as caught:
        against(answer, use)
    return caught.value.failure


UNSURE: list[tuple[bytes, Deferred]] = [
    (b"", Deferred("connection-lost")),
    (reply({}, "503 Service Unavailable", "Retry-After: 7\r\n"),
     Deferred("http-503", timedelta(seconds=7))),
    (reply(SENT, "500 Internal Server Error"), Deferred("http-500")),
    (reply(b"", "302 Found", "Location: http://example.vn/\r\n"), Deferred("http-302", alarm=True)),
    (reply(b"<html>", "404 Not Found"), Deferred("http-404", alarm=True)),
    (reply(b"<html>"), Deferred("contract-breach", alarm=True)),
    (reply(b""), Deferred("contract-breach", alarm=True)),
    (reply([]), Deferred("contract-breach", alarm=True)),
    (reply({"ErrorCode": "0", "DocId": "x"}), Deferred("contract-breach", alarm=True)),
    (reply({**OK, "DocId": {}}), Deferred("contract-breach", alarm=True)),
    (reply({**SENT, "pad": "x" * 70_000}), Deferred("answer-too-large", alarm=True)),
    (reply(OK), Deferred("answer-without-doc-id", alarm=True)),
    (reply({**OK, "DocId": "0"}), Deferred("answer-without-doc-id", alarm=True)),
    (reply({**SENT, "status": "FAIL"}), Deferred("unknown-error-code", alarm=True)),
    (reply({**SENT, "ErrorCode": "1"}), Deferred("unknown-error-code", alarm=True)),
    (reply({**SENT, "status": "FAIL", "ErrorCode": "4711"}),
     Deferred("unknown-error-code", alarm=True)),
    (reply({"status": "FAIL", "ErrorCode": "1003", "DocId": "0"}),
     Deferred("wrong-signature", alarm=True)),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "expected"), UNSURE)
def test_what_is_not_clearly_taken_is_deferred(answer: bytes, expected: Deferred) -> None:
    outcome, _ = against(answer, send)
    assert outcome == expected


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("1010", "200 OK", Refused("1010", "wrong-sender")),
        (1012, "200 OK", Refused("1012", "unknown-recipient")),
        ("1042", "413 Too Large", Refused("1042", "too-large")),
        ("InvalidCode", "400 Bad Request", Refused("InvalidCode", "unknown-recipient")),
    ],
)
def test_a_known_final_code_refuses_whatever_the_http_status(
    code: str | int, status: str, expected: Refused
) -> None:
    envelope = {"status": "FAIL", "ErrorCode": code, "ErrorDesc": "x", "DocId": "0", "data": 1}
    outcome, _ = against(reply(envelope, status), send)
    assert outcome == expected


def test_a_parameter_the_wire_cannot_carry_is_refused_unsent() -> None:
    async def use() -> Outcome:
        async with transport.build_client(timeout=timedelta(seconds=1)) as unused:
            client = VxpClient(unused, "http://127.0.0.1:1", "H38", "x", CLOCK)
            return await client.send_edoc(PACKET, sender="Lào Cai", message_type="edoc")

    outcome = asyncio.run(use())
    assert isinstance(outcome, Refused)
    assert outcome.code == "vxp-unsendable-parameter"


def test_every_code_of_our_description_has_a_meaning() -> None:
    described = yaml.safe_load((OPENAPI / "vxp.yaml").read_text("utf-8"))
    codes = described["components"]["schemas"]["OurErrorCode"]["enum"]
    assert set(codes) == {code for code in MEANINGS if code.isdigit()}


def test_a_delivered_packet_carries_the_transport_id() -> None:
    outcome, _ = against(reply(SENT), send)
    assert outcome == Delivered("66f0c0ffee00000000000001")
    outcome, _ = against(reply({**SENT, "DocId": "x" * 300}), send)
    assert outcome == Delivered("x" * 100)


def test_a_number_or_an_unknown_field_in_an_answer_does_not_matter() -> None:
    outcome, _ = against(reply({"status": "OK", "ErrorCode": 0, "DocId": 17, "new": [1]}), send)
    assert outcome == Delivered("17")


def test_a_packet_is_sent_as_octets_with_a_crlf_its_hash_does_not_cover() -> None:
    _, request = against(reply(SENT), send)
    assert request.line == "POST /XrdAdapter/adapter/sendEdoc HTTP/1.1"
    assert request.body == PACKET + b"\r\n"
    said = claim_of(request.headers).proved("loopback-secret")
    assert said.first("hash-file") == file_hash(PACKET)
    assert said.first("from") == "H38.12"
    assert (said.first("servicetype"), said.first("messagetype")) == ("eDoc", "edoc")
    assert said.first("to") == '["G22","H53.71"]'
    assert request.headers["content-type"] == "application/octet-stream"
    assert request.headers["accept-encoding"] == "identity"


def test_every_signed_parameter_is_also_a_header() -> None:
    _, request = against(reply(SENT), send)
    said = claim_of(request.headers).proved("loopback-secret").values
    assert {name: request.headers[f"xroadvnpt-{name.lower()}"] for name in said} == said


def test_recipients_may_be_left_to_the_packet() -> None:
    async def use(client: VxpClient) -> Outcome:
        return await client.send_edoc(PACKET, sender="H38.12", message_type="status")

    _, request = against(reply(SENT), use)
    assert claim_of(request.headers).proved("loopback-secret").first("to") is None


def test_the_list_of_what_waits_is_read_with_an_empty_body() -> None:
    item = {"docId": "a1", "from": "H53", "to": "H38", "status": "initial", "created_time": None}
    found, request = against(
        reply({**OK, "data": [item]}), lambda client: client.list_received("edoc")
    )
    assert [(one.doc_id, one.sender, one.created_at) for one in found] == [("a1", "H53", None)]
    assert (request.line.split()[1].rpartition("/")[2], request.body) == (
        "getReceivedEdocList",
        b"",
    )
    assert claim_of(request.headers).proved("loopback-secret").first("messagetype") == "edoc"


def test_several_codes_where_one_stands_spoil_no_list() -> None:
    rows = [{"docId": "a1", "to": ["H38", "H38.61"], "from": {}}, {"docId": "a2", "to": "H38"}]
    found, _ = against(reply({**OK, "data": rows}), lambda client: client.list_received("edoc"))
    assert [(one.doc_id, one.sender, one.recipient) for one in found] == [
        ("a1", None, None),
        ("a2", None, "H38"),
    ]


@pytest.mark.parametrize("odd", [{"to": "H38"}, {"docId": None}, None, "x", {"docId": ""}])
def test_a_row_that_cannot_be_read_spoils_no_list(odd: object) -> None:
    rows = [odd, {"docId": "a2", "status": ["initial"], "created_time": {}}]
    found, _ = against(reply({**OK, "data": rows}), lambda client: client.list_received("edoc"))
    assert [(one.doc_id, one.status, one.created_at) for one in found] == [("a2", None, None)]


def test_a_unit_without_a_code_spoils_no_directory() -> None:
    rows = [{"id": 1, "code": None, "name": "Sở"}, {"id": 2, "code": "H38.12", "mail": ["a", "b"]}]
    found, _ = against(reply({**OK, "data": rows}), lambda client: client.list_agencies())
    assert [(one.id, one.code, one.mail) for one in found] == [("2", "H38.12", None)]


@pytest.mark.parametrize(
    ("said", "is_deleted"), [(True, True), ("1", True), (None, False), ("không", False)]
)
def test_a_unit_is_deleted_where_its_mark_says_so(said: object, *, is_deleted: bool) -> None:
    rows = [{"id": 1, "code": "H38.12", "name": "Sở", "deleted": said}]
    found, _ = against(reply({**OK, "data": rows}), lambda client: client.list_units())
    assert [one.is_deleted for one in found] == [is_deleted]


@pytest.mark.parametrize("data", [[], None])
def test_a_list_of_nothing_is_empty(data: object) -> None:
    found, _ = against(reply({**OK, "data": data}), lambda client: client.list_received("status"))
    assert found == []


@pytest.mark.parametrize("data", [[{"from": "H53"}], "x", [None]])
def test_a_list_that_cannot_be_read_is_never_taken_for_an_empty_one(data: object) -> None:
    found = failure(reply({**OK, "data": data}), lambda client: client.list_received("edoc"))
    assert found == Deferred("contract-breach", alarm=True)


def test_a_page_of_html_is_never_taken_for_an_empty_list() -> None:
    found = failure(reply(b"<html>"), lambda client: client.list_received("edoc"))
    assert found == Deferred("contract-breach", alarm=True)


def test_an_unavailable_axis_tells_a_reader_when_to_come_back() -> None:
    with pytest.raises(AxisUnavailableError) as caught:
        against(reply(b"", "503 Busy", "Retry-After: 9\r\n"), lambda client: client.list_agencies())
    assert (caught.value.reason, caught.value.retry_after) == ("http-503", 9)


def test_an_acknowledgement_names_the_delivery_and_its_state() -> None:
    _, request = against(reply(OK), lambda client: client.update_status("a1", "done"))
    said = claim_of(request.headers).proved("loopback-secret")
    assert (said.first("docid"), said.first("status")) == ("a1", "done")
    assert request.line == "POST /XrdAdapter/adapter/updateStatus HTTP/1.1"


def test_an_acknowledgement_that_is_not_confirmed_is_not_taken_for_one() -> None:
    found = failure(
        reply({**OK, "status": "FAIL"}), lambda client: client.update_status("a1", "fail")
    )
    assert found == Deferred("unknown-error-code", alarm=True)


def test_the_deliveries_of_one_package_are_asked_for_by_its_id() -> None:
    row = {"senderDocId": "s", "receiverDocId": "r", "toCode": "H53", "sendStatus": 1}
    found, request = against(
        reply({**OK, "data": [row]}), lambda client: client.list_sent("edoc", doc_id="s")
    )
    assert [(one.receiver_doc_id, one.recipient, one.send_status) for one in found] == [
        ("r", "H53", "1")
    ]
    assert claim_of(request.headers).proved("loopback-secret").first("docId") == "s"


def test_the_directory_is_read_with_its_former_codes() -> None:
    row = {"id": 5, "pid": 1, "code": "H38.12", "name": "Sở", "oldCode": "12.H38"}
    found, request = against(reply({**OK, "data": [row]}), lambda client: client.list_agencies())
    assert [(one.code, one.former_code, one.id) for one in found] == [("H38.12", "12.H38", "5")]
    assert request.line.endswith("/getAgenciesList HTTP/1.1")
