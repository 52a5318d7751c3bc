"""The nation's gateway to shared services: tokens, faults, versions, magic, clocks."""

import base64
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from lxml import etree
from starlette.testclient import TestClient

from mock_ngsp.ngsp.tokens import DEFAULT_APPLICATION
from mock_ngsp.universe import Universe

GRANT = {"grant_type": "client_credentials"}
PAIR = (DEFAULT_APPLICATION.key, DEFAULT_APPLICATION.secret)
DETAIL = "/apiCSDLDKDN/1.0/chiTietDoanhNghiep"
FILES = "/apiCSDLDKDN/danhSachHoSo"
BIRTH = {
    "maDonVi": 9001,
    "module": "LTKS",
    "maHoSoLT": "",
    "maHoSoMCDT": "H38.12-261102-0007",
    "ngayTiepNhan": "02/11/2026 09:00:00",
    "data": json.dumps(
        {"nksHoTen": "Trần Văn Mẫu", "nksNgaySinh": "30/10/2026", "nycHoTen": "Trần Văn Ví Dụ"}
    ),
    "fileDinhKem": [],
}


def token(client: TestClient) -> str:
    found: str = client.post("/token", data=GRANT, auth=PAIR).json()["access_token"]
    return found


def get(client: TestClient, path: str, **query: str) -> httpx.Response:
    bearer = {"Authorization": f"Bearer {token(client)}"}
    answer: httpx.Response = client.get(path, params=query, headers=bearer)
    return answer


def post(client: TestClient, path: str, content: object) -> Any:
    bearer = {"Authorization": f"Bearer {token(client)}"}
    return client.post(path, json=content, headers=bearer).json()


def test_a_token_is_the_same_until_it_expires(client: TestClient, universe: Universe) -> None:
    first = client.post("/token", data=GRANT, auth=PAIR).json()
    assert first["token_type"] == "Bearer"
    assert first["scope"] == "am_application_scope default"
    universe.clock.advance(timedelta(minutes=30))
    later = client.post("/token", data=GRANT, auth=PAIR).json()
    assert later["access_token"] == first["access_token"]
    assert later["expires_in"] <= first["expires_in"] - 1799
    universe.clock.advance(timedelta(minutes=31))
    assert token(client) != first["access_token"]


@pytest.mark.parametrize("content_type", ["Content-Type", "ContentType"])
def test_a_misspelt_content_type_is_overlooked(client: TestClient, content_type: str) -> None:
    basic = base64.b64encode(":".join(PAIR).encode()).decode()
    headers = {"Authorization": f"Basic {basic}", content_type: "application/x-www-form-urlencoded"}
    answer = client.post("/token", content=b"grant_type=client_credentials", headers=headers)
    assert answer.status_code == 200


def test_credentials_come_in_the_form_by_a_lasting_bearer_or_an_adapters_key(
    client: TestClient,
) -> None:
    wanted = token(client)
    form = GRANT | {"client_id": PAIR[0], "client_secret": PAIR[1]}
    key = {"AccessKey": PAIR[0], "SecretKey": PAIR[1], "AppName": "?"}
    adapter = base64.b64encode(json.dumps(key).encode()).decode()
    ways: list[dict[str, Any]] = [
        {"data": form},
        {"data": GRANT, "headers": {"Authorization": f"Bearer {DEFAULT_APPLICATION.static}"}},
        {"data": GRANT, "headers": {"lgspaccesstoken": adapter}},
    ]
    for way in ways:
        assert client.post("/token", **way).json()["access_token"] == wanted


@pytest.mark.parametrize(
    ("options", "status", "error"),
    [
        ({"data": GRANT}, 401, "invalid_client"),
        ({"data": GRANT, "auth": (PAIR[0], "x")}, 401, "invalid_client"),
        ({"data": {"grant_type": "password"}, "auth": PAIR}, 400, "unsupported_grant_type"),
        ({"data": GRANT, "headers": {"lgspaccesstoken": "?"}}, 401, "invalid_client"),
    ],
)
def test_others_get_no_token(
    client: TestClient, options: dict[str, Any], status: int, error: str
) -> None:
    answer = client.post("/token", **options)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


@pytest.mark.parametrize("shape", ["json3", "json4", "xml"])
def test_faults_have_the_shape_that_is_set(
    client: TestClient, universe: Universe, shape: str
) -> None:
    universe.settings = universe.settings.model_copy(update={"ngsp_faults": shape})
    answer = client.get(DETAIL)
    assert answer.status_code == 401
    if shape == "xml":
        root = etree.fromstring(answer.content)
        assert root.tag == "{http://wso2.org/apimanager/security}fault"
        assert root[0].text == "900902"
    else:
        said = answer.json()
        assert (said["fault"]["code"] if shape == "json3" else said["code"]) == (
            900902 if shape == "json3" else "900902"
        )


