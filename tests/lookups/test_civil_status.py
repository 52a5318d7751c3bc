"""Births that are submitted, and what comes back as the nation's clock goes."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app.access.domain import Scope
from mock_ngsp.record import Wanted
from mock_ngsp.wire import Axis
from tests.builders import a_dossier
from tests.gateway import Api, Gateway
from tests.lookups.nation import REASON, Nation, refusal_of

BIRTHS = "/v1/lookups/civil-status/births"
RESULTS = "/v1/lookups/civil-status/results"
CODE = "H38.12-261102-0042"
BIRTH: dict[str, Any] = {
    "full_name": "Trần Văn Mẫu",
    "sex": "male",
    "born_on": "2026-10-30",
    "mother": {"full_name": "Nguyễn Thị Giả Định", "paper_number": "000000000001"},
    "requester": {"full_name": "Trần Văn Ví Dụ"},
}
ASKED: dict[str, Any] = {"dossier_code": CODE, "unit": 9001, "kind": "birth"}


@pytest.fixture(params=[1, 2], ids=["first", "linked"])
def generation(request: pytest.FixtureRequest, nation: Nation) -> int:
    found: int = request.param
    nation.connect(ngsp_civil_status_generation=found)
    return found


@pytest.fixture
def registrar(province: Api) -> Api:
    assert province.post("/v1/dossiers", json=a_dossier(code=CODE)).status_code == 201
    return province


def submission(**changes: Any) -> dict[str, Any]:
    return {"dossier_code": CODE, "unit": 9001, "birth": BIRTH | changes}


def with_note(note: str) -> dict[str, Any]:
    return submission(requester={"full_name": "Trần Văn Ví Dụ", "note": note})


def stands(gateway: Gateway) -> Any:
    """Ask with a fresh token: the clock goes on by days."""
    return gateway.client("H38").post(RESULTS, json=ASKED).json()["registration"]


def test_who_may_not_register_submits_nothing(
    gateway: Gateway, nation: Nation, registrar: Api
) -> None:
    assert gateway.http.post(BIRTHS, json=submission()).status_code == 401
    reader = gateway.client("H38", Scope.LOOK_UP_POPULATION)
    assert refusal_of(reader.post(BIRTHS, json=submission())) == (403, "insufficient-scope")
    stranger = gateway.client("H53")
    assert refusal_of(stranger.post(BIRTHS, json=submission())) == (404, "unknown-dossier")
    no_key = registrar.post(BIRTHS, json=submission(), headers={"Idempotency-Key": ""})
    assert refusal_of(no_key) == (400, "idempotency-key-required")
    assert refusal_of(registrar.post(BIRTHS, json=submission(sex="x"))) == (422, "invalid-input")
    assert nation.asked() == []


@pytest.mark.usefixtures("generation")
def test_a_birth_comes_back_with_a_number_as_the_clock_goes(
    gateway: Gateway, registrar: Api
) -> None:
    taken = registrar.post(BIRTHS, json=submission())
    assert (taken.status_code, taken.json()["dossier_code"]) == (201, CODE)
    assert stands(gateway)["state"] == "waiting"
    gateway.clock.advance(timedelta(days=2))
    done = stands(gateway)
    assert (done["state"], done["state_label"]) == ("done", "Hoàn thành")
    assert (done["number"], done["book"], done["registered_on"]) == ("3/2026", "2026", "2026-11-04")
    assert done["citizen_id"].startswith("0009")
    assert done["paper"] is not None
    child = {"citizen_id": done["citizen_id"], "full_name": "Trần Văn Mẫu", "born": "2026-10-30"}
    known = (
        gateway.client("H38").post("/v1/lookups/citizens", json=child | {"reason": REASON}).json()
    )
    assert (known["outcome"], known["citizen"]["sex"]) == ("found", "male")


@pytest.mark.parametrize(("note", "state"), [("bo sung", "supplement"), ("tu choi", "refused")])
@pytest.mark.usefixtures("generation")
def test_a_birth_may_lack_papers_or_be_refused(
    gateway: Gateway, registrar: Api, note: str, state: str
) -> None:
    registrar.post(BIRTHS, json=with_note(note))
    gateway.clock.advance(timedelta(days=3))
    found = stands(gateway)
    assert (found["state"], found["number"], found["citizen_id"]) == (state, None, None)
    assert found["note"]


@pytest.mark.usefixtures("generation")
def test_a_repeat_is_the_same_submission(nation: Nation, registrar: Api) -> None:
    first = registrar.post(BIRTHS, json=submission(), key="mot")
    again = registrar.post(BIRTHS, json=submission(), key="mot")
    other = registrar.post(BIRTHS, json=submission(), key="hai")
    assert (again.status_code, again.content) == (201, first.content)
    assert other.status_code == 201
    codes = [one.code for one in nation.universe.ngsp.registrations.all()]
    assert codes.count(CODE) == 1


def test_what_the_ministry_did_not_get_is_sent_by_a_repeat(
    gateway: Gateway, nation: Nation, registrar: Api
) -> None:
    nation.connect(ngsp_url="http://nation.test/nowhere")
    refused = registrar.post(BIRTHS, json=submission(), key="mot")
    assert refusal_of(refused)[1].startswith("civil-status-")
    nation.connect()
    taken = registrar.post(BIRTHS, json=submission(), key="mot")
    assert taken.status_code == 201
    (line,) = gateway.client("H38").get("/v1/lookups").json()["items"]
    assert (line["id"], line["outcome"]) == (taken.json()["lookup_id"], "found")


def test_a_wrong_unit_is_refused_by_its_code(nation: Nation, registrar: Api) -> None:
    nation.connect(ngsp_civil_status_generation=1)
    registrar.post(BIRTHS, json=submission())
    other = registrar.post(RESULTS, json=ASKED | {"unit": 9002})
    assert other.json()["outcome"] == "not_found"


def test_papers_go_with_a_linked_registration(nation: Nation, registrar: Api) -> None:
    paper = {"title": "Giấy chứng sinh", "file_name": "gcs.pdf", "content": "JVBERi0="}
    registrar.post(BIRTHS, json=submission() | {"papers": [paper]})
    entries, _ = nation.universe.record.page(Wanted(Axis.NGSP, "apiLienThongHoTich/guiHoSo"))
    sent = json.loads(entries[0].call.body)
    assert sent["ngayTiepNhan"] == "02/11/2026 09:00:00"
    assert sent["module"] == "LTKS"
    assert sent["fileDinhKem"] == [
        {
            "id": "1",
            "loaiGiayTo": "",
            "tenGiayTo": "Giấy chứng sinh",
            "tenTepDinhKem": "gcs.pdf",
            "huyGiayTo": "0",
            "duLieuTepDinhKem": "JVBERi0=",
        }
    ]
    assert json.loads(sent["data"])["meSoGiayToTuyThan"] == "000000000001"
