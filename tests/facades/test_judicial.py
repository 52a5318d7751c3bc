"""Applications for judicial records that the nation hands to us, under codes that we give."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.ngsp.judicial.declaring import GIVE, TAKE, form_of
from tests.acting import done, staged
from tests.builders import evidence_of, seed_catalogue
from tests.contract.judges import faults_of_json
from tests.gateway import Api, Gateway

SECRET = "ma-dung-chung"
CODE = "H38.12-261102-0001"
FORM = {"tenLoaiFile": "Khác", "tenFile": "bo-sung.pdf", "noiDungFile": "JVBERi0xLjQK"}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    file = tmp_path / "code"
    file.write_text(SECRET)
    return settings.model_copy(
        update={
            "judicial_code_file": file,
            "judicial_agency": "H38.12",
            "judicial_procedure": "1.003560.H38",
        }
    )


@pytest.fixture
def api(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


def given(gateway: Gateway, code: str = SECRET) -> httpx.Response:
    answer: httpx.Response = gateway.http.get(GIVE, params={"CodeGet": code})
    return answer


def handed(
    gateway: Gateway, number: str = CODE, code: str = SECRET, **changes: Any
) -> httpx.Response:
    body = form_of(number, changes)
    assert faults_of_json("ngsp_judicial.yaml#/components/schemas/Application", body) == []
    answer: httpx.Response = gateway.http.post(TAKE, params={"CodeGet": code}, json=body)
    told = answer.json()
    assert faults_of_json("ngsp_judicial.yaml#/components/schemas/Handed", told) == []
    return answer


def taken(gateway: Gateway, **changes: Any) -> str:
    code = str(given(gateway).json()["data"])
    answer = handed(gateway, code, **changes)
    assert answer.json() == {"statusCode": "00", "data": code, "errorDetail": ""}
    return code


def test_a_wrong_code_is_http_400_and_nothing_is_taken(
    gateway: Gateway, api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = {"statusCode": "01", "data": None, "errorDetail": "CodeGet không đúng"}
    for answer in (
        given(gateway, "sai"), handed(gateway, code="sai"), gateway.http.get(GIVE),
    ):  # fmt: skip
        assert (answer.status_code, answer.json()) == (400, refused)
    given(gateway)
    assert SECRET not in capsys.readouterr().out
    assert api.get("/v1/dossiers/feed").json()["items"] == []


def test_codes_are_given_one_after_another(gateway: Gateway, api: Api) -> None:
    codes = [given(gateway).json()["data"] for _ in range(2)]
    assert codes == ["H38.12-261102-0001", "H38.12-261102-0002"]
    (entry,) = evidence_of(gateway, f"dossier:{codes[0]}")
    assert (entry.act, entry.client_id) == ("dossier.code.give", "system:judicial")
    assert api.get(f"/v1/dossiers/{codes[0]}").status_code == 404


def test_an_application_becomes_a_dossier_with_its_words_and_files(
    gateway: Gateway, api: Api
) -> None:
    code = taken(gateway)
    dossier = api.get(f"/v1/dossiers/{code}").json()
    assert (dossier["status"], dossier["agency_code"]) == ("registered", "H38.12")
    assert dossier["applicant"]["identity_type"] == "citizen_id"
    assert dossier["applicant"]["address"] == "Thôn Ví Dụ, Xã Giả Định, Tỉnh Lào Cai"
    assert [one["name"] for one in dossier["attachments"]] == ["to-khai.pdf"]
    came = api.get(f"/v1/dossiers/{code}/received").json()
    ((notice,), (file,)) = came["notices"], came["files"]
    form = notice["content"]["toKhai"]
    assert form["quaTrinhCTNNNLV"][0]["noiCuTru"] == "Thôn Ví Dụ"
    assert form["giayToDinhKem"] == ["to-khai.pdf"]
    assert (file["file"]["name"], file["number"]) == ("to-khai.pdf", 1)
    (arrival,) = api.get("/v1/dossiers/feed").json()["items"]
    assert arrival["dossier"]["code"] == code


def test_a_second_one_is_refused_until_papers_are_wanted(gateway: Gateway, api: Api) -> None:
    code = taken(gateway)
    again = handed(gateway, code).json()
    assert (again["statusCode"], again["errorDetail"]) == ("01", f"Hồ sơ {code} đã tồn tại")
    done(api, code, "acceptance")
    done(api, code, "supplements")
    assert handed(gateway, code, giayToDinhKem=[FORM]).json()["statusCode"] == "00"
    dossier = api.get(f"/v1/dossiers/{code}").json()
    assert dossier["status"] == "accepted"
    (asked,) = dossier["handling"]["supplements"]
    assert [one["name"] for one in asked["receipt"]["papers"]] == ["bo-sung.pdf"]
    came = api.get(f"/v1/dossiers/{code}/received").json()
    assert [one["number"] for one in came["files"]] == [1, 2]
    assert came["notices"][0]["content"]["toKhai"]["giayToDinhKem"] == ["bo-sung.pdf"]
    assert handed(gateway, code, giayToDinhKem=[FORM]).json()["statusCode"] == "01"


def test_a_dossier_that_was_born_otherwise_is_not_touched(gateway: Gateway, api: Api) -> None:
    code = staged(api, "supplements/{number}/receipt")
    assert handed(gateway, code).json()["statusCode"] == "01"
    assert api.get(f"/v1/dossiers/{code}").json()["status"] == "supplement_requested"


@pytest.mark.parametrize(
    ("number", "changes", "words"),
    [
        ("VP-1", {}, "maHoSoMCDT"),
        ("H38.13-261102-0001", {}, "maHoSoMCDT"),
        (CODE, {"giayToDinhKem": [FORM | {"noiDungFile": "!"}]}, "không phải base64"),
        (CODE, {"giayToDinhKem": [FORM | {"noiDungFile": "===="}]}, "0.noiDungFile"),
        (CODE, {"nycSoGiayTo": "!!!!!"}, "nycSoGiayTo"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(
    gateway: Gateway, api: Api, number: str, changes: dict[str, Any], words: str
) -> None:
    answer = handed(gateway, number, **changes)
    assert (answer.status_code, answer.json()["statusCode"]) == (200, "01")
    assert words in answer.json()["errorDetail"]
    assert api.get("/v1/dossiers/feed").json()["items"] == []


@pytest.mark.parametrize("number", ["GIADINH1", "000000001", "00000000001"])
def test_a_number_tells_by_its_digits_what_it_is(gateway: Gateway, api: Api, number: str) -> None:
    code = taken(gateway, nycSoGiayTo=number)
    kind = api.get(f"/v1/dossiers/{code}").json()["applicant"]["identity_type"]
    assert kind == ("identity_card" if len(number) == 9 else "other")


@pytest.fixture
def unset(settings: Settings, clock: FrozenClock, gateway: Gateway) -> Iterator[Gateway]:
    assert gateway.settings == settings
    chosen = settings.model_copy(update={"judicial_agency": ""})
    with TestClient(create_app(chosen, clock=clock), raise_server_exceptions=False) as http:
        yield Gateway(http, chosen, clock)


def test_without_an_agency_nothing_is_received(unset: Gateway) -> None:
    told = given(unset).json()
    assert (told["statusCode"], told["data"]) == ("01", None)
    assert told["errorDetail"].startswith("Chưa cấu hình")
