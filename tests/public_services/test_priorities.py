"""The dated list of priorities: taken over from a file, shown, and counted. All of it invented."""

import json
from typing import Any

import pytest

from app.evidence.domain import SystemActor
from app.platform.bodies import InvalidInputError
from app.public_services.domain.priorities import PriorityListDiffersError
from app.public_services.schemas.priorities import read_services
from app.public_services.use_cases.prioritising import import_services
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.public_services.conftest import a_decision, decided
from tests.public_services.pages import page_of

PATH = "/v1/public-services/priority-list"
ACTOR = SystemActor("system:administrator", "H38")
OLD: dict[str, Any] = {
    "number": "0001/QĐ-MAU",
    "signed_on": "2026-01-05",
    "effective_from": "2026-02-01",
    "procedure_codes": ["1.003560", "2.900001", "9.999999"],
}
NEW = OLD | {
    "number": "0002/QĐ-MAU", "signed_on": "2026-10-05", "effective_from": "2026-11-01",
    "procedure_codes": ["2.900001"],
}  # fmt: skip


def take_over(gateway: Gateway, *lists: dict[str, Any]) -> tuple[int, int]:
    wishes, given = read_services(json.dumps({"priority_lists": lists}).encode())
    done = gateway.transact(import_services, gateway.clock, ACTOR, wishes, given)
    return done.new, done.unchanged


def listed(gateway: Gateway, **query: str) -> Any:
    answer = gateway.http.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_without_a_list_there_is_none(gateway: Gateway) -> None:
    assert listed(gateway) == {"on": "2026-11-02", "list": None, "items": [], "next": None}
    coverage = gateway.http.get("/v1/public-services/coverage").json()
    assert coverage["priority_list"] is None


def test_the_list_in_force_on_a_day_is_counted(gateway: Gateway, province: Api) -> None:
    decided(province, a_decision(effective_from="2026-01-01"))
    partial = {"kind": "partial", "is_priority": False}
    decided(province, a_decision(agency_code="H38", service=partial), "2.900001.H38")
    assert take_over(gateway, OLD, NEW) == (2, 0)
    before = listed(gateway, on="2026-10-31")
    assert before["list"]["number"] == "0001/QĐ-MAU"
    now = listed(gateway)
    assert now["list"] == {
        "number": "0002/QĐ-MAU", "signed_on": "2026-10-05", "effective_from": "2026-11-01",
        "procedures": 1, "offered": 1, "online": 1, "full": 0,
    }  # fmt: skip
    (one,) = now["items"]
    assert one["name"]
    assert [one[name] for name in ("services", "online", "full", "flagged")] == [1, 1, 0, 0]
    assert listed(gateway, on="2026-01-31")["list"] is None
    assert listed(gateway, agency="H38.12")["list"]["offered"] == 0
    coverage = gateway.http.get("/v1/public-services/coverage").json()
    assert coverage["priority_list"] == now["list"]
    text = page_of(gateway.http.get("/dich-vu-cong")).text
    assert "Danh mục ưu tiên theo 0002/QĐ-MAU" in text
    assert "1 thủ tục, có dịch vụ ở đây 1, trực tuyến 1, toàn trình 0" in text


def test_a_listed_procedure_that_nobody_offers_is_shown(gateway: Gateway, province: Api) -> None:
    decided(province, a_decision(effective_from="2026-01-01"))
    take_over(gateway, OLD)
    items = {one["code"]: one for one in listed(gateway)["items"]}
    assert items["9.999999"] == {
        "code": "9.999999", "name": None, "services": 0, "online": 0, "full": 0, "flagged": 0,
    }  # fmt: skip
    assert (items["1.003560"]["full"], items["1.003560"]["flagged"]) == (1, 1)
    first = listed(gateway, limit="2")
    rest = listed(gateway, limit="2", after=first["next"])
    assert [one["code"] for one in first["items"] + rest["items"]] == sorted(items)


def test_a_list_is_taken_over_once_and_not_edited(gateway: Gateway) -> None:
    assert take_over(gateway, OLD) == (1, 0)
    assert take_over(gateway, OLD, NEW) == (1, 1)
    acts = [one.act for one in evidence_of(gateway, "priority-list:0001/QĐ-MAU")]
    assert acts == ["priority-list.import"]
    with pytest.raises(PriorityListDiffersError) as refused:
        take_over(gateway, NEW, OLD | {"procedure_codes": ["1.003560"]})
    assert [one.pointer for one in refused.value.errors] == ["/priority_lists/1"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"procedure_codes": ["1.003560.H38"]}, "/priority_lists/0/procedure_codes/0"),
        ({"procedure_codes": []}, "/priority_lists/0/procedure_codes"),
        ({"effective_from": "2026-02-30"}, "/priority_lists/0/effective_from"),
        ({"title": "x"}, "/priority_lists/0/title"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_name(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_services(json.dumps({"priority_lists": [OLD | changes]}).encode())
    assert refused.value.errors[0].pointer == place
