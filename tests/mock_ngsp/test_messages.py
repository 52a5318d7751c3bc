"""The messaging services as a tester meets them."""

import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from starlette.testclient import TestClient

from mock_ngsp.messages import smtp
from mock_ngsp.messages.inbox import BEARER, FIRST_REFRESH, ZALO_SECRET
from mock_ngsp.messages.service import ADAPTER, BRAND, BULK, CITIZEN, OFFICIAL, TEMPLATE, TOKEN
from mock_ngsp.universe import Universe
from tests.mock_ngsp.running import running

SMS = {
    "content": "Ho so da tiep nhan", "sender": "LGSP", "receiver": "84000000001",
    "applicationTitle": "LGSP",
}  # fmt: skip
ACCOUNT = {"Authorization": f"Bearer {BEARER}"}


def inbox(client: TestClient, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/_axis/v1/inbox", params=query).json()
    return found


def test_what_is_taken_lies_in_the_inbox(client: TestClient) -> None:
    assert client.post(CITIZEN, json=SMS, headers=ACCOUNT).json() == {"result": "SUCCESSFUL"}
    (found,) = inbox(client)
    assert (found["wire"], found["to"], found["text"]) == (
        "SendSms",
        "84000000001",
        "Ho so da tiep nhan",
    )
    assert inbox(client, to="84000000002") == []
    client.post("/_axis/v1/reset")
    assert inbox(client) == []


@pytest.mark.parametrize("address", [CITIZEN, ADAPTER])
def test_a_stranger_is_refused(client: TestClient, address: str) -> None:
    assert client.post(address, json=SMS).status_code == 401


@pytest.mark.parametrize("address", [CITIZEN, BRAND, BULK, ADAPTER, TOKEN, TEMPLATE, OFFICIAL])
def test_only_post_is_understood(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 405


def test_text_with_diacritics_is_not_taken(client: TestClient) -> None:
    answer = client.post(CITIZEN, json=SMS | {"content": "Hồ sơ"}, headers=ACCOUNT)
    assert (answer.status_code, inbox(client)) == (400, [])


def test_a_script_fails_the_next_message_before_or_after_its_effect(client: TestClient) -> None:
    for after in (False, True):
        script = {"operation": "SendSms", "status": 503, "after": after}
        assert client.post("/_axis/v1/fail-next", json=script).status_code == 201
        assert client.post(CITIZEN, json=SMS, headers=ACCOUNT).status_code == 503
        assert len(inbox(client)) == after


@pytest.mark.parametrize("body", [b"no xml", b"<a/>", b"<Envelope><Body/></Envelope>"])
def test_what_is_no_bulk_message_is_answered_with_result_0(client: TestClient, body: bytes) -> None:
    answer = client.post(BULK, content=body, headers={"Content-Type": "text/xml"})
    assert "<result>0</result>" in answer.text


def test_a_wrong_account_of_a_brand_is_told_so(client: TestClient) -> None:
    assert client.post(BRAND, json={"RQST": {}}).json()["RPLY"]["ERROR"] == "4"


def test_who_follows_the_account_gets_its_message(client: TestClient) -> None:
    form = {"refresh_token": FIRST_REFRESH}
    pair = client.post(TOKEN, data=form, headers={"secret_key": ZALO_SECRET}).json()
    good = {"access_token": pair["access_token"]}
    message = {"recipient": {"user_id": "9999000000000000001"}, "message": {"text": "Hồ sơ\nxong"}}
    told = client.post(OFFICIAL, json=message, headers=good).json()
    assert told == {"error": 0, "message": "Success"}
    (found,) = inbox(client, to="9999000000000000001")
    assert (found["wire"], found["text"]) == ("oa_message", "Hồ sơ\nxong")


def test_tokens_end_with_the_clock_and_by_command(client: TestClient) -> None:
    headers, refresh = {"secret_key": ZALO_SECRET}, FIRST_REFRESH
    for end in ("clock", "zalo/revoke"):
        pair = client.post(TOKEN, data={"refresh_token": refresh}, headers=headers).json()
        refresh = pair["refresh_token"]
        good = {"access_token": pair["access_token"]}
        assert client.post(TEMPLATE, json={}, headers=good).json()["error"] == -137
        client.post(f"/_axis/v1/{end}", json={"seconds": 25 * 3600})
        assert client.post(TEMPLATE, json={}, headers=good).json()["error"] == -124


class TestMail:
    @pytest.fixture
    def mail(self, universe: Universe) -> Iterator[smtplib.SMTP]:
        with smtp.serving(universe) as port, smtplib.SMTP("127.0.0.1", port) as mail:
            yield mail

    def test_a_mail_is_kept_for_everybody_it_names(
        self, universe: Universe, mail: smtplib.SMTP
    ) -> None:
        letter = EmailMessage()
        letter["Subject"], letter["Message-ID"] = "Hồ sơ", "<1@example.vn>"
        letter.set_content("Dòng một\n.\n..hai\n")
        mail.send_message(letter, "a@example.vn", ["b@example.vn", "c@example.vn"])
        assert [one.to for one in universe.inbox.arrived] == ["b@example.vn", "c@example.vn"]
        assert universe.inbox.arrived[0].text == "Dòng một\n.\n..hai\n"
        assert universe.inbox.arrived[0].title == "Hồ sơ"

    def test_nobody_gets_nothing(self, universe: Universe, mail: smtplib.SMTP) -> None:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            mail.sendmail("a@example.vn", ["nobody@example.vn"], "x")
        assert mail.docmd("DATA")[0] == 503
        assert universe.inbox.arrived == []


def test_the_command_serves_mail_beside() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with running("--smtp-port", str(port)) as mock, smtplib.SMTP("127.0.0.1", port) as mail:
        assert mail.noop()[0] == 250
        assert mock.url.startswith("http://")
