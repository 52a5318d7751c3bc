"""POST /v1/lookups/citizens: for whom, why, what is told, and what is left behind."""

import json
from typing import Any

import pytest
from lxml import etree

from app.access.domain import Scope
from mock_ngsp.record import Wanted
from mock_ngsp.wire import Axis
from tests.acting import staged
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.lookups.nation import BASE, REASON, Nation, refusal_of

CITIZENS = "/v1/lookups/citizens"
WIFE: dict[str, Any] = {
    "citizen_id": "000000000001",
    "full_name": "Nguyễn Thị Giả Định",
    "born": "1990-01-01",
    "reason": REASON,
}
PERSONAL = ("000000000001", "Nguyễn Thị Giả Định", "NGUYENTHIGIADINH", "1990-01-01", "19900101")


def xml_of(nation: Nation) -> etree._Element:
    """Return the last envelope that the nation got."""
    entries, _ = nation.universe.record.page(Wanted(Axis.NGSP, "dancu", 0, 100))
    return etree.fromstring(entries[-1].call.body)


def said(nation: Nation, name: str) -> str | None:
    found = xml_of(nation).find(f".//{{http://dancuquocgia.bca}}{name}")
    return None if found is None else found.text


def test_who_may_not_look_citizens_up_asks_nobody(gateway: Gateway, nation: Nation) -> None:
    assert gateway.http.post(CITIZENS, json=WIFE).status_code == 401
    reader = gateway.client("H38", Scope.LOOK_UP_ENTERPRISES)
    assert refusal_of(reader.post(CITIZENS, json=WIFE)) == (403, "insufficient-scope")
    assert nation.asked() == []


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"reason": None}, "invalid-input"),
        ({"reason": {"stated_reason": "Vì sao"}}, "invalid-input"),
        ({"reason": {"purpose": "Giải quyết"}}, "no-reason"),
        ({"reason": {"purpose": "Giải quyết", "stated_reason": "  "}}, "no-reason"),
        ({"identity_card": "000000002"}, "invalid-input"),
        ({"citizen_id": None}, "invalid-input"),
        ({"citizen_id": "00000000001"}, "invalid-input"),
        ({"born": "1990-02-30"}, "invalid-input"),
        ({"born": "01/01/1990"}, "invalid-input"),
        ({"full_name": ""}, "invalid-input"),
        ({"more": 1}, "invalid-input"),
    ],
)
def test_a_question_without_reason_or_person_is_not_asked(
    nation: Nation, province: Api, changes: dict[str, Any], slug: str
) -> None:
    assert refusal_of(province.post(CITIZENS, json=WIFE | changes)) == (422, slug)
    assert nation.asked() == []


def test_of_a_dossier_that_is_not_ones_own_nobody_is_asked(
    gateway: Gateway, nation: Nation, province: Api
) -> None:
    code = staged(province, "acceptance")
    asked = WIFE | {"reason": {"purpose": "Giải quyết", "dossier_code": code}}
    assert refusal_of(gateway.client("H53").post(CITIZENS, json=asked)) == (404, "unknown-dossier")
    elsewhere = WIFE | {"reason": REASON | {"agency_code": "H53.01"}}
    assert refusal_of(province.post(CITIZENS, json=elsewhere)) == (403, "agency-not-yours")
    assert nation.asked() == []


def test_nothing_is_asked_where_nobody_is_connected(province: Api) -> None:
    assert refusal_of(province.post(CITIZENS, json=WIFE)) == (422, "service-not-connected")


@pytest.mark.usefixtures("nation")
def test_only_granted_fields_are_told(province: Api) -> None:
    answer = province.post(CITIZENS, json=WIFE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["citizen"] == {
        "citizen_id": "000000000001",
        "full_name": "Nguyễn Thị Giả Định",
        "sex": "female",
        "born_on": "1990-01-01",
        "born_year": 1990,
        "residence": {
            "province_code": "10",
            "district_code": None,
            "commune_code": "00000",
            "detail": "Thôn Ví Dụ",
            "country": "VN",
        },
    }


def test_a_question_says_who_asks_for_what_in_the_nations_form(
    nation: Nation, province: Api
) -> None:
    code = staged(province, "acceptance")
    reason = {"purpose": "Giải quyết", "dossier_code": code, "officer": "CB-7"}
    found = province.post(CITIZENS, json=WIFE | {"reason": reason}).json()
    assert said(nation, "MaYeuCau") == found["lookup_id"]
    assert said(nation, "MaDVC") == "1.003560.H38"
    assert (said(nation, "MaTichHop"), said(nation, "MaCanBo")) == ("037", "CB-7")
    assert said(nation, "HoVaTen") == "NGUYENTHIGIADINH"
    assert (said(nation, "NgayThangNam"), said(nation, "Nam")) == ("19900101", None)


@pytest.mark.parametrize("form", ["folded", "upper"])
@pytest.mark.parametrize("unit", ["milliseconds", "seconds"])
def test_names_and_timestamps_are_sent_in_either_form(
    nation: Nation, province: Api, form: str, unit: str
) -> None:
    nation.universe.settings = nation.universe.settings.model_copy(
        update={"dancu_window": nation.universe.settings.session_ttl}
    )
    nation.connect(population_name=form, population_timestamp=unit)
    card = {"citizen_id": None, "identity_card": "000000002", "full_name": "trần văn  Ví Dụ"}
    answer = province.post(CITIZENS, json=WIFE | card | {"born": "1985"})
    assert answer.json()["citizen"]["born_on"] == "1985-06-15"
    wanted = {"folded": "TRANVANVIDU", "upper": "TRẦN VĂN VÍ DỤ"}[form]
    assert (said(nation, "HoVaTen"), said(nation, "SoCMND")) == (wanted, "000000002")


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    "changes",
    [{"born": "1990-01-02"}, {"born": "1989"}, {"full_name": "Nguyễn Thị"}],
    ids=["day", "year", "name"],
)
def test_who_does_not_fit_is_an_answer(province: Api, changes: dict[str, str]) -> None:
    answer = province.post(CITIZENS, json=WIFE | changes)
    assert (answer.status_code, answer.json()["outcome"]) == (200, "not_found")
    assert answer.json()["citizen"] is None


