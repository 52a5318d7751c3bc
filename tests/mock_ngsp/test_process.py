"""The command `mock-ngsp` as a process, and what only raw bytes can show."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.mock_ngsp.driving import (
    DOCUMENT,
    H38,
    H53,
    SECRETS,
    AxisCaller,
    Province,
    signed_headers,
    unpadded,
)
from tests.mock_ngsp.running import COMMAND, Running, running


@pytest.fixture(scope="module")
def mock() -> Iterator[Running]:
    with running() as mock:
        yield mock


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the command is this test's own
        [*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=30
    )


def head(method: str, path: str, headers: dict[str, str], length: int) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: mock", f"Content-Length: {length}"]
    lines += [f"{name}: {text}" for name, text in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def answer(connection: socket.socket) -> bytes:
    """One answer, up to the end of its body."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(65536)
    before, _, body = read.partition(b"\r\n\r\n")
    length = int(before.lower().partition(b"content-length: ")[2].split()[0])
    while len(body) < length:
        body += connection.recv(65536)
    return body


def test_a_usage_error_exits_with_2() -> None:
    done = run("serve", "--set", "colour=blue")
    assert (done.returncode, "colour" in done.stderr, done.stdout) == (2, True, "")


def test_a_port_in_use_exits_with_1(mock: Running) -> None:
    done = run("serve", "--port", mock.url.rpartition(":")[2])
    assert (done.returncode, "cannot listen" in done.stderr) == (1, True)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0_whatever_is_open(by: signal.Signals) -> None:
    with running() as mock:
        assert mock.ready == {"ready": True, "url": mock.url, "pid": mock.process.pid}
        fault = {"operation": "login", "times": 1, "delay_ms": 600_000}
        httpx.post(f"{mock.url}/_axis/v1/fail-next", json=fault)
        with mock.raw(b"POST /mapi/login HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"):
            assert httpx.get(f"{mock.url}/_axis/v1/health").status_code == 200
            assert mock.stop(by) == 0


def test_systems_and_the_account_come_from_the_command_line(tmp_path: Path) -> None:
    systems, password = tmp_path / "systems.json", tmp_path / "password"
    systems.write_text('[{"id": "from-file", "secret": "s1", "member": "H53"}]')
    password.write_text("invented\n")
    given = ["--system", "000.00.00.H38=s=2", "--system", "x:000.00.00.G22=s3"]
    account = ["--dvcqg-user", "me", "--dvcqg-password-file", str(password)]
    settings = ["--set", "error-code-form=text", "--set", "doc-id-form=uuid"]
    with (
        running("--systems", str(systems), *given, *account, *settings) as mock,
        httpx.Client(base_url=mock.url) as client,
    ):
        members = client.get("/_axis/v1/health").json()["systems"]
        assert {(row["id"], row["member"]) for row in members} == {
            ("000.00.00.H38", "H38"),
            ("x", "000.00.00.G22"),
            ("from-file", "H53"),
        }
        sent = AxisCaller(client, H38, "s=2").send()
        assert (sent["status"], len(sent["DocId"])) == ("OK", 36)
        assert len(AxisCaller(client, "from-file", "s1").inbox()) == 1
        assert Province(client).login("invented", "me")["error_code"] == "0"


def test_a_reset_leaves_the_caller_without_a_byte(mock: Running) -> None:
    fault = {"operation": "login", "times": 1, "reset": True}
    httpx.post(f"{mock.url}/_axis/v1/fail-next", json=fault)
    request = b"POST /mapi/login HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    with mock.raw(request) as connection, pytest.raises(ConnectionResetError):
        connection.recv(1)
    with mock.raw(request) as connection:
        assert b"error_code" in answer(connection)


def test_the_kits_bytes_are_understood(mock: Running) -> None:
    file = DOCUMENT.replace(b"42/SKTDL", b"raw/SKTDL")
    given = {
        "systemid": H38,
        "from": "000.00.12.H38",
        "servicetype": "eDoc",
        "messagetype": "edoc",
        "timestamp": "21112026T225657+0039",
        "hash-file": unpadded(file),
        "Content-Type": "application/octet-stream",
    }
    headers = signed_headers(given, SECRETS[H38]) | {
        "Content-Type": "application/octet-stream",
        "User-Agent": "JAVASDKAgent/1.0.0 XRoad/VPCP",
        "XroadVnpt-version": "3.0.201608",
    }
    body = file + b"\r\n"
    with mock.raw(head("POST", "/XrdAdapter/adapter/sendEdoc", headers, len(body)), body) as wire:
        assert json.loads(answer(wire))["status"] == "OK"


def test_a_body_waits_for_the_go_ahead(mock: Running) -> None:
    given = {"systemid": H53, "timestamp": "1", "Content-Type": "application/json"}
    headers = signed_headers(given, SECRETS[H53]) | {"Expect": "100-continue"}
    with mock.raw(head("POST", "/countReceiveEdoc", headers, 2)) as wire:
        assert wire.recv(65536).startswith(b"HTTP/1.1 100")
        wire.sendall(b"{}")
        assert json.loads(answer(wire))["status"] == "OK"


def test_many_idle_connections_are_held_open(mock: Running) -> None:
    given = {"systemid": H53, "timestamp": "1", "Content-Type": "application/json"}
    call = head("POST", "/countReceiveEdoc", signed_headers(given, SECRETS[H53]), 2) + b"{}"
    with ExitStack() as open_ones:
        idle = [open_ones.enter_context(mock.raw(call)) for _ in range(500)]
        assert {json.loads(answer(connection))["status"] for connection in idle} == {"OK"}
        for connection in (idle[0], idle[-1]):
            connection.sendall(call)
            assert json.loads(answer(connection))["status"] == "OK"


@pytest.fixture
def client(mock: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=mock.url) as client:
        yield client


def test_names_that_differ_in_case_only_keep_their_own_values(
    mock: Running, client: httpx.Client
) -> None:
    for number in (1, 2):
        AxisCaller(client, H38).send(DOCUMENT.replace(b"42/SKTDL", b"case%d/SKTDL" % number))
    receiver = AxisCaller(client, H53)
    old, new = [item["docId"] for item in receiver.inbox()][-2:]
    given = {"systemid": H53, "timestamp": "1", "docId": new, "docid": old}
    with mock.raw(head("GET", "/downloadEdoc", signed_headers(given, SECRETS[H53]), 0)) as wire:
        assert b"case2/SKTDL" in answer(wire)
    done = signed_headers(given | {"status": "done"}, SECRETS[H53])
    with mock.raw(head("POST", "/updateStatus", done, 2), b"{}") as wire:
        assert json.loads(answer(wire))["status"] == "OK"
    assert [item["docId"] for item in receiver.inbox()][-1] == new


def test_one_line_for_both_spellings_is_tolerated(mock: Running) -> None:
    given = {"systemid": H53, "timestamp": "1", "docId": "B", "docid": "A", "status": "done"}
    headers = signed_headers(given, SECRETS[H53])
    del headers["XroadVnpt-docId"]
    with mock.raw(head("POST", "/updateStatus", headers, 2), b"{}") as wire:
        assert json.loads(answer(wire))["ErrorCode"] == "1030"
