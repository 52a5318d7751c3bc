"""POST /v1/public-services/{procedure}/decisions, and what it makes of the service."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.access.domain import Scope
from app.catalogue.schemas.record import AdministrativeLevel
from app.public_services.domain.offers import Level
from tests.builders import evidence_of
from tests.documents.packets import Refusal
from tests.gateway import Api, Gateway
from tests.public_services.conftest import PROCEDURE, a_decision, decide, decided, shown

PATH = f"/v1/public-services/{PROCEDURE}/decisions"


def test_without_a_token_nothing_is_decided(gateway: Gateway) -> None:
    assert gateway.http.post(PATH, json=a_decision()).status_code == 401


def test_another_scope_is_refused(gateway: Gateway, province: Api) -> None:
    del province
    reader = gateway.client("H38", Scope.READ_DOSSIERS)
    assert decide(reader, a_decision()).status_code == 403


def test_an_agency_of_others_is_refused(gateway: Gateway, province: Api) -> None:
    del province
    answer = decide(gateway.client("H38.11"), a_decision())
    assert Refusal.of(answer) == Refusal(403, "agency-not-yours", ("/agency_code",))


@pytest.mark.parametrize(
    ("body", "slug", "pointer"),
    [
        (a_decision(agency_code="H38.99"), "unknown-member", "/agency_code"),
        (a_decision(supersedes=77), "unknown-decision", "/supersedes"),
        (a_decision(service={"old_level": 3}), "old-level-mismatch", "/service/old_level"),
        (
            a_decision(service={"post": {"returns": True, "receiving_price_vnd": 1}}),
            "price-without-post",
            "/service/post/receiving_price_vnd",
        ),
        (
            a_decision(service={"post": {"receives": True, "returning_price_vnd": 1}}),
            "price-without-post",
            "/service/post/returning_price_vnd",
        ),
        (a_decision(service={"kind": "whole"}), "invalid-input", "/service/kind"),
        (a_decision(effective_from="1900-01-01"), "invalid-input", "/effective_from"),
        (a_decision(why="?"), "invalid-input", "/why"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    province: Api, body: dict[str, Any], slug: str, pointer: str
) -> None:
    answer = decide(province, body)
    assert Refusal.of(answer) == Refusal(422, slug, (pointer,))


@pytest.mark.parametrize("procedure", ["1.999999", "nonsense", "%00"])
def test_an_unknown_procedure_is_not_found(province: Api, procedure: str) -> None:
    assert decide(province, a_decision(), procedure).status_code == 404
    assert province.get(f"/v1/public-services/{procedure}").status_code == 404
    assert province.get(f"/v1/public-services/{procedure}/decisions").status_code == 404


def test_a_decision_is_shown_with_everything_it_says(gateway: Gateway, province: Api) -> None:
    made = decided(province, a_decision())
    assert made["service"]["national_data"] == [
        {"code": "population", "name": "CSDL quốc gia về dân cư"}
    ]
    assert made["service"]["kind_label"] == "Dịch vụ công trực tuyến toàn trình"
    assert made["service"]["is_priority"]
    assert made["service"]["post"]["returning_price_vnd"] == 30_000
    found = shown(gateway)
    assert [one["decision"] for one in found["services"]] == [made]
    assert found["on"] == "2026-11-02"
    assert found["procedure"]["paper_cases"]
    assert found["procedure"]["legal_bases"]
    (entry,) = evidence_of(gateway, f"service:{PROCEDURE}@H38.12")
    assert (entry.act, entry.outcome) == ("service.decide", "done")


def test_an_old_level_stays_readable(gateway: Gateway, province: Api) -> None:
    for level, kind in ((1, "information"), (2, "information"), (3, "partial"), (4, "full")):
        old = a_decision(
            number=f"{level}/QĐ", effective_from=f"2015-01-0{level}",
            service={"kind": kind, "old_level": level},
        )  # fmt: skip
        decided(province, old)
        (one,) = shown(gateway, on=f"2015-01-0{level}")["services"]
        assert (one["decision"]["service"]["old_level"], one["decision"]["service"]["kind"]) == (
            level,
            kind,
        )


def test_a_repeated_request_has_one_effect(gateway: Gateway, province: Api) -> None:
    first = province.post(PATH, key="k", json=a_decision())
    again = province.post(PATH, key="k", json=a_decision())
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert len(gateway.http.get(PATH).json()["items"]) == 1


def test_a_decision_is_not_recorded_twice_and_never_edited(gateway: Gateway, province: Api) -> None:
    made = decided(province, a_decision())
    again = decide(province, a_decision())
    assert (again.status_code, again.json()["type"]) == (409, "/problems/decision-repeated")
    other = decide(province, a_decision(service={"kind": "partial"}))
    assert (other.status_code, other.json()["type"]) == (409, "/problems/decision-differs")
    assert other.json()["recorded"] == made["id"]
    assert gateway.http.get(PATH).json()["items"] == [made]


def test_a_decision_dated_in_the_past_and_one_to_come(gateway: Gateway, province: Api) -> None:
    now = decided(province, a_decision())
    past = decided(province, a_decision(number="9/QĐ", effective_from="2024-03-01"))
    future = decided(
        province,
        a_decision(number="77/QĐ", effective_from="2027-01-01", service={"is_open": False}),
    )
    days = {
        "2024-02-29": [],
        "2024-03-01": [past],
        "2026-10-31": [past],
        "2026-11-01": [now],
        "2026-12-31": [now],
        "2027-01-01": [future],
        "2050-01-01": [future],
    }
    found = {day: [one["decision"] for one in shown(gateway, on=day)["services"]] for day in days}
    assert found == days
    assert gateway.http.get(PATH).json()["items"] == [now, past, future]


def test_a_planned_change_that_is_called_off_never_comes(gateway: Gateway, province: Api) -> None:
    now = decided(province, a_decision())
    planned = decided(province, a_decision(number="2/QĐ", effective_from="2027-03-01"))
    calling_off = decided(
        province,
        a_decision(number="3/QĐ", effective_from="2027-01-01", supersedes=planned["id"]),
    )
    found = [
        shown(gateway, on=day)["services"][0]["decision"]["id"]
        for day in ("2026-12-31", "2027-02-28", "2027-03-01", "2027-12-31")
    ]
    assert found == [now["id"], calling_off["id"], calling_off["id"], calling_off["id"]]


def test_a_unit_follows_the_nearest_agency_that_has_decided(
    gateway: Gateway, province: Api
) -> None:
    above = decided(province, a_decision(agency_code="H38"))
    own = decided(province, a_decision())
    found = {
        agency: [one["decision"] for one in shown(gateway, agency=agency)["services"]]
        for agency in ("H38.12.01", "000.00.12.H38", "H38.21.05", "H38", "H53")
    }
    assert found == {
        "H38.12.01": [own],
        "000.00.12.H38": [own],
        "H38.21.05": [above],
        "H38": [above],
        "H53": [],
    }
    assert len(shown(gateway)["services"]) == 2


def test_decisions_of_one_agency_are_listed_page_by_page(gateway: Gateway, province: Api) -> None:
    made = [decided(province, a_decision(number=f"{one}/QĐ")) for one in range(5)]
    decided(province, a_decision(agency_code="H38"))
    query = {"agency": "H38.12", "limit": "2"}
    first = gateway.http.get(PATH, params=query).json()
    second = gateway.http.get(PATH, params=query | {"after": first["next"]}).json()
    third = gateway.http.get(PATH, params=query | {"after": second["next"]}).json()
    assert first["items"] + second["items"] + third["items"] == made
    assert third["next"] is None


def test_services_are_listed_by_what_is_asked_for(gateway: Gateway, province: Api) -> None:
    decided(province, a_decision())
    decided(province, a_decision(agency_code="H38", service={"kind": "partial"}))
    low = a_decision(agency_code="H38", service={"level": "commune", "kind": "information"})
    decided(province, low, "2.900001.H38")

    def agencies(**query: str) -> list[tuple[str, str]]:
        answer = gateway.http.get("/v1/public-services", params=query)
        assert answer.status_code == 200, answer.text
        return [(one["procedure_code"], one["agency_code"]) for one in answer.json()["items"]]

    every = [(PROCEDURE, "H38"), (PROCEDURE, "H38.12"), ("2.900001.H38", "H38")]
    assert agencies() == every
    assert agencies(agency="H38.12") == [every[1]]
    assert agencies(kind="partial") == [every[0]]
    assert agencies(level="commune") == agencies(sector="G15-MA01") == [every[2]]
    assert agencies(on="2026-10-31") == []
    first = gateway.http.get("/v1/public-services", params={"limit": 2}).json()
    assert agencies(limit="2", after=first["next"]) == [every[2]]


def test_an_address_that_reads_too_often_must_wait(gateway: Gateway) -> None:
    for _ in range(gateway.settings.public_reads_per_minute):
        assert gateway.http.get("/v1/public-services").status_code == 200
    answer = gateway.http.get("/v1/public-services")
    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/too-many-looks")


def test_the_levels_are_those_of_the_catalogue() -> None:
    assert [one.value for one in Level] == [one.value for one in AdministrativeLevel]
    assert {one.label for one in Level} == {"Cấp bộ", "Cấp tỉnh", "Cấp huyện", "Cấp xã"}


def test_decisions_that_come_at_once_leave_the_periods_of_all(
    gateway: Gateway, province: Api
) -> None:
    bodies = [a_decision(number=f"{day}/QĐ", effective_from=f"2026-11-1{day}") for day in range(8)]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda body: decide(province, body), bodies))
    assert {answer.status_code for answer in answers} == {201}
    found = [
        shown(gateway, on=f"2026-11-1{day}")["services"][0]["decision"]["number"]
        for day in range(8)
    ]
    assert found == [f"{day}/QĐ" for day in range(8)]
