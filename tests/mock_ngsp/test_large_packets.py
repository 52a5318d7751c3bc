"""Packets of any size: what they cost in memory and on the disk, and what a full disk does."""

import hashlib
import json
import resource
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from lxml import etree

from app.cli.demo.hop import await_that
from mock_ngsp.vxp.edxml import Q
from tests.conftest import Tell
from tests.mock_ngsp.driving import H38, H53, SECRETS, AxisCaller, Json, signed_headers
from tests.mock_ngsp.running import MIB, Large, Running, content_hash, running

ONE, EIGHT = 32 * MIB, 128 * MIB


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def mock(spool: Path) -> Iterator[Running]:
    given = (f"spool-folder={spool}", "keep-after-done=0", "to-strangers=deliver")
    with running(*(word for one in given for word in ("--set", one))) as mock:
        yield mock


@pytest.fixture
def client(mock: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=mock.url, timeout=600) as client:
        AxisCaller(client, H38).send()
        receiver = AxisCaller(client, H53)
        item = receiver.inbox()[0]["docId"]
        receiver.fetch(item)
        receiver.call("updateStatus", b"{}", docid=item, status="done")
        yield client


def put(client: httpx.Client, packet: Large, *, to: str = '["000.00.71.H53"]') -> Json:
    given = {
        "systemid": H38,
        "from": H38,
        "servicetype": "eDoc",
        "messagetype": "edoc",
        "timestamp": "21112026T225657+0039",
        "hash-file": packet.hash(),
        "to": to,
    }
    headers = signed_headers(given, SECRETS[H38]) | {"Content-Length": str(len(packet) + 2)}
    body = (piece for part in (packet, (b"\r\n",)) for piece in part)
    answer: Json = client.post("/sendEdoc", content=body, headers=headers).json()
    return answer


def download(client: httpx.Client, operation: str, doc_id: str) -> tuple[int, str]:
    """Size and hash of the answer, taken piece by piece."""
    given = {"systemid": H53, "timestamp": "1", "docId": doc_id}
    method = "GET" if operation == "downloadEdoc" else "POST"
    digest, size = hashlib.sha256(), 0
    headers = signed_headers(given, SECRETS[H53])
    with client.stream(method, f"/{operation}", headers=headers) as answer:
        for piece in answer.iter_bytes():
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def files(spool: Path) -> list[Path]:
    return [path for path in spool.rglob("*") if path.is_file()]


def test_a_large_packet_costs_little_memory(
    mock: Running, client: httpx.Client, tell: Tell, pytestconfig: pytest.Config
) -> None:
    mib: int = pytestconfig.getoption("--mib")
    before = mock.most_memory
    assert put(client, Large(mib))["status"] == "OK"
    (item,) = AxisCaller(client, H53).inbox()
    raw, _ = download(client, "downloadEdoc", item["docId"])
    encoded, _ = download(client, "getEdoc", item["docId"])
    assert raw > mib * MIB
    assert encoded > raw * 4 // 3
    grown = mock.most_memory - before
    tell(f"{mib} MiB sent, listed and fetched twice: {grown / MIB:.1f} MiB more memory")
    assert grown <= ONE


def test_eight_large_packets_at_once_cost_little_memory(
    mock: Running, client: httpx.Client, tell: Tell, pytestconfig: pytest.Config
) -> None:
    mib: int = pytestconfig.getoption("--mib") // 4
    before = mock.most_memory
    with ThreadPoolExecutor(8) as eight:
        sent = list(eight.map(lambda number: put(client, Large(mib, number)), range(8)))
        ids = [item["docId"] for item in AxisCaller(client, H53).inbox()]
        got = list(eight.map(lambda doc_id: download(client, "downloadEdoc", doc_id), ids))
    assert {answer["status"] for answer in sent} == {"OK"}
    assert [size > mib * MIB for size, _ in got] == [True] * 8
    grown = mock.most_memory - before
    tell(f"8 times {mib} MiB at once: {grown / MIB:.1f} MiB more memory")
    assert grown <= EIGHT


