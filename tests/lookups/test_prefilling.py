"""POST /v1/dossiers/prefill: what national data fills, and what is left when a part is silent."""

from typing import Any

import pytest

from app.access.domain import Scope
from tests.acting import staged
from tests.broker.shared import published
from tests.gateway import Api, Gateway
from tests.lookups.nation import REASON, Nation, refusal_of
from tests.lookups.test_dossiers import uses_of
from tests.lookups.test_grants import PURPOSE, SERVICE, grant, own_id

PREFILL = "/v1/dossiers/prefill"
CITIZEN = {"citizen_id": "000000000001", "full_name": "Nguyễn Thị Giả Định", "born": "1990-01-01"}
ASKED: dict[str, Any] = {"citizen": CITIZEN, "reason": REASON}
ALL = ["/applicant/full_name", "/applicant/identity_number", "/applicant/address"]


@pytest.mark.parametrize(
    "body",
    [{"reason": REASON}, {"citizen": CITIZEN}, ASKED | {"business_code": "12"}, ASKED | {"x": 1}],
)
def test_a_form_without_owner_or_reason_asks_nobody(
    nation: Nation, province: Api, body: dict[str, Any]
) -> None:
    assert refusal_of(province.post(PREFILL, json=body)) == (422, "invalid-input")
    assert nation.asked() == []


def test_each_database_wants_its_own_scope(gateway: Gateway, nation: Nation) -> None:
    clerk = gateway.client("H38", Scope.SUBMIT_DOSSIERS, Scope.LOOK_UP_ENTERPRISES)
    assert refusal_of(clerk.post(PREFILL, json=ASKED)) == (403, "insufficient-scope")
    assert nation.asked() == []
    counter = gateway.client("H38", Scope.LOOK_UP_POPULATION)
    assert refusal_of(counter.post(PREFILL, json=ASKED)) == (403, "insufficient-scope")


@pytest.mark.usefixtures("nation")
def test_a_citizen_fills_the_owner(province: Api) -> None:
    found = province.post(PREFILL, json=ASKED | {"with_insurance": True}).json()
    assert found["applicant"] == {
        "kind": "citizen",
        "full_name": "Nguyễn Thị Giả Định",
        "identity_type": "citizen_id",
        "identity_number": "000000000001",
        "address": "Thôn Ví Dụ",
    }
    assert found["verified"] == ALL
    assert sorted(found["citizen"]) == sorted(
        ["citizen_id", "full_name", "sex", "born_on", "born_year", "residence"]
    )
    assert found["insurance_number"] == "0000000001"
    parts = [(part["service"], part["operation"], part["outcome"]) for part in found["parts"]]
    assert parts == [("population", "details", "found"), ("insurance", "number", "found")]


@pytest.mark.usefixtures("nation")
def test_an_enterprise_goes_before_who_submits_for_it(province: Api) -> None:
    found = province.post(PREFILL, json=ASKED | {"business_code": "0000000003"}).json()
    owner = found["applicant"]
    assert (owner["kind"], owner["identity_type"]) == ("enterprise", "tax_code")
    assert owner["full_name"] == "CÔNG TY TNHH GIẢ ĐỊNH"
    assert found["citizen"]["full_name"] == "Nguyễn Thị Giả Định"


@pytest.mark.usefixtures("nation")
def test_a_silent_part_leaves_the_others(province: Api) -> None:
    found = province.post(PREFILL, json=ASKED | {"business_code": "0000000503"}).json()
    assert found["business"] is None
    assert found["applicant"]["full_name"] == "Nguyễn Thị Giả Định"
    assert [part["outcome"] for part in found["parts"]] == ["down", "found"]
    lines = province.get("/v1/lookups").json()["items"]
    assert [one["id"] for one in lines[::-1]] == [one["look_up_id"] for one in found["parts"]]


@pytest.mark.usefixtures("nation")
def test_nothing_but_silence_is_a_problem(province: Api) -> None:
    silent = {"citizen": CITIZEN | {"citizen_id": "000000000503"}, "reason": REASON}
    answer = province.post(PREFILL, json=silent)
    assert refusal_of(answer) == (503, "population-down")


@pytest.mark.usefixtures("nation")
def test_nobody_who_fits_fills_nothing(province: Api) -> None:
    unknown = {"citizen": CITIZEN | {"citizen_id": "000000000404"}, "reason": REASON}
    found = province.post(PREFILL, json=unknown | {"with_insurance": True}).json()
    assert (found["applicant"], found["verified"], found["citizen"]) == (None, [], None)
    assert [part["outcome"] for part in found["parts"]] == ["not_found"]


@pytest.mark.usefixtures("nation")
def test_what_is_not_granted_is_not_filled(gateway: Gateway, province: Api) -> None:
    published(province, **SERVICE)
    counter = gateway.client("H38.12")
    grant(province, own_id(gateway, counter), fields=["full_name"])
    reason = REASON | {"purpose": PURPOSE}
    found = counter.post(PREFILL, json=ASKED | {"reason": reason}).json()
    assert found["applicant"]["identity_number"] is None
    assert found["verified"] == ["/applicant/full_name"]
    assert list(found["citizen"]) == ["full_name"]
    assert refusal_of(counter.post(PREFILL, json=ASKED)) == (403, "purpose-not-granted")


@pytest.mark.usefixtures("nation")
def test_what_is_filled_for_a_dossier_is_written_into_it(province: Api) -> None:
    code = staged(province, "acceptance")
    reason = {"purpose": "Giải quyết", "dossier_code": code}
    province.post(PREFILL, json=ASKED | {"reason": reason, "with_insurance": True})
    assert [use["service"] for use in uses_of(province, code)] == ["population", "insurance"]
