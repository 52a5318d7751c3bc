"""POST and GET /v1/dossiers/{code}/progress."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.access.domain import Scope
from app.dossiers.schemas.incoming import STEP_EXAMPLE, ProgressIn
from app.platform.bodies import InvalidInputError, parse_json
from tests.builders import a_dossier, evidence_of
from tests.gateway import Api, Gateway


@pytest.fixture
def code(province: Api) -> str:
    return str(province.post("/v1/dossiers", json=a_dossier()).json()["code"])


def move(api: Api, code: str, status: str, **step: Any) -> Any:
    return api.post(f"/v1/dossiers/{code}/progress", json={"status": status, **step})


def test_nobody_reports_without_a_token(gateway: Gateway, code: str) -> None:
    answer = gateway.http.post(f"/v1/dossiers/{code}/progress", json=STEP_EXAMPLE)
    assert answer.status_code == 401
    assert gateway.http.get(f"/v1/dossiers/{code}/progress").status_code == 401


def test_reporting_and_reading_want_their_scopes(gateway: Gateway, code: str) -> None:
    submitter = gateway.client("H38", Scope.SUBMIT_DOSSIERS)
    assert move(submitter, code, "accepted").status_code == 403
    assert submitter.get(f"/v1/dossiers/{code}/progress").status_code == 403


def test_somebody_elses_dossier_and_one_that_does_not_exist_look_the_same(
    stranger: Api, code: str
) -> None:
    answers = [
        move(stranger, code, "accepted"),
        move(stranger, "H38.12-261102-9999", "accepted"),
        stranger.get(f"/v1/dossiers/{code}/progress"),
        stranger.get("/v1/dossiers/H38.12-261102-9999/progress"),
    ]
    bodies = [answer.json() | {"instance": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert all(body == bodies[0] for body in bodies)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"status": "accepted", "note": "x"}, "/note"),
        ({"status": "2"}, "/status"),
        ({}, "/status"),
        ({"status": "accepted", "happened_at": "hôm nay"}, "/happened_at"),
        ({"status": "accepted", "staff_name": "a" * 51}, "/staff_name"),
        ({"status": "accepted", "content": ""}, "/content"),
        ({"status": "accepted", "actor": {"kind": "mayor"}}, "/actor/kind"),
        ({"status": "accepted", "actor": {"name": "Ai đó"}}, "/actor/kind"),
    ],
)
def test_a_wrong_field_is_found_by_name(body: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        parse_json(json.dumps(body).encode(), ProgressIn)
    assert [wrong.pointer for wrong in refusal.value.errors] == [pointer]


def test_an_unknown_field_is_refused(province: Api, code: str) -> None:
    answer = move(province, code, "accepted", note="x")
    assert answer.status_code == 422
    assert [wrong["pointer"] for wrong in answer.json()["errors"]] == ["/note"]


def test_what_is_not_json_is_refused(province: Api, code: str) -> None:
    path = f"/v1/dossiers/{code}/progress"
    broken = province.post(path, content=b"{", headers={"Content-Type": "application/json"})
    other = province.post(path, content=b"{}", headers={"Content-Type": "application/xml"})
    assert (broken.status_code, other.status_code) == (400, 415)


def test_reporting_wants_an_idempotency_key(province: Api, code: str) -> None:
    path = f"/v1/dossiers/{code}/progress"
    answer = province.post(path, json={"status": "accepted"}, headers={"Idempotency-Key": ""})
    assert answer.status_code == 400


def test_a_forbidden_move_is_refused_with_the_reason(
    gateway: Gateway, province: Api, code: str
) -> None:
    answer = move(province, code, "returned")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/forbidden-transition")
    assert (problem["present"], problem["wanted"]) == ("registered", "returned")
    assert "Mới đăng ký" in problem["detail"]
    assert problem["errors"][0]["detail"] == "không đi từ “Mới đăng ký”"
    entries = evidence_of(gateway, "POST /v1/dossiers/{code}/progress")
    assert [entry.outcome for entry in entries] == ["forbidden-transition"]
    assert len(province.get(f"/v1/dossiers/{code}/progress").json()["items"]) == 1


def test_a_move_for_others_is_refused_with_the_reason(province: Api, code: str) -> None:
    answer = move(province, code, "accepted", actor={"kind": "citizen"})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/forbidden-actor")
    assert problem["actor"] == "citizen"
    assert [wrong["pointer"] for wrong in problem["errors"]] == ["/actor/kind"]


def test_whoever_acts_is_named_in_one_place(province: Api, code: str) -> None:
    answer = move(province, code, "accepted", actor={"kind": "counter"}, staff_name="Ai đó")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/actor-named-twice")


def test_a_step_says_in_which_part_somebody_acted(province: Api, code: str) -> None:
    actor = {"kind": "counter", "name": "Trần Văn Ví Dụ", "title": "Công chức", "department": "X"}
    move(province, code, "accepted", actor=actor)
    move(province, code, "withdrawn", actor={"kind": "citizen"})
    steps = province.get(f"/v1/dossiers/{code}/progress").json()["items"]
    assert [step["actor"] for step in steps] == ["citizen", "counter", "citizen"]
    assert [step["staff_name"] for step in steps[1:]] == ["Trần Văn Ví Dụ", "Người nộp hồ sơ"]
    assert (steps[1]["staff_title"], steps[1]["department"]) == ("Công chức", "X")


def test_a_repeated_report_returns_the_first_answer(province: Api, code: str) -> None:
    path = f"/v1/dossiers/{code}/progress"
    first = province.post(path, key="once", json={"status": "accepted"})
    again = province.post(path, key="once", json={"status": "accepted"})
    other = province.post(path, key="once", json={"status": "rejected"})
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert other.status_code == 422
    assert len(province.get(path).json()["items"]) == 2


def test_one_key_serves_two_dossiers(province: Api, code: str) -> None:
    other = province.post("/v1/dossiers", json=a_dossier()).json()["code"]
    for each in (code, other):
        path = f"/v1/dossiers/{each}/progress"
        assert province.post(path, key="once", json={"status": "accepted"}).status_code == 201


def test_a_step_is_kept_as_it_was_said(province: Api, code: str) -> None:
    answer = province.post(f"/v1/dossiers/{code}/progress", json=STEP_EXAMPLE)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/dossiers/{code}/progress"
    found = answer.json()
    assert {name: found[name] for name in STEP_EXAMPLE} == STEP_EXAMPLE
    assert found["status_label"] == "Được tiếp nhận"
    assert province.get(f"/v1/dossiers/{code}/progress").json()["items"][-1] == found


def test_what_is_not_said_is_the_agency_the_label_and_now(province: Api, code: str) -> None:
    found = move(province, code, "accepted").json()
    agency = province.get(f"/v1/dossiers/{code}").json()["agency_name"]
    assert (found["staff_name"], found["content"]) == (agency[:50], "Được tiếp nhận")
    assert found["happened_at"] == "2026-11-02T09:00:00+07:00"


def test_a_dossier_goes_from_the_portal_to_its_owner(
    gateway: Gateway, province: Api, code: str
) -> None:
    way = ["accepted", "processing", "processing", "finished", "returned"]
    assert [move(province, code, status).status_code for status in way] == [201] * 5
    found = province.get(f"/v1/dossiers/{code}").json()
    steps = province.get(f"/v1/dossiers/{code}/progress").json()["items"]
    assert [step["status"] for step in steps] == ["registered", *way]
    assert found["status"] == "returned"
    assert found["finished_at"] == found["returned_at"] == "2026-11-02T09:00:00+07:00"
    entries = evidence_of(gateway, f"dossier:{code}")
    assert [entry.act for entry in entries] == ["dossier.submit", *["dossier.progress"] * 5]


def test_an_agency_below_reports_and_the_province_sees_it(gateway: Gateway, code: str) -> None:
    below = gateway.client("H38.12")
    assert move(below, code, "accepted").status_code == 201
    assert gateway.client("H38").get(f"/v1/dossiers/{code}").json()["status"] == "accepted"


def test_of_ten_who_accept_at_once_one_does(province: Api, code: str) -> None:
    def accept(_turn: int) -> int:
        return int(move(province, code, "accepted").status_code)

    with ThreadPoolExecutor(10) as threads:
        statuses = sorted(threads.map(accept, range(10)))
    assert statuses == [201, *[409] * 9]
    assert len(province.get(f"/v1/dossiers/{code}/progress").json()["items"]) == 2