def test_what_was_sent_is_what_arrives(client: httpx.Client) -> None:
    put(client, Large(3))
    receiver = AxisCaller(client, H53)
    got = receiver.fetch(receiver.inbox()[0]["docId"])
    contents = [
        element.text or ""
        for element in etree.fromstring(got, etree.XMLParser(huge_tree=True)).iter(
            f"{Q}ContentTransferEncoded"
        )
    ]
    digest = hashlib.sha256(contents[1].encode()).digest()
    assert "".join(f"{byte:x}" for byte in digest) == content_hash(3)
    assert download(client, "downloadEdoc", receiver.inbox()[0]["docId"]) == (
        len(got),
        hashlib.sha256(got).hexdigest(),
    )


def test_a_file_is_removed_with_its_last_delivery(client: httpx.Client, spool: Path) -> None:
    put(client, Large(1), to='["000.00.71.H53","H53.12"]')
    receiver = AxisCaller(client, H53)
    first, second = (item["docId"] for item in receiver.inbox())
    receiver.call("updateStatus", b"{}", docid=first, status="done")
    assert len(files(spool)) == 1
    assert receiver.call("getEdoc", b"{}", docId=first)["status"] == "OK"
    receiver.call("updateStatus", b"{}", docid=second, status="done")
    assert files(spool) == []
    assert receiver.call("getEdoc", b"{}", docId=first)["ErrorCode"] == "1030"
    assert receiver.request("downloadEdoc", docId=second).content == b""


def test_a_repeat_is_recognised_after_its_content_is_gone(client: httpx.Client) -> None:
    first = put(client, Large(1))["DocId"]
    receiver = AxisCaller(client, H53)
    receiver.call("updateStatus", b"{}", docid=receiver.inbox()[0]["docId"], status="done")
    assert put(client, Large(1))["DocId"] == first
    assert receiver.inbox() == []
    assert put(client, Large(1), to='["H53.12"]')["DocId"] != first
    assert len(receiver.inbox()) == 1


def test_reset_and_the_end_leave_no_file(mock: Running, client: httpx.Client, spool: Path) -> None:
    put(client, Large(1))
    client.post("/_axis/v1/reset")
    assert files(spool) == []
    put(client, Large(1))
    assert len(files(spool)) == 1
    assert mock.stop(signal.SIGTERM) == 0
    assert list(spool.iterdir()) == []


def test_what_is_refused_or_left_half_sent_leaves_no_file(
    mock: Running, client: httpx.Client, spool: Path
) -> None:
    client.post("/_axis/v1/fail-next", json={"operation": "sendEdoc", "times": 1, "status": 503})
    packet = Large(1)
    given = {"systemid": H38, "from": H38, "servicetype": "eDoc", "messagetype": "edoc"}
    wrong = signed_headers(given | {"timestamp": "1", "hash-file": "0" * 64}, SECRETS[H38])
    body = b"".join(packet)
    assert client.post("/sendEdoc", content=body, headers=wrong).status_code == 503
    assert client.post("/sendEdoc", content=body, headers=wrong).json()["ErrorCode"] == "1011"
    lines = [f"{name}: {value}\r\n" for name, value in wrong.items()]
    head = f"POST /sendEdoc HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n{''.join(lines)}\r\n"
    mock.raw(head.encode(), body[:200_000]).close()
    assert AxisCaller(client, H53).inbox() == []
    await_that(lambda: files(spool) == [] or None, within=20, what="an empty spool folder")


def test_a_full_disk_is_a_clean_refusal(mock: Running, client: httpx.Client, spool: Path) -> None:
    limit = 4 * MIB
    resource.prlimit(mock.process.pid, resource.RLIMIT_FSIZE, (limit, limit))
    assert put(client, Large(8)) == {
        "status": "FAIL",
        "ErrorCode": "1043",
        "ErrorDesc": "Khong con cho luu goi tin",
        "DocId": "0",
    }
    assert files(spool) == []
    assert put(client, Large(2))["status"] == "OK"


def test_the_record_keeps_the_beginning_of_a_large_packet(client: httpx.Client) -> None:
    packet = Large(1)
    put(client, packet)
    items = client.get("/_axis/v1/received?operation=sendEdoc").json()["items"]
    body: str = items[-1]["body"]
    assert body.startswith("<?xml")
    assert body.endswith(f"(... {len(packet) + 2} bytes in all)")
    assert len(json.dumps(body)) < 100_000
