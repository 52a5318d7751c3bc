"""Inbox, outbox, single documents, packets and files."""

from urllib.parse import quote

import pytest

from app.access.domain import Scope
from tests.documents.packets import SAMPLE, Refusal, a_draft, a_packet, send_form, sent
from tests.gateway import Api, Gateway

PATHS = (
    "/v1/documents/inbox",
    "/v1/documents/outbox",
    "/v1/documents/{id}",
    "/v1/documents/{id}/edxml",
    "/v1/documents/{id}/attachments/1",
    "/v1/documents/{id}/statuses",
)
SINGLE = PATHS[2:]
NOBODYS = "01a20e3a-ad2f-7c66-99e2-a8fd116bce09"


def test_nobody_reads_without_a_token(gateway: Gateway) -> None:
    answers = [gateway.http.get(path.format(id=NOBODYS)) for path in PATHS]
    assert {answer.status_code for answer in answers} == {401}


def test_a_client_without_the_scope_is_refused(knowing: Gateway) -> None:
    api = knowing.client("H38", Scope.SEND_DOCUMENTS)
    answers = [api.get(path.format(id=NOBODYS)) for path in PATHS]
    assert {Refusal.of(answer).slug for answer in answers} == {"insufficient-scope"}


@pytest.mark.parametrize("path", SINGLE)
def test_a_document_that_is_not_there_is_not_found(province: Api, path: str) -> None:
    numbers = [NOBODYS, "1", "%00", "' OR 1=1 --", "..%2Finbox"]
    answers = [province.get(path.format(id=number)) for number in numbers]
    assert {answer.status_code for answer in answers} == {404}


def test_a_document_of_others_is_not_found(sender: Api, commune: Api, stranger: Api) -> None:
    document = sent(sender)
    answers = [
        api.get(path.format(id=document["id"])) for path in SINGLE for api in (commune, stranger)
    ]
    assert {Refusal.of(answer).slug for answer in answers} == {"unknown-document"}


def test_a_wrong_query_is_refused(province: Api) -> None:
    queries = ["membre=H38", "limit=0", "limit=201", "member=x", "after=x"]
    answers = [province.get(f"{path}?{query}") for path in PATHS[:2] for query in queries]
    assert {Refusal.of(answer).slug for answer in answers} == {"invalid-input"}


def test_the_outbox_shows_what_was_sent_the_newest_first(sender: Api, province: Api) -> None:
    numbers = [sent(sender, a_packet(number=str(n)))["id"] for n in range(3)]
    for api in (sender, province):
        items = api.get("/v1/documents/outbox").json()["items"]
        assert [one["id"] for one in items] == numbers[::-1]
        assert items[0]["attachment_count"] == 2
    assert sender.get("/v1/documents/inbox").json() == {"items": [], "next": None}


def test_pages_follow_each_other_while_documents_come(sender: Api, commune: Api) -> None:
    numbers = [sent(sender, a_packet("H38.61", number=str(n)))["id"] for n in range(4)]
    first = commune.get("/v1/documents/inbox?limit=2").json()
    sent(sender, a_packet("H38.61", number="99"))
    second = commune.get(f"/v1/documents/inbox?limit=2&after={first['next']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == numbers[::-1]
    assert second["next"] is None


def test_a_list_is_narrowed_to_a_member(sender: Api, province: Api) -> None:
    document = sent(sender, a_packet("H38.61", "H38.62"))["id"]

    def found(path: str, member: str) -> list[str]:
        page = province.get(f"/v1/documents/{path}?member={member}").json()
        return [one["id"] for one in page["items"]]

    assert found("inbox", "000.00.61.H38") == found("outbox", "H38.12") == [document]
    assert found("inbox", "H38.63") == found("outbox", "H38.61") == found("inbox", "H53") == []


def test_a_recipient_sees_itself_among_the_recipients_only(sender: Api, commune: Api) -> None:
    document = sent(sender, a_packet("H38.61", "H38.62", "G22"))["id"]
    line = commune.get("/v1/documents/inbox").json()["items"][0]
    whole = commune.get(f"/v1/documents/{document}").json()
    assert [one["code"] for one in line["recipients"]] == ["H38.61"]
    assert [one["code"] for one in whole["recipients"]] == ["H38.61"]
    assert len(sender.get(f"/v1/documents/{document}").json()["recipients"]) == 3


def test_files_come_out_of_their_packing(sender: Api) -> None:
    document = sent(sender)["id"]
    text = sender.get(f"/v1/documents/{document}/attachments/1")
    pdf = sender.get(f"/v1/documents/{document}/attachments/2")
    assert text.content == b"Noi dung thu nghiem so 1 - khong co gia tri phap ly.\n"
    assert text.headers["content-type"].startswith("text/plain")
    assert pdf.content.startswith(b"%PDF-1.1")
    assert pdf.headers["content-type"] == "application/pdf"


def test_a_file_that_the_document_does_not_have_is_not_found(sender: Api) -> None:
    document = sent(sender)["id"]
    answer = sender.get(f"/v1/documents/{document}/attachments/3")
    assert Refusal.of(answer).slug == "unknown-attachment"
    assert sender.get(f"/v1/documents/{document}/attachments/0").status_code == 422


def test_a_file_keeps_its_name_and_is_never_shown_in_place(sender: Api) -> None:
    answer = send_form(sender, a_draft(), ("Tờ trình; 1%.html", b"<script>alert(1)</script>"))
    document = answer.json()["id"]
    file = sender.get(f"/v1/documents/{document}/attachments/1")
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["x-content-type-options"] == "nosniff"
    disposition = file.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="T_ tr_nh; 1_.html"; ')
    assert disposition.endswith("filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh%3B%201%25.html")


NAMES = [
    ("../../etc/passwd", "_.._etc_passwd"),
    ("..", "file"),
    ("C:\\vb\\den.pdf", "C__vb_den.pdf"),
    ("\u202efdp.exe", "_fdp.exe"),
    ("Ba\u0309n&#10;1.pdf", "Ba\u0309n_1.pdf"),
    ("ế" * 300 + ".pdf", "ế" * 65 + ".pdf"),
]


@pytest.mark.parametrize(("name", "told"), NAMES)
def test_a_name_that_a_packet_brings_leads_nowhere(sender: Api, name: str, told: str) -> None:
    packet = SAMPLE.replace(b"42-SKTDL-VP.pdf", name.encode())
    document = sent(sender, packet)["id"]
    said = sender.get(f"/v1/documents/{document}/attachments/2").headers["content-disposition"]
    assert said.endswith(f"filename*=UTF-8''{quote(told, safe='')}")
    assert "/" not in said.partition('filename="')[2].partition('"')[0]


def test_a_large_file_comes_back_whole(sender: Api) -> None:
    content = bytes(range(256)) * 4096
    answer = send_form(sender, a_draft(), ("lon.pdf", content))
    file = sender.get(f"/v1/documents/{answer.json()['id']}/attachments/1")
    assert file.content == content
    assert file.headers["etag"] == f'"{answer.json()["attachments"][0]["sha256"]}"'


def test_the_same_content_is_kept_once(sender: Api) -> None:
    sent(sender)
    again = sent(sender, a_packet(number="43"))
    answer = sender.get(f"/v1/documents/{again['id']}/attachments/2")
    assert answer.content in SAMPLE or answer.content.startswith(b"%PDF")
