"""POST /v1/dossiers."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import AnyHttpUrl
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.dossiers.schemas.incoming import EXAMPLE, DossierIn
from app.main import create_app
from app.platform.bodies import InvalidInputError, digest_of, parse_json
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.builders import ABSENT, a_dossier, evidence_of
from tests.gateway import Api, Gateway

SAMPLE = Path(__file__).parents[2] / "openapi/messages/dossier.json"
APPLICANT = EXAMPLE["applicant"]


def wrong_places(answer: Any) -> list[str]:
    return [wrong["pointer"] for wrong in answer.json()["errors"]]


def test_nobody_submits_without_a_token(gateway: Gateway) -> None:
    answer = gateway.http.post("/v1/dossiers", json=a_dossier())
    assert answer.status_code == 401


def test_submitting_wants_its_scope(gateway: Gateway) -> None:
    reader = gateway.client("H38", Scope.READ_DOSSIERS, Scope.PROGRESS_DOSSIERS)
    answer = reader.post("/v1/dossiers", json=a_dossier())
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/insufficient-scope")


def test_nobody_submits_for_somebody_elses_agency(stranger: Api) -> None:
    answer = stranger.post("/v1/dossiers", json=a_dossier())
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/agency-not-yours")


@pytest.mark.usefixtures("province")
def test_an_agency_does_not_submit_for_the_province_above_it(gateway: Gateway) -> None:
    answer = gateway.client("H38.12").post("/v1/dossiers", json=a_dossier(agency_code="H38"))
    assert answer.json()["type"] == "/problems/agency-not-yours"


def test_what_is_not_json_is_refused(province: Api) -> None:
    headers = {"Content-Type": "application/json"}
    for content in (b"", b"{", b"\xff\xfe", b"<hoso/>", b"nu11"):
        answer = province.post("/v1/dossiers", content=content, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/not-json")


def test_another_media_type_is_refused(province: Api) -> None:
    answer = province.post("/v1/dossiers", content=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"MaHoSo": "H38.12-261102-0007"}, "/MaHoSo"),
        ({"status": "finished"}, "/status"),
        ({"code": "H38.12-2611-7"}, "/code"),
        ({"code": "../../etc/passwd"}, "/code"),
        ({"procedure_code": "1.003560'; DROP TABLE dossiers"}, "/procedure_code"),
        ({"agency_code": "không phải mã"}, "/agency_code"),
        ({"agency_code": 38}, "/agency_code"),
        ({"channel": "2"}, "/channel"),
        ({"received_at": "2026-11-02T08:40:00"}, "/received_at"),
        ({"received_at": "02/11/2026"}, "/received_at"),
        ({"received_at": ABSENT}, "/received_at"),
        ({"summary": ""}, "/summary"),
        ({"summary": "a" * 1001}, "/summary"),
        ({"summary": "a\x00b"}, "/summary"),
        ({"applicant": ABSENT}, "/applicant"),
        ({"applicant": {**APPLICANT, "kind": "1"}}, "/applicant/kind"),
        ({"applicant": {**APPLICANT, "nickname": "x"}}, "/applicant/nickname"),
        ({"applicant": {**APPLICANT, "email": "không"}}, "/applicant/email"),
        ({"applicant": {**APPLICANT, "phone": "abc"}}, "/applicant/phone"),
        ({"fees": [{**EXAMPLE["fees"][0], "amount_vnd": 20000.5}]}, "/fees/0/amount_vnd"),
        ({"fees": [{**EXAMPLE["fees"][0], "amount_vnd": -1}]}, "/fees/0/amount_vnd"),
        ({"fees": [{**EXAMPLE["fees"][0], "amount_vnd": "20000"}]}, "/fees/0/amount_vnd"),
        (
            {"attachments": [{**EXAMPLE["attachments"][0], "url": "file:///etc/passwd"}]},
            "/attachments/0/url",
        ),
    ],
)
def test_a_wrong_field_is_found_by_name(change: dict[str, Any], pointer: str) -> None:
    raw = json.dumps(a_dossier(**change)).encode()
    with pytest.raises(InvalidInputError) as refusal:
        parse_json(raw, DossierIn)
    assert [wrong.pointer for wrong in refusal.value.errors] == [pointer]


def test_wrong_fields_are_refused_all_at_once(province: Api) -> None:
    body = a_dossier(MaHoSo="x", channel="2", received_at=ABSENT)
    answer = province.post("/v1/dossiers", json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")
    assert sorted(wrong_places(answer)) == ["/MaHoSo", "/channel", "/received_at"]


AGAINST_RULES: list[tuple[dict[str, Any], str, str]] = [
    ({"procedure_code": "1.999999"}, "unknown-procedure", "/procedure_code"),
    ({"agency_code": "H38.99"}, "unknown-member", "/agency_code"),
    ({"agency_code": "000.00.00.H02"}, "closed-member", "/agency_code"),
    ({"due_at": "2026-11-02T08:39:59+07:00"}, "due-before-received", "/due_at"),
    (
        {"applicant": {**APPLICANT, "identity_number": "0"}},
        "invalid-identity",
        "/applicant/identity_number",
    ),
]


def test_what_is_against_a_rule_is_refused_by_name(province: Api) -> None:
    for change, slug, pointer in AGAINST_RULES:
        answer = province.post("/v1/dossiers", json=a_dossier(**change))
        assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{slug}")
        assert wrong_places(answer) == [pointer]


def test_a_closed_agency_names_its_successor(province: Api) -> None:
    answer = province.post("/v1/dossiers", json=a_dossier(agency_code="000.00.00.H02"))
    assert answer.json()["successor"] == "H05"


def test_a_code_is_taken_once(province: Api) -> None:
    body = a_dossier(code="H38.12-261102-0007")
    assert province.post("/v1/dossiers", json=body).status_code == 201
    answer = province.post("/v1/dossiers", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/duplicate-dossier")
    assert wrong_places(answer) == ["/code"]


def test_a_refusal_leaves_nothing_but_its_evidence(gateway: Gateway, province: Api) -> None:
    province.post("/v1/dossiers", json=a_dossier(procedure_code="1.999999"))
    assert province.get("/v1/dossiers").json() == {"items": [], "next": None}
    entries = evidence_of(gateway, "POST /v1/dossiers")
    assert [(entry.act, entry.outcome) for entry in entries] == [
        ("dossiers:submit", "unknown-procedure")
    ]


def test_a_refusal_repeats_no_personal_data(province: Api) -> None:
    applicant = {**APPLICANT, "identity_number": "000000000001X", "email": "gia.dinh"}
    answer = province.post("/v1/dossiers", json=a_dossier(applicant=applicant))
    assert answer.status_code == 422
    assert "000000000001X" not in answer.text
    assert "gia.dinh" not in answer.text
    assert APPLICANT["full_name"] not in answer.text


def test_submitting_wants_an_idempotency_key(province: Api) -> None:
    answer = province.post("/v1/dossiers", json=a_dossier(), headers={"Idempotency-Key": ""})
    assert (answer.status_code, answer.json()["type"]) == (
        400,
        "/problems/idempotency-key-required",
    )


def test_a_repeated_submission_returns_the_first_answer(province: Api) -> None:
    first = province.post("/v1/dossiers", key="once", json=a_dossier())
    again = province.post("/v1/dossiers", key="once", json=a_dossier())
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert first.headers["Location"] == again.headers["Location"]
    assert len(province.get("/v1/dossiers").json()["items"]) == 1


def test_a_key_cannot_be_used_for_another_dossier(province: Api) -> None:
    province.post("/v1/dossiers", key="once", json=a_dossier())
    answer = province.post("/v1/dossiers", key="once", json=a_dossier(summary="Khác"))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/idempotency-key-reused")


def test_the_example_is_the_sample_message() -> None:
    assert json.loads(SAMPLE.read_bytes()) == EXAMPLE


def test_the_sample_is_taken_unchanged(province: Api) -> None:
    headers = {"Content-Type": "application/json"}
    answer = province.post("/v1/dossiers", content=SAMPLE.read_bytes(), headers=headers)
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/v1/dossiers/H38.12-261102-0007"
    said, found = json.loads(SAMPLE.read_bytes()), answer.json()
    assert found["agency_code"] == "H38.12"
    assert found["status"] == "registered"
    for paper in found["attachments"]:
        further = {name: paper.pop(name) for name in ("file_id", "reuse", "is_from_store")}
        assert not any(further.values()), "nothing is said that was not said"
    assert {name: found[name] for name in said if name != "agency_code"} == {
        name: value for name, value in said.items() if name != "agency_code"
    }


def test_the_channel_decides_where_it_begins(province: Api) -> None:
    begins = {"online": "registered", "counter": "accepted", "postal": "accepted"}
    for channel, status in begins.items():
        created = province.post("/v1/dossiers", json=a_dossier(channel=channel)).json()
        steps = province.get(f"/v1/dossiers/{created['code']}/progress").json()["items"]
        assert created["status"] == status
        assert [step["status"] for step in steps] == [status]


def test_names_that_are_left_out_come_from_the_catalogue(province: Api) -> None:
    body = a_dossier(procedure_name=ABSENT, sector_code=ABSENT, sector_name=ABSENT)
    found = province.post("/v1/dossiers", json=body).json()
    assert found["procedure_name"]
    assert found["sector_code"]
    assert found["sector_name"]


def test_a_dossier_of_another_province_keeps_its_code(province: Api) -> None:
    body = a_dossier(code="000.00.16.H08-200101-0001")
    assert province.post("/v1/dossiers", json=body).json()["code"] == "000.00.16.H08-200101-0001"


def test_submitting_is_evident(gateway: Gateway, province: Api) -> None:
    content = json.dumps(a_dossier()).encode()
    headers = {"Content-Type": "application/json"}
    answer = province.post("/v1/dossiers", content=content, headers=headers)
    entry = evidence_of(gateway, f"dossier:{answer.json()['code']}")[0]
    assert (entry.act, entry.member, entry.outcome) == ("dossier.submit", "H38", "done")
    assert entry.digest == digest_of(content)
    assert entry.request_id == answer.headers["X-Request-Id"]


def test_without_a_national_portal_the_dossier_says_so(province: Api) -> None:
    found = province.post("/v1/dossiers", json=a_dossier()).json()["national"]
    assert found == {"state": "not_connected", "reason": None, "delivered_at": None}


@pytest.mark.usefixtures("province")
def test_with_a_national_portal_the_dossier_waits(settings: Settings, clock: FrozenClock) -> None:
    connected = settings.model_copy(update={"dvcqg_url": AnyHttpUrl("http://127.0.0.1:9")})
    with TestClient(create_app(connected, clock=clock)) as http:
        api = Gateway(http, connected, clock).client("H38")
        found = api.post("/v1/dossiers", json=a_dossier()).json()["national"]
    assert found == {"state": "waiting", "reason": None, "delivered_at": None}
