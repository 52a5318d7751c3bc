"""Phản ánh, kiến nghị: said by anybody, answered by the agency, rated, and seen by all."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.access.domain import Scope
from app.platform.ids import new_id
from app.public_services.domain.opinions import CODE
from app.public_services.schemas.opinions import EXAMPLE, REPLY
from tests.builders import evidence_of
from tests.documents.packets import Refusal
from tests.gateway import Api, Gateway

PUBLIC = "/v1/public-services/opinions"
SENDER = {
    "name": "Nguyễn Thị Giả Định",
    "phone": "0000000001",
    "email": "gia.dinh@example.vn",
    "address": "Thôn Giả Định",
}


def say(gateway: Gateway, *, key: str | None = None, **changes: Any) -> httpx.Response:
    http: httpx.Client = gateway.http
    headers = {"Idempotency-Key": key or new_id()}
    return http.post(PUBLIC, json=EXAMPLE | {"sender": SENDER} | changes, headers=headers)


@pytest.fixture
def said(gateway: Gateway, province: Api) -> dict[str, Any]:
    del province
    answer = say(gateway)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def look(gateway: Gateway, code: str, secret: str | None = None) -> httpx.Response:
    http: httpx.Client = gateway.http
    headers = {} if secret is None else {"X-Tracking-Code": secret}
    return http.get(f"{PUBLIC}/{code}", headers=headers)


def rate(gateway: Gateway, opinion: dict[str, Any], score: Any, secret: str = "") -> httpx.Response:
    http: httpx.Client = gateway.http
    return http.post(
        f"{PUBLIC}/{opinion['code']}/rating",
        json={"score": score},
        headers={
            "Idempotency-Key": new_id(),
            "X-Tracking-Code": secret or opinion["tracking_code"],
        },
    )


def reply(api: Api, code: str, **changes: Any) -> httpx.Response:
    return api.post(f"/v1/opinions/{code}/answer", json=REPLY | changes)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/opinions"),
        ("GET", "/v1/opinions"),
        ("GET", "/v1/opinions/x"),
        ("POST", "/v1/opinions/x/answer"),
    ],
)
def test_only_agencies_take_read_and_answer(gateway: Gateway, method: str, path: str) -> None:
    assert gateway.http.request(method, path, json={}).status_code == 401
    other = gateway.client("H38", Scope.READ_DOSSIERS)
    answer = gateway.http.request(method, path, json={}, headers=other.headers)
    assert answer.status_code == 403


def test_another_agency_sees_nothing_of_it(gateway: Gateway, said: dict[str, Any]) -> None:
    other = gateway.client("H38.11")
    assert other.get(f"/v1/opinions/{said['code']}").status_code == 404
    assert reply(other, said["code"]).status_code == 404
    assert other.get("/v1/opinions").json()["items"] == []
    answer = other.post("/v1/opinions", json=EXAMPLE)
    assert Refusal.of(answer) == Refusal(403, "agency-not-yours", ("/agency_code",))


def test_an_unknown_agency_or_field_is_refused(gateway: Gateway, province: Api) -> None:
    del province
    assert Refusal.of(say(gateway, agency_code="H38.99")) == Refusal(
        422, "unknown-member", ("/agency_code",)
    )
    assert Refusal.of(say(gateway, why="?")) == Refusal(422, "invalid-input", ("/why",))
    assert Refusal.of(say(gateway, kind="joke")) == Refusal(422, "invalid-input", ("/kind",))


def test_anybody_may_say_one_and_gets_both_codes(
    gateway: Gateway, province: Api, said: dict[str, Any]
) -> None:
    assert CODE.fullmatch(said["code"])
    assert len(said["tracking_code"]) == 20
    assert said["due_at"] == "2026-11-23T09:00:00+07:00"
    found = province.get(f"/v1/opinions/{said['code']}").json()
    assert found["content"] == EXAMPLE["content"]
    assert found["sender"] == SENDER
    assert (found["state"], found["at_counter"], found["is_late"]) == ("received", False, False)
    (entry,) = evidence_of(gateway, f"opinion:{said['code']}")
    assert (entry.client_id, entry.act, entry.member) == (
        "system:public",
        "opinion.take",
        "H38.12",
    )


def test_a_repeated_request_says_it_once(gateway: Gateway, province: Api) -> None:
    first, again = say(gateway, key="k"), say(gateway, key="k")
    assert again.content == first.content
    assert len(province.get("/v1/opinions").json()["items"]) == 1


def test_an_address_that_says_too_much_must_wait(gateway: Gateway, province: Api) -> None:
    del province
    for _ in range(gateway.settings.opinions_per_minute):
        assert say(gateway).status_code == 201
    assert say(gateway).status_code == 429


def test_one_said_at_a_counter_is_the_counters(gateway: Gateway, province: Api) -> None:
    made = province.post("/v1/opinions", json=EXAMPLE | {"dossier_code": "H38.12-261102-0001"})
    found = province.get(f"/v1/opinions/{made.json()['code']}").json()
    assert (found["at_counter"], found["dossier_code"]) == (True, "H38.12-261102-0001")
    (entry,) = evidence_of(gateway, f"opinion:{made.json()['code']}")
    assert entry.client_id != "system:public"


def test_whatever_is_wrong_the_answer_is_one_and_the_same(
    gateway: Gateway, said: dict[str, Any]
) -> None:
    answers = [
        look(gateway, said["code"]),
        look(gateway, said["code"], "0" * 20),
        look(gateway, "PA261102-22222222", said["tracking_code"]),
        look(gateway, "%00", said["tracking_code"]),
        rate(gateway, said, 5, secret="wrong"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str(answer.json() | {"instance": ""}) for answer in answers}) == 1


def test_everybody_sees_how_it_fares_and_nobody_what_was_said(
    gateway: Gateway, province: Api, said: dict[str, Any]
) -> None:
    assert reply(province, said["code"]).status_code == 201
    listed = gateway.http.get(PUBLIC)
    seen = look(gateway, said["code"], said["tracking_code"])
    (item,) = listed.json()["items"]
    assert item == seen.json()
    assert item["state"] == "answered"
    assert item["published_answer"] == REPLY["published"]
    private = [*SENDER.values(), EXAMPLE["content"], REPLY["content"], REPLY["answered_by"]]
    assert not [one for one in private if one in listed.text or one in seen.text]


def test_an_answer_is_given_once(gateway: Gateway, said: dict[str, Any]) -> None:
    gateway.clock.advance(timedelta(days=30))
    province = gateway.client("H38")
    assert look(gateway, said["code"], said["tracking_code"]).json()["is_late"]
    done = reply(province, said["code"]).json()
    assert (done["answer"], done["answered_by"]) == (REPLY["content"], REPLY["answered_by"])
    assert done["is_late"]
    again = reply(province, said["code"])
    assert Refusal.of(again) == Refusal(409, "opinion-answered", ())
    acts = [entry.act for entry in evidence_of(gateway, f"opinion:{said['code']}")]
    assert acts == ["opinion.take", "opinion.answer"]


@pytest.mark.parametrize(
    "published",
    [
        "Kính gửi bà nguyễn thị  GIẢ ĐỊNH",
        "Đã gọi số 0000000001",
        "Xin gọi 0900 000 000",
        "Số giấy tờ 000000000009",
        "Hỏi thêm: a@example.vn",
        "Đến Thôn Giả Định",
    ],
)
def test_what_is_published_names_nobody(
    province: Api, said: dict[str, Any], published: str
) -> None:
    answer = reply(province, said["code"], published=published)
    assert Refusal.of(answer) == Refusal(422, "published-answer-personal", ("/published",))


def test_the_sender_rates_the_answer_once(
    gateway: Gateway, province: Api, said: dict[str, Any]
) -> None:
    assert Refusal.of(rate(gateway, said, 4)) == Refusal(409, "nothing-to-rate", ())
    reply(province, said["code"])
    assert rate(gateway, said, 6).status_code == 422
    assert rate(gateway, said, 4).json()["score"] == 4
    assert rate(gateway, said, 5).status_code == 409
    acts = [entry.act for entry in evidence_of(gateway, f"opinion:{said['code']}")]
    assert acts == ["opinion.take", "opinion.answer", "opinion.rate"]


def test_lists_are_read_page_by_page(gateway: Gateway, province: Api) -> None:
    made = [province.post("/v1/opinions", json=EXAMPLE).json()["code"] for _ in range(3)]
    for get in (lambda **query: gateway.http.get(PUBLIC, params=query),
                lambda **query: province.get("/v1/opinions", params=query)):  # fmt: skip
        first = get(limit=2).json()
        second = get(limit=2, after=first["next"]).json()
        found = [one["code"] for one in first["items"] + second["items"]]
        assert found == list(reversed(made))
        assert second["next"] is None