def test_a_wrong_secret_is_the_services_refusal(nation: Nation, province: Api) -> None:
    nation.connect(population_signed_url="http://dancu.mock/other")
    answer = province.post(CITIZENS, json=WIFE)
    assert refusal_of(answer) == (502, "population-refused")
    assert answer.json()["code"] == "soap-Client"


@pytest.mark.usefixtures("nation")
def test_a_person_leaves_no_trace_but_a_keyed_hash(
    province: Api, gateway: Gateway, capfd: pytest.CaptureFixture[str]
) -> None:
    for changes in ({}, {"citizen_id": "000000000403"}, {"citizen_id": "000000000422"}):
        province.post(CITIZENS, json=WIFE | changes)
    lines = province.get("/v1/lookups").json()["items"]
    assert [one["outcome"] for one in lines] == ["malformed", "refused", "found"]
    entries = evidence_of(gateway, f"lookup:{lines[-1]['id']}")
    assert [one.act for one in entries] == ["lookup.population.details"]
    assert entries[0].digest is not None
    kept = json.dumps(lines) + "".join(map(str, entries)) + capfd.readouterr().out
    kept += capfd.readouterr().err
    assert [one for one in (*PERSONAL, "000000000403") if one in kept] == []


@pytest.mark.usefixtures("nation")
def test_who_asked_is_seen_by_their_own_units_alone(province: Api, gateway: Gateway) -> None:
    province.post(CITIZENS, json=WIFE | {"reason": REASON | {"agency_code": "H38.12"}})
    (line,) = province.get("/v1/lookups").json()["items"]
    assert (line["unit"], line["purpose"]) == ("H38.12", REASON["purpose"])
    assert gateway.client("H38.12").get("/v1/lookups").json()["items"] == [line]
    for stranger in ("H53", "H38.1", "H38.61"):
        assert gateway.client(stranger).get("/v1/lookups").json()["items"] == []


@pytest.mark.usefixtures("nation")
def test_look_ups_are_listed_page_by_page(province: Api) -> None:
    wanted = [province.post(CITIZENS, json=WIFE).json()["lookup_id"] for _ in range(3)]
    first = province.get("/v1/lookups?limit=2").json()
    rest = province.get(f"/v1/lookups?limit=2&before={first['next']}").json()
    listed = [one["id"] for one in (*first["items"], *rest["items"])]
    assert (listed, rest["next"]) == (wanted[::-1], None)


@pytest.mark.parametrize(
    ("face", "place"),
    [("message", "apiCSDLDanCu/ChiaSeThongTinCongDan"), ("flat", "apiDanCuTinh/traCuuCongDan")],
)
def test_a_face_that_cannot_verify_says_so(
    nation: Nation, province: Api, face: str, place: str
) -> None:
    nation.connect(population_face=face, population_url=f"{BASE}/{place}")
    asked = {name: WIFE[name] for name in ("citizen_id", "full_name", "reason")}
    refused = province.post(f"{CITIZENS}/verification", json=asked)
    assert refusal_of(refused) == (502, "population-refused")
    assert nation.asked(place) == []


def test_the_flat_face_is_asked_by_its_own_names(nation: Nation, province: Api) -> None:
    place = "apiDanCuTinh/traCuuCongDan"
    nation.connect(
        population_face="flat", population_url=f"{BASE}/{place}", population_account="tinh-vi-du"
    )
    found = province.post(CITIZENS, json=WIFE).json()
    entries, _ = nation.universe.record.page(Wanted(Axis.NGSP, place))
    asked = json.loads(entries[0].call.body)
    assert (asked["maYeuCau"], asked["userNameService"]) == (found["lookup_id"], "tinh-vi-du")
    assert (asked["hoVaTen"], asked["ngayThangNam"]) == ("NGUYENTHIGIADINH", "19900101")
