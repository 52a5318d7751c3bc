"""GET /v1/public-services/coverage."""

import json
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from app.access.domain import Caller, Scope
from app.access.store import every
from app.access.use_cases import revoke
from app.catalogue.schemas import read_catalogue
from app.catalogue.use_cases import import_catalogue
from app.codes import AgencyCode, ProcedureCode
from app.evidence.domain import SystemActor
from app.public_services.domain.offers import Kind, Level, Paper, Service, Wish
from app.public_services.use_cases.deciding import import_decisions
from tests.builders import a_dossier
from tests.gateway import Api, Gateway
from tests.public_services.conftest import a_decision, decided

PATH = "/v1/public-services/coverage"
_ONLINE = {Level.PROVINCE: 139, Level.DISTRICT: 29, Level.COMMUNE: 9}
_CHOSEN = {Level.PROVINCE: 103, Level.DISTRICT: 29, Level.COMMUNE: 18}
_PARTIAL = 132


def count(gateway: Gateway, **query: Any) -> Any:
    answer = gateway.http.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _golden() -> list[Service]:
    """177 services online, 132 partial and 45 full; of 150 chosen first, nine not online yet."""
    made: list[Service] = []
    for level, online in _ONLINE.items():
        for place in range(max(online, _CHOSEN[level])):
            is_online = place < online
            kind = Kind.PARTIAL if len(made) < _PARTIAL else Kind.FULL
            made.append(
                Service(
                    level,
                    kind if is_online else Kind.INFORMATION,
                    is_chosen=place < _CHOSEN[level],
                )
            )
    return made


def _announce(gateway: Gateway) -> None:
    """Record a decision for each service, every one of a unit of its own below the province."""
    wishes = []
    for place, service in enumerate(_golden()):
        code = AgencyCode(f"H38.{100 + place}")
        paper = Paper("177/QĐ-UBND", date(2020, 6, 1), date(2020, 7, 1))
        wishes.append(Wish(ProcedureCode("1.003560.H38"), code, paper, service, "0" * 64))
    units = [
        {"code": str(wish.agency), "name": "Đơn vị mẫu", "kind": "state", "parent": "H38"}
        for wish in wishes
    ]
    _name(gateway, units)
    caller = Caller("test", AgencyCode("H38"), frozenset(Scope), "")
    gateway.transact(import_decisions, gateway.clock, caller, wishes)


def _name(gateway: Gateway, units: list[dict[str, str]]) -> None:
    raw = json.dumps({"members": units}).encode()
    actor = SystemActor("system:test", "H38")
    gateway.transact(import_catalogue, gateway.clock, actor, read_catalogue(raw))


def test_the_golden_case_of_177_services(gateway: Gateway, province: Api) -> None:
    del province
    _announce(gateway)
    found = count(gateway)
    total = found["total"]
    assert total["online"] == 177
    assert (total["partial"], total["full"]) == (132, 45)
    levels = {one["level"]: one["counts"] for one in found["groups"]}
    assert {level: one["online"] for level, one in levels.items()} == {
        "province": 139,
        "district": 29,
        "commune": 9,
    }
    assert {level: one["chosen"] for level, one in levels.items()} == {
        "province": 103,
        "district": 29,
        "commune": 18,
    }
    assert (total["chosen"], total["chosen_online"]) == (150, 141)
    assert count(gateway, on="2020-06-30")["total"]["services"] == 0


def test_services_are_counted_by_what_is_asked_for(gateway: Gateway, province: Api) -> None:
    decided(province, a_decision())
    stopped = {"kind": "partial", "is_open": False, "post": {}, "online_payment": False}
    decided(province, a_decision(agency_code="H38", service=stopped))
    decided(
        province,
        a_decision(service={"level": "commune", "kind": "information"}),
        "2.900001.H38",
    )
    total = count(gateway)["total"]
    assert total == {
        "services": 3,
        "online": 1,
        "partial": 0,
        "full": 1,
        "suspended": 1,
        "on_national_portal": 3,
        "by_post": 2,
        "online_payment": 2,
        "priority": 3,
        "chosen": 0,
        "chosen_online": 0,
    }
    assert count(gateway, agency="H38.12")["total"]["services"] == 2
    assert count(gateway, kind="full")["total"]["services"] == 1
    assert count(gateway, level="commune")["total"]["services"] == 1
    assert count(gateway, sector="G03-GD10")["total"]["services"] == 2


def test_groups_come_in_the_order_of_their_keys_page_by_page(
    gateway: Gateway, province: Api
) -> None:
    decided(province, a_decision())
    decided(province, a_decision(agency_code="H38", service={"kind": "partial"}))
    low = a_decision(service={"level": "commune", "kind": "information"})
    decided(province, low, "2.900001.H38")
    by = ["kind", "sector", "agency", "level"]
    keys = [
        (one["level"], one["sector"], one["agency"], one["kind"])
        for one in count(gateway, by=by)["groups"]
    ]
    assert keys == [
        ("commune", "G15-MA01", "H38.12", "information"),
        ("province", "G03-GD10", "H38", "partial"),
        ("province", "G03-GD10", "H38.12", "full"),
    ]
    first = count(gateway, by=by, limit=2)
    second = count(gateway, by=by, limit=2, after=first["next"])
    assert len(first["groups"]) == 2
    assert [one["agency"] for one in second["groups"]] == ["H38.12"]
    assert second["next"] is None


def test_an_unknown_dimension_is_refused(gateway: Gateway) -> None:
    assert gateway.http.get(PATH, params={"by": "colour"}).status_code == 422


def test_members_are_shown_with_what_they_are_connected_with(
    gateway: Gateway, province: Api
) -> None:
    del province
    one_stop = gateway.client("H38.12", Scope.SUBMIT_DOSSIERS, Scope.READ_DOSSIERS)
    gateway.client("H38.11", Scope.SEND_DOCUMENTS)
    gateway.client("H38.61", Scope.READ_CATALOGUE)
    assert one_stop.post("/v1/dossiers", json=a_dossier()).status_code == 201
    gateway.clock.advance(timedelta(days=30))
    gateway.client("H38.12", Scope.SUBMIT_DOSSIERS)
    answer = gateway.http.get(f"{PATH}/members")
    members = {one.pop("agency_code"): one for one in answer.json()["items"]}
    assert members.keys() == {"H38", "H38.11", "H38.12"}
    assert members["H38.12"] | {"agency_name": ""} == {
        "agency_name": "",
        "one_stop": 2,
        "documents": 0,
        "axis": 0,
        "acted_on": "2026-11-02",
    }
    assert members["H38.11"]["documents"] == 1
    adoption = count(gateway)["adoption"]
    assert adoption == {"members": 3, "one_stop": 2, "documents": 2, "axis": 0, "seen": 0}
    first = gateway.http.get(f"{PATH}/members", params={"limit": 1}).json()
    second = gateway.http.get(f"{PATH}/members", params={"limit": 5, "after": first["next"]})
    assert [one["agency_code"] for one in second.json()["items"]] == ["H38.11", "H38.12"]


def test_a_revoked_client_connects_nobody(gateway: Gateway) -> None:
    api = gateway.client("H38.12", Scope.SUBMIT_DOSSIERS)
    assert api.get("/v1/dossiers").status_code == 403
    assert count(gateway)["adoption"]["members"] == 1
    ((client_id,),) = gateway.transact(_client_ids)
    gateway.transact(revoke, gateway.clock, client_id=client_id)
    assert count(gateway)["adoption"]["members"] == 0


def _client_ids(connection: Connection) -> list[tuple[str]]:
    return [(one.client_id,) for one in every(connection)]
