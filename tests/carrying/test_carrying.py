"""A call goes to its service as it is, and its answer comes back as it is."""

import pytest

from tests.carrying.offering import a_consumer, a_service
from tests.carrying.raw import always, speaking
from tests.gateway import Gateway


@pytest.mark.parametrize("path", ["/apiCSDLDKDN/1.0", "/apiCSDLDKDN"])
def test_a_call_and_its_answer_are_carried_as_they_are(knowing: Gateway, path: str) -> None:
    lines = ("Content-Type: text/x", "X-Theirs: 1", "Set-Cookie: a=b", "Connection: X-Hop",
             "X-Hop: 1", "Date: never", "X-Request-Id: theirs")  # fmt: skip
    with speaking(always("418 No", "ấm trà".encode(), *lines)) as raw:
        api = a_consumer(knowing, a_service(f"{raw.url}/base"))
        answer = api.post(
            f"{path}/h%C3%A0%20n%3Ai?a=%2b&b=%3a+1", content=b"\x00body", headers={"X-Given": "ó".encode()}
        )
    assert (answer.status_code, answer.content) == (418, "ấm trà".encode())
    assert answer.headers["x-theirs"] == "1"
    assert "x-hop" not in answer.headers
    [heard] = raw.heard
    assert heard.line == "POST /base/h%C3%A0%20n%3Ai?a=%2b&b=%3a+1 HTTP/1.1"
    assert heard.body == b"\x00body"
    assert heard.header("x-given") == "ó".encode().decode("latin-1")
    assert heard.header("authorization") is None
