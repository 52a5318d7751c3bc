"""Deaths and marriages that are submitted, and the results of several registrations at a time."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app.access.domain import Scope
from app.lookups.schemas.civil_status import DEATH, MARRIAGE
from mock_ngsp.faults import Fault
from mock_ngsp.record import Wanted
from mock_ngsp.wire import Axis
from tests.builders import a_dossier
from tests.gateway import Api, Gateway
from tests.lookups.nation import Nation, refusal_of

BASE = "/v1/lookups/civil-status"
BODIES = {"death": DEATH, "marriage": MARRIAGE}
PAPER = {"title": "Giấy báo tử", "file_name": "gbt.pdf", "content": "JVBERi0="}


@pytest.fixture(params=[1, 2], ids=["first", "linked"])
def generation(request: pytest.FixtureRequest, nation: Nation) -> int:
    found: int = request.param
    nation.connect(ngsp_civil_status_generation=found)
    return found


@pytest.fixture
def registrar(province: Api) -> Api:
    for body in BODIES.values():
        made = province.post("/v1/dossiers", json=a_dossier(code=body["dossier_code"]))
        assert made.status_code == 201, made.text
    return province


def asked_of(nation: Nation, operation: str) -> list[Any]:
    entries, _ = nation.universe.record.page(Wanted(Axis.NGSP, operation))
    return [json.loads(one.call.body) for one in entries]


def results(gateway: Gateway, kind: str, *codes: str) -> Any:
    """Ask with a fresh token: the clock goes on by days."""
    body = {"kind": kind, "unit": 9001, "dossier_codes": list(codes)}
    return gateway.client("H38").post(f"{BASE}/result-lists", json=body)


@pytest.mark.parametrize("kind", BODIES)
def test_who_may_not_register_submits_nothing(
    gateway: Gateway, nation: Nation, registrar: Api, kind: str
) -> None:
    address, body = f"{BASE}/{kind}s", BODIES[kind]
    assert gateway.http.post(address, json=body).status_code == 401
    reader = gateway.client("H38", Scope.LOOK_UP_POPULATION)
    assert refusal_of(reader.post(address, json=body)) == (403, "insufficient-scope")
    stranger = gateway.client("H53")
    assert refusal_of(stranger.post(address, json=body)) == (404, "unknown-dossier")
    wrong = registrar.post(address, json=body | {"la": 1})
    assert refusal_of(wrong) == (422, "invalid-input")
    assert nation.asked() == []


@pytest.mark.usefixtures("generation")
@pytest.mark.parametrize("kind", BODIES)
def test_it_comes_back_with_a_number_as_the_clock_goes(
    gateway: Gateway, registrar: Api, kind: str
) -> None:
    body, code = BODIES[kind], BODIES[kind]["dossier_code"]
    first = registrar.post(f"{BASE}/{kind}s", json=body, key="mot")
    assert (first.status_code, first.json()["dossier_code"]) == (201, code)
    again = registrar.post(f"{BASE}/{kind}s", json=body, key="mot")
    assert again.content == first.content
    gateway.clock.advance(timedelta(days=2))
    (found,) = results(gateway, kind, code).json()["items"]
    assert (found["dossier_code"], found["outcome"]) == (code, "found")
    registration = found["registration"]
    assert (registration["state"], registration["number"]) == ("done", "3/2026")
    assert bool(registration["paper"]) is (kind == "death")
    assert registration["citizen_id"] is None


def test_what_the_ministry_reads_is_what_was_filled_in(nation: Nation, registrar: Api) -> None:
    nation.connect(ngsp_civil_status_generation=2)
    registrar.post(f"{BASE}/deaths", json=DEATH | {"papers": [PAPER]})
    registrar.post(f"{BASE}/marriages", json=MARRIAGE)
    death, marriage = asked_of(nation, "apiLienThongHoTich/guiHoSo")
    assert (death["module"], marriage["module"]) == ("LTKT", "LTKH")
    assert death["fileDinhKem"][0]["tenTepDinhKem"] == "gbt.pdf"
    form = json.loads(death["data"])
    assert (form["nktHoTen"], form["nktGioiTinh"]) == ("Trần Văn Giả", "1")
    assert (form["nktNgayChet"], form["giayBaoTuSo"]) == ("30/10/2026", "12/GBT")
    form = json.loads(marriage["data"])
    assert (form["chongHoTen"], form["voHoTen"]) == ("Trần Văn Ví Dụ", "Nguyễn Thị Giả Định")


@pytest.mark.usefixtures("registrar")
def test_several_results_are_asked_for_three_at_a_time(gateway: Gateway, nation: Nation) -> None:
    nation.connect(ngsp_civil_status_generation=2)
    codes = [f"H38.12-261102-01{number:02}" for number in range(7)]
    api = gateway.client("H38")
    for code in codes:
        api.post("/v1/dossiers", json=a_dossier(code=code))
        api.post(f"{BASE}/deaths", json=DEATH | {"dossier_code": code})
    unknown = MARRIAGE["dossier_code"]
    answer = results(gateway, "death", *codes, unknown, codes[0])
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    assert [one["dossier_code"] for one in items] == [*codes, unknown]
    assert [one["outcome"] for one in items] == ["found"] * 7 + ["not_found"]
    asked = asked_of(nation, "apiLienThongHoTich/traKetQua")
    assert [len(one["maDinhDanhHoSo"]) for one in asked] == [3, 3, 2]
    lines = gateway.client("H38").get("/v1/lookups?limit=50").json()["items"]
    assert sum(one["operation"] == "death-result" for one in lines) == 8


@pytest.mark.parametrize(
    ("fault", "status", "slug"),
    [
        (Fault("apiLienThongHoTich/traKetQua", 9, status=503), 503, "civil-status-down"),
        (Fault("apiLienThongHoTich/traKetQua", 9, delay=timedelta(seconds=60)), 504,
         "civil-status-slow"),
    ],
)  # fmt: skip
def test_no_answer_is_written_down_for_each_dossier(
    gateway: Gateway, nation: Nation, registrar: Api, fault: Fault, status: int, slug: str
) -> None:
    nation.connect(ngsp_civil_status_generation=2)
    nation.universe.faults.add(fault)
    codes = [body["dossier_code"] for body in BODIES.values()]
    assert refusal_of(results(gateway, "death", *codes)) == (status, slug)
    lines = registrar.get("/v1/lookups").json()["items"]
    assert [one["outcome"] for one in lines] == [slug.removeprefix("civil-status-")] * 2


def test_another_ones_dossier_is_not_asked_about(
    gateway: Gateway, nation: Nation, registrar: Api
) -> None:
    del registrar
    body = {"kind": "death", "unit": 9001, "dossier_codes": [DEATH["dossier_code"]]}
    stranger = gateway.client("H53").post(f"{BASE}/result-lists", json=body)
    assert refusal_of(stranger) == (404, "unknown-dossier")
    many = body | {"dossier_codes": [f"H38.12-261102-02{number:02}" for number in range(31)]}
    answer = gateway.client("H38").post(f"{BASE}/result-lists", json=many)
    assert refusal_of(answer) == (422, "invalid-input")
    assert nation.asked() == []