def test_what_is_not_there_or_not_good_is_refused_in_its_own_code(client: TestClient) -> None:
    bad = client.get(DETAIL, headers={"Authorization": "Bearer x"})
    assert (bad.status_code, bad.json()["fault"]["code"]) == (401, 900901)
    unknown = get(client, "/apiCSDLDKDN/1.0/timKiem")
    assert (unknown.status_code, unknown.json()["fault"]["code"]) == (403, 900906)
    held = token(client)
    client.post("/_axis/v1/tokens/revoke")
    late = client.get(DETAIL, headers={"Authorization": f"Bearer {held}"})
    assert late.json()["fault"]["code"] == 900901


@pytest.mark.parametrize("version", ["/1.0", "", "/p1.0", "/1"])
def test_the_version_may_be_left_out(client: TestClient, version: str) -> None:
    found = get(client, f"/apiCSDLDKDN{version}/chiTietDoanhNghiep", msdn="0000000003").json()
    assert found["Data"]["MainInformation"]["ENTERPRISE_GDT_CODE"] == "0000000003"


def test_one_representative_comes_bare_and_two_in_a_list(client: TestClient) -> None:
    one = get(client, DETAIL, msdn="0000000003").json()["Data"]["Representatives"]
    two = get(client, DETAIL, msdn="0000000011").json()["Data"]["Representatives"]
    assert (type(one), type(two), len(two)) == (dict, list, 2)


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("02/11/2026", "06/11/2026", "1"),
        ("02/11/2026", "07/11/2026", "0"),
        ("03/11/2026", "02/11/2026", "0"),
        ("2/11/2026", "03/11/2026", "0"),
        ("2026-11-02", "2026-11-03", "0"),
    ],
)
def test_files_are_listed_of_five_days_at_most(
    client: TestClient, first: str, last: str, status: str
) -> None:
    assert get(client, FILES, from_date=first, to_date=last).json()["Status"] == status


def test_a_file_is_decided_as_the_clock_goes(client: TestClient, universe: Universe) -> None:
    number = f"DK-{universe.clock.now().astimezone():%Y%m%d}-1"
    state = "/apiCSDLDKDN/tinhTrangHoSo"
    before = get(client, state, in_journal_no=number).json()["Data"]
    universe.clock.advance(timedelta(days=4))
    after = get(client, state, in_journal_no=number).json()["Data"]
    assert (before["PROCESS_STATUS"], after["PROCESS_STATUS"]) == ("PROCESSING", "APPROVED")
    assert get(client, state, in_journal_no="DK-x").json()["Data"] is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"maDonVi": "9001"}, "106"),
        ({"module": "KS"}, "500"),
        ({"data": "<x/>"}, "302"),
        ({"data": "{}"}, "500"),
        ({"maHoSoMCDT": ""}, "200"),
        ({"data": json.dumps({"nksHoTen": "A", "nksNgaySinh": "2026"})}, "500"),
    ],
)
def test_a_birth_that_is_not_as_described_is_refused_by_its_code(
    client: TestClient, changes: dict[str, Any], code: str
) -> None:
    told = post(client, "/apiLienThongHoTich/guiHoSo", BIRTH | changes)
    assert (told["status"], told["errorCode"]) == (0, code)


def test_a_registered_child_is_a_citizen(client: TestClient, universe: Universe) -> None:
    assert post(client, "/apiLienThongHoTich/guiHoSo", BIRTH)["status"] == 1
    again = post(client, "/apiLienThongHoTich/guiHoSo", BIRTH)
    assert "đã được tiếp nhận" in again["errorDescription"]
    universe.clock.advance(timedelta(days=2, minutes=1))
    asked = {"maDinhDanhHoSo": [BIRTH["maHoSoMCDT"]], "maTinh": "10", "module": "LTKS"}
    (line,) = post(client, "/apiLienThongHoTich/traKetQua", asked)["value"]
    held = client.get("/_axis/v1/services/population").json()
    assert line["trangThai"] == 4
    assert line["ketQuaXuLy"]["soDinhDanh"] in [one["number"] for one in held]
    client.post("/_axis/v1/reset")
    assert len(client.get("/_axis/v1/services/population").json()) == len(held) - 1


def test_a_magic_value_is_late_or_down_before_anything_is_looked_at(
    client: TestClient, universe: Universe
) -> None:
    universe.settings = universe.settings.model_copy(update={"ngsp_slow": timedelta(0)})
    assert get(client, DETAIL, msdn="0000000503").status_code == 503
    assert get(client, DETAIL, msdn="0000000504").status_code == 200
    shown = client.get("/_axis/v1/received", params={"axis": "ngsp"}).json()["items"]
    faults = [one["fault"] for one in shown if one["operation"] != "ngsp/token"]
    assert faults == ["status 503", "delay 0 ms"]


def test_secrets_are_never_in_the_record(client: TestClient) -> None:
    token(client)
    wrapped = {"accessToken": "Bearer x", "lgspAccessToken": "y", "AuthHash": "z", "data": ""}
    client.post("/dancu-lgsp", json=wrapped)
    shown = client.get("/_axis/v1/received", params={"axis": "ngsp"}).text
    assert DEFAULT_APPLICATION.secret not in shown
    assert '\\"accessToken\\": \\"***\\"' in shown
    assert client.get("/_axis/v1/services/nobody").status_code == 404
