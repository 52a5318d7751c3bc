"""Finding documents by what they say, among those that are the caller's."""

from typing import Any

import pytest

from tests.documents.packets import Refusal, a_packet, report, sent
from tests.gateway import Api

SUBJECT = "V/v Đôn đốc giải ngân vốn đầu tư công"


@pytest.fixture
def kept(sender: Api) -> list[str]:
    """Four documents to two communes: the ids in the order of sending."""
    packets = [
        a_packet("H38.61", number="1", Subject=SUBJECT, DueDate="2026/12/01"),
        a_packet("H38.61", number="12", TypeName="Quyết định", PromulgationDate="2026/03/05"),
        a_packet("H38.62", number="13", Subject="Giấy mời họp", TypeName="Giấy mời"),
        a_packet("H38.61", "H38.62", number="14", Subject="Đề nghị góp ý 100%"),
    ]
    return [sent(sender, packet)["id"] for packet in packets]


def found(api: Api, path: str = "", **query: Any) -> list[str]:
    answer = api.get(f"/v1/documents{path}", params=query)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in reversed(answer.json()["items"])]


@pytest.mark.parametrize(
    "text",
    ["don doc", "ĐÔN ĐỐC", "Đôn đốc", "đầu tư giải", "giai ng", "1/sktdl don", "v/v  don"],
)
def test_words_are_found_without_accents_and_by_their_beginnings(
    sender: Api, kept: list[str], text: str
) -> None:
    assert found(sender, q=text) == [kept[0]]


def test_the_symbol_is_found(sender: Api, kept: list[str]) -> None:
    assert found(sender, q="13/SKTDL-VP") == [kept[2]]
    assert found(sender, q="sktdl") == kept
    assert found(sender, q="ktdl") == []
    assert found(sender, q="📄 …") == []


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1", "góp ý%", "\U0010ffff", "don_doc"])
def test_signs_of_a_query_language_mean_nothing(sender: Api, kept: list[str], text: str) -> None:
    answer = sender.get("/v1/documents", params={"q": text})
    assert {one["id"] for one in answer.json()["items"]} <= set(kept)
    assert answer.status_code == 200


def test_type_dates_and_direction_narrow_the_search(
    sender: Api, commune: Api, province: Api, kept: list[str]
) -> None:
    assert found(sender, type="quyet dinh") == [kept[1]]
    assert found(sender, promulgated_from="2026-03-03") == [kept[1]]
    assert found(sender, promulgated_to="2026-03-02", type="Giấy mời") == [kept[2]]
    assert found(sender, due_from="2026-11-30", due_to="2026-12-01") == [kept[0]]
    assert found(commune, direction="sent") == found(sender, direction="received") == []
    assert found(province, direction="received") == found(province, direction="sent") == kept


def test_the_lists_take_the_same_parameters(sender: Api, commune: Api, kept: list[str]) -> None:
    assert found(sender, "/outbox", q="gop y") == found(commune, "/inbox", q="gop") == [kept[3]]
    assert found(commune, "/inbox", q="hop") == found(sender, "/inbox", q="gop") == []


def test_everybody_finds_only_what_is_theirs(
    commune: Api, stranger: Api, province: Api, kept: list[str]
) -> None:
    assert found(commune) == [kept[0], kept[1], kept[3]]
    assert found(province, member="H38.62") == [kept[2], kept[3]]
    assert found(commune, member="H38") == found(commune)
    assert found(stranger) == found(commune, member="H38.62") == []


def test_what_was_both_sent_and_received_is_shown_once(province: Api, kept: list[str]) -> None:
    items = province.get("/v1/documents").json()["items"]
    assert [one["id"] for one in items] == kept[::-1]
    assert [one["code"] for one in items[0]["recipients"]] == ["H38.61", "H38.62"]


def test_a_status_is_sought_at_the_recipients_that_the_list_shows(
    sender: Api, commune: Api, province: Api, kept: list[str]
) -> None:
    assert report(commune, kept[3], "03").status_code == 201
    assert found(sender, status="03") == found(commune, status="03") == [kept[3]]
    assert found(province, "/inbox", member="H38.62", status="03") == []
    assert found(province, "/inbox", member="H38.62", status="01") == [kept[2], kept[3]]
    assert report(sender, kept[3], "13", recipient="H38.61", reason="Nhầm").status_code == 201
    assert found(commune, status="13") == [kept[3]]
    assert found(commune, status="03") == []


def test_pages_of_a_search_follow_each_other(sender: Api, kept: list[str]) -> None:
    first = sender.get("/v1/documents?q=sktdl&limit=3").json()
    sent(sender, a_packet("H38.61", number="99"))
    second = sender.get(f"/v1/documents?q=sktdl&limit=3&after={first['next']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == kept[::-1]
    assert second["next"] is None


def test_a_wrong_search_is_refused(province: Api) -> None:
    queries = ["q=", "q=%00", "direction=up", "status=99", "due_from=2026-13-01", "text=x"]
    answers = [province.get(f"/v1/documents?{query}") for query in queries]
    assert {Refusal.of(answer).slug for answer in answers} == {"invalid-input"}
