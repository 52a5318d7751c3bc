"""The processes that stay: when they are ready, and how they end."""

import resource
import select
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.cli.shell import Shell, first


@pytest.fixture
def serving(shell: Shell) -> Iterator[subprocess.Popen[str]]:
    with shell.staying("serve", "--port", "0") as process:
        yield process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_when_it_is_ready_and_ends_with_0(
    serving: subprocess.Popen[str], number: signal.Signals
) -> None:
    ready = first(serving.stdout)
    assert (ready["ready"], ready["pid"]) == (True, serving.pid)
    answer = httpx.get(f"{ready['url']}/readyz", trust_env=False)
    assert (answer.status_code, answer.json()["reasons"]) == (200, ["worker-silent"])
    serving.send_signal(number)
    assert serving.wait(timeout=10) == 0


def test_a_connection_stays_open_between_calls(serving: subprocess.Popen[str]) -> None:
    url = httpx.URL(first(serving.stdout)["url"])
    with socket.create_connection((url.host, url.port or 0)) as line:
        line.settimeout(10)
        for _ in range(2):
            line.sendall(b"GET /livez HTTP/1.1\r\nHost: gateway\r\n\r\n")
            assert line.recv(65536).startswith(b"HTTP/1.1 200 ")
            is_over, _, _ = select.select([line], [], [], 6)
            assert not is_over


def few_descriptors() -> None:
    """Let this process have 64 open at first, and ten times as many if it asks for more."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 640))


def test_more_connections_stay_open_than_a_process_may_have_at_first(shell: Shell) -> None:
    with (
        shell.staying("serve", "--port", "0", before=few_descriptors) as process,
        ExitStack() as lines,
    ):
        url = httpx.URL(first(process.stdout)["url"])
        for _ in range(300):
            line = lines.enter_context(socket.create_connection((url.host, url.port or 0)))
            line.settimeout(10)
            line.sendall(b"GET /livez HTTP/1.1\r\nHost: gateway\r\n\r\n")
            assert line.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_a_poll_under_way_is_answered_when_serve_is_asked_to_end(
    shell: Shell, serving: subprocess.Popen[str]
) -> None:
    url = first(serving.stdout)["url"]
    made = shell.json("client", "add", "poll", "--member", "H38", "--scope", "documents:read")
    credentials = (made["client_id"], made["client_secret"])
    form = {"grant_type": "client_credentials"}
    answer = httpx.post(f"{url}/oauth2/token", data=form, auth=credentials, trust_env=False)
    with socket.create_connection((httpx.URL(url).host, httpx.URL(url).port or 0)) as poll:
        poll.sendall(
            b"GET /v1/documents/feed?wait=60 HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n"
            b"Authorization: Bearer %b\r\n\r\n" % answer.json()["access_token"].encode()
        )
        httpx.get(f"{url}/livez", trust_env=False)
        serving.send_signal(signal.SIGTERM)
        poll.settimeout(10)
        said = b"".join(iter(lambda: poll.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b'"items":[]' in said
    assert serving.wait(timeout=10) == 0


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["worker"]])
def test_a_process_that_stays_tells_a_slip_in_the_name_of_a_setting(
    shell: Shell, command: list[str]
) -> None:
    with shell.staying(*command, LGSP_LOG_LEVLE="DEBUG", errors=subprocess.PIPE) as process:
        told = first(process.stderr)
    assert (told["event"], told["level"]) == ("setting-unknown", "warning")
    assert told["detail"] == "LGSP_LOG_LEVLE is no setting; LGSP_LOG_LEVEL is one"


def test_an_unmigrated_database_is_unready_by_name(shell: Shell, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    with shell.staying("serve", "--port", "0", LGSP_DATABASE_URL=url) as process:
        url = first(process.stdout)["url"]
        answer = httpx.get(f"{url}/readyz", trust_env=False)
        process.terminate()
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["migrations-behind"])


def test_up_gives_everything_a_newcomer_needs(shell: Shell) -> None:
    with shell.staying("up", "--json", "--port", "0", "--mock-port", "0") as process:
        facts = first(process.stdout)
        form = {"grant_type": "client_credentials"}
        credentials = (facts["client_id"], facts["client_secret"])
        token = httpx.post(
            f"{facts['api']}/oauth2/token", data=form, auth=credentials, trust_env=False
        )
        docs = httpx.get(facts["docs"], trust_env=False)
        mock = httpx.get(f"{facts['mock']}/_axis/v1/health", trust_env=False)
        process.terminate()
        code = process.wait(timeout=20)
    assert [answer.status_code for answer in (token, docs, mock)] == [200, 200, 200]
    assert "cdn" not in docs.text
    assert facts["curl"].startswith("curl ")
    assert code == 0
