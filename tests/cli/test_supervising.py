"""Several processes at one address: they begin, die, begin again and end together."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import httpx
import pytest

from tests.cli.shell import Shell, first

NUMBER = 2


@dataclass(frozen=True, slots=True)
class Family:
    """A supervisor that has said that all its processes serve."""

    supervisor: subprocess.Popen[str]
    url: str
    pids: list[int]

    def get(self, path: str) -> httpx.Response:
        """Ask over a connection of its own, so that any of the processes may answer."""
        return httpx.get(f"{self.url}{path}", trust_env=False, timeout=20)

    def logged(self, event: str) -> Mapping[str, Any]:
        """Wait until this is logged and return it."""
        lines = map(json.loads, said(self.supervisor.stderr))
        return next(line for line in lines if line["event"] == event)


def said(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


@pytest.fixture
def family(shell: Shell) -> Iterator[Family]:
    words = ("serve", "--port", "0", "--processes", str(NUMBER))
    with shell.staying(*words, errors=subprocess.PIPE) as process:
        ready = first(process.stdout)
        assert (ready["ready"], ready["pid"]) == (True, process.pid)
        yield Family(process, ready["url"], ready["processes"])


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_of_them_serve_and_end_with_0(family: Family, number: signal.Signals) -> None:
    assert len({*family.pids, family.supervisor.pid}) == NUMBER + 1
    assert family.get("/livez").status_code == 200
    family.supervisor.send_signal(number)
    assert family.supervisor.wait(timeout=15) == 0
    assert not any(map(is_there, family.pids))


def test_ctrl_c_reaches_all_of_them_and_nobody_begins_again(family: Family) -> None:
    os.killpg(family.supervisor.pid, signal.SIGINT)
    assert family.supervisor.wait(timeout=15) == 0
    assert "process-ended" not in said(family.supervisor.stderr).read()


def test_who_dies_begins_again_and_whoever_knocked_meanwhile_is_answered(family: Family) -> None:
    for pid in family.pids:
        os.kill(pid, signal.SIGKILL)
    assert family.get("/livez").status_code == 200
    ended = [family.logged("process-ended") for _ in family.pids]
    assert sorted(one["pid"] for one in ended) == sorted(family.pids)
    assert {one["code"] for one in ended} == {-signal.SIGKILL}


def test_without_their_supervisor_they_end(family: Family) -> None:
    family.supervisor.kill()
    assert said(family.supervisor.stdout).read() == ""  # The last that could write there is gone.


def test_a_request_under_way_is_answered_when_they_are_asked_to_end(
    shell: Shell, family: Family
) -> None:
    made = shell.json("client", "add", "poll", "--member", "H38", "--scope", "documents:read")
    credentials = (made["client_id"], made["client_secret"])
    form = {"grant_type": "client_credentials"}
    answer = httpx.post(f"{family.url}/oauth2/token", data=form, auth=credentials, trust_env=False)
    address = httpx.URL(family.url)
    with socket.create_connection((address.host, address.port or 0)) as poll:
        poll.sendall(
            b"GET /v1/documents/feed?wait=60 HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n"
            b"Authorization: Bearer %b\r\n\r\n" % answer.json()["access_token"].encode()
        )
        for _ in range(4 * NUMBER):  # So many connections later its process has taken it.
            family.get("/livez")
        family.supervisor.terminate()
        poll.settimeout(15)
        told = b"".join(iter(lambda: poll.recv(65536), b""))
    assert told.startswith(b"HTTP/1.1 200 ")


def test_any_of_them_tells_what_all_have_counted(family: Family) -> None:
    for _ in range(20):
        family.get("/livez")
    for _ in range(5):
        shown = family.get("/metrics").text
        assert 'lgsp_http_requests_total{method="GET",route="/livez",status="200"} 20.0' in shown
        assert 'lgsp_http_seconds_count{route="/livez"} 20.0' in shown
        assert 'lgsp_outbox_messages{state="owed"} 0.0' in shown


def test_wrong_settings_are_told_once(process: Shell) -> None:
    done = process.run("serve", "--port", "0", "--processes", "3", LGSP_SIGNING_KEY_FILE="none")
    assert (done.returncode, done.stderr.count("lgsp: ")) == (2, 1)


def test_an_address_that_somebody_has_is_refused(process: Shell, family: Family) -> None:
    port = str(httpx.URL(family.url).port)
    for words in (["serve", "--port", port], ["serve", "--port", port, "--processes", "2"]):
        done = process.run(*words)
        assert (done.returncode, "cannot listen" in done.stderr) == (1, True)
