"""Look-ups that are made for a dossier: written into it, told to the nation, counted."""

from typing import Any

import pytest

from app.codes import DossierCode
from app.dossiers.store import find
from app.dossiers.sync.records import record_of
from tests.acting import staged
from tests.builders import a_dossier, evidence_of
from tests.gateway import Api, Gateway
from tests.lookups.test_citizens import CITIZENS, WIFE


def asked_for(code: str, **changes: Any) -> dict[str, Any]:
    reason = {"purpose": "Giải quyết", "dossier_code": code, "officer": "CB-7"}
    return WIFE | {"reason": reason} | changes


def uses_of(api: Api, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(f"/v1/dossiers/{code}").json()["handling"][
        "national_uses"
    ]
    return found


@pytest.mark.usefixtures("nation")
def test_a_look_up_is_written_into_its_dossier(gateway: Gateway, province: Api) -> None:
    code = staged(province, "acceptance")
    found = province.post(CITIZENS, json=asked_for(code)).json()
    (use,) = uses_of(province, code)
    assert use == {
        "number": 1,
        "look_up_id": found["lookup_id"],
        "service": "population",
        "database_code": "1",
        "used_at": "2026-11-02T09:00:00+07:00",
        "used_by": "CB-7",
        "verified": ["identity_number", "full_name"],
    }
    acts = [one.act for one in evidence_of(gateway, f"dossier:{code}")]
    assert acts[-1] == "dossier.national_data.use"
    named = {name: said for name, said in asked_for(code).items() if name != "born"}
    province.post(CITIZENS + "/verification", json=named)
    assert [use["number"] for use in uses_of(province, code)] == [1, 2]


@pytest.mark.usefixtures("nation")
def test_of_somebody_else_nothing_of_the_owner_is_verified(province: Api) -> None:
    code = staged(province, "acceptance")
    husband = {"citizen_id": "000000000002", "full_name": "Trần Văn Ví Dụ", "born": "1985-06-15"}
    assert province.post(CITIZENS, json=asked_for(code, **husband)).json()["outcome"] == "found"
    assert [use["verified"] for use in uses_of(province, code)] == [[]]


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize("number", ["000000000404", "000000000403", "000000000503"])
def test_what_found_nothing_is_not_written_into_a_dossier(province: Api, number: str) -> None:
    code = staged(province, "acceptance")
    province.post(CITIZENS, json=asked_for(code, citizen_id=number))
    assert uses_of(province, code) == []


def figures_of(api: Api) -> dict[str, int]:
    (row,) = api.get("/v1/statistics/dossiers").json()["items"]
    found: dict[str, int] = row["figures"]
    return found


@pytest.mark.usefixtures("nation")
def test_the_nation_is_told_and_statistics_count_it(gateway: Gateway, province: Api) -> None:
    code = DossierCode(staged(province, "acceptance"))
    assert (figures_of(province)["received"], figures_of(province)["population"]) == (1, 0)
    province.post(CITIZENS, json=asked_for(code))
    province.post(CITIZENS, json=asked_for(code))
    assert figures_of(province)["population"] == 1
    dossier = gateway.transact(find, code)
    assert dossier is not None
    told = record_of(dossier.facts()).model_dump()
    assert list(told["DSKetNoiCSDL"]) == [{"MaCSDL": "1"}]


@pytest.mark.usefixtures("nation")
def test_an_enterprise_of_a_dossier_is_written_too(province: Api) -> None:
    owner = {
        "kind": "enterprise",
        "full_name": "Công ty TNHH Giả Định",
        "identity_type": "tax_code",
        "identity_number": "0000000003",
    }
    made = province.post("/v1/dossiers", json=a_dossier(applicant=owner)).json()
    reason = {"purpose": "Giải quyết", "dossier_code": made["code"]}
    asked = {"code": "0000000003", "reason": reason}
    assert province.post("/v1/lookups/enterprises", json=asked).json()["outcome"] == "found"
    (use,) = uses_of(province, made["code"])
    assert (use["service"], use["verified"]) == ("enterprises", ["identity_number"])
