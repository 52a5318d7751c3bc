"""The control API: record of requests, systems, reset, state views."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from mock_ngsp.settings import Settings
from mock_ngsp.systems import DEFAULT_PASSWORD
from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import (
    DOCUMENT,
    G22,
    H38,
    SECRETS,
    AxisCaller,
    Province,
    a_record,
    a_row,
    nation,
)


def received(client: TestClient, **query: str | int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/_axis/v1/received", params=query).json()["items"]
    return items


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"not json", "body"),
        (b"{}", "body.id"),
        (b'{"id":"a b","secret":"s","member":"H38"}', "body.id"),
        (b'{"id":"a","secret":"","member":"H38"}', "body.secret"),
        (b'{"id":"a","secret":"s","member":"H38","name":"x"}', "body.name"),
    ],
)
def test_a_system_of_another_shape_is_refused_by_the_field(
    client: TestClient, body: bytes, told: str
) -> None:
    headers = {"content-type": "application/json"}
    answer = client.post("/_axis/v1/systems", content=body, headers=headers)
    assert (answer.status_code, told in answer.json()["detail"]) == (422, True)


@pytest.mark.parametrize("query", ["axis=nobody", "limit=0", "limit=many", "after=x", "after=-1"])
def test_a_query_of_another_shape_is_refused_by_its_name(client: TestClient, query: str) -> None:
    answer = client.get(f"/_axis/v1/received?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.json()["detail"]


def test_what_the_control_api_does_not_have_is_told_in_json(client: TestClient) -> None:
    assert client.get("/_axis/v1/nothing").json()["detail"] == "Not Found"
    assert client.put("/_axis/v1/reset").status_code == 405
    unknown = client.get("/_axis/v1/dossiers/H38-261102-0001")
    assert (unknown.status_code, "MaHoSo" in unknown.json()["detail"]) == (404, True)


def test_health_tells_the_systems_without_their_secrets(client: TestClient) -> None:
    answer = client.get("/_axis/v1/health")
    assert answer.json()["status"] == "ok"
    assert {system["member"] for system in answer.json()["systems"]} == {"H38", "H53", "G22"}
    assert not any(secret in answer.text for secret in SECRETS.values())


def test_a_new_system_can_receive_at_once(client: TestClient, h38: AxisCaller) -> None:
    row = {"id": "000.00.00.H02", "secret": "invented", "member": "H02"}
    answer = client.post("/_axis/v1/systems", json=row)
    assert (answer.status_code, answer.json()) == (201, {"id": row["id"], "member": "H02"})
    h38.send(DOCUMENT.replace(b"000.00.71.H53", b"000.00.05.H02"), to='["000.00.05.H02"]')
    assert len(AxisCaller(client, row["id"], "invented").inbox()) == 1


def test_a_known_system_gets_a_new_secret(client: TestClient) -> None:
    client.post("/_axis/v1/systems", json={"id": H38, "secret": "newer", "member": "H38"})
    assert AxisCaller(client, H38).call("getReceivedEdocList")["ErrorCode"] == "1003"
    assert AxisCaller(client, H38, "newer").inbox() == []


def test_reset_empties_the_world_and_keeps_the_systems(
    client: TestClient, h38: AxisCaller, province: Province
) -> None:
    client.post("/_axis/v1/systems", json={"id": "x", "secret": "invented", "member": "H02"})
    client.post("/_axis/v1/fail-next", json={"operation": "sendEdoc", "times": 2, "status": 500})
    client.post("/_axis/v1/clock", json={"seconds": 86400})
    h38.request("sendEdoc")
    province.push(a_record())
    answer = client.post("/_axis/v1/reset")
    assert (answer.status_code, answer.content) == (204, b"")
    health = client.get("/_axis/v1/health").json()
    counts = ("requests", "dossiers", "deliveries", "faults_pending")
    assert [health[name] for name in counts] == [0, 0, 0, 0]
    assert len(health["systems"]) == 4
    assert province.call("LayDanhSachTTHC")["error_code"] == -2
    assert h38.send()["status"] == "OK"


def test_every_request_is_recorded_with_its_answer(
    client: TestClient, h38: AxisCaller, province: Province
) -> None:
    h38.send()
    h38.call("getReceivedEdocList", messagetype="edoc")
    province.push(a_record())
    login, sent, listed, pushed = received(client)
    assert [login["operation"], login["axis"]] == ["login", "dvcqg"]
    assert (sent["axis"], sent["operation"], sent["caller"]) == ("vxp", "sendEdoc", H38)
    assert (sent["http_status"], sent["fault"]) == (200, None)
    assert sent["body"] == DOCUMENT.decode()
    assert json.loads(listed["body"])["messagetype"] == "edoc"
    assert (pushed["operation"], pushed["caller"]) == ("DongBoHoSoMC", "H38")
    assert json.loads(pushed["body"])["data"] == [a_record()]


def test_no_secret_password_or_session_is_ever_shown(
    client: TestClient, h38: AxisCaller, province: Province
) -> None:
    h38.inbox()
    province.push(a_record())
    province.login("a wrong password")
    client.post("/mapi/g", content=f'{{"session":"{province.session}",')
    shown = client.get("/_axis/v1/received").text
    for hidden in (DEFAULT_PASSWORD, "a wrong password", province.session, *SECRETS.values()):
        assert hidden not in shown
    assert "hash-header" not in shown


def test_the_record_is_read_page_by_page_and_goes_on(
    client: TestClient, h38: AxisCaller, g22: AxisCaller
) -> None:
    for _ in range(3):
        h38.inbox()
        g22.call("countReceiveEdoc")
    query = {"operation": "countReceiveEdoc", "limit": "2", "axis": "vxp"}
    first = client.get("/_axis/v1/received", params=query).json()
    rest = client.get("/_axis/v1/received", params=query | {"after": first["next"]}).json()
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert {item["caller"] for item in first["items"] + rest["items"]} == {G22}
    last = rest["items"][-1]["id"]
    assert received(client, after=last) == []
    h38.inbox()
    assert [item["caller"] for item in received(client, after=last)] == [H38]


def test_the_record_is_bounded_in_entries_and_in_bytes() -> None:
    client = nation(Universe(Settings(record_entries=3)))
    caller = AxisCaller(client, H38)
    for _ in range(5):
        caller.inbox()
    assert [item["id"] for item in received(client)] == ["3", "4", "5"]
    assert [item["id"] for item in received(client, after=1)] == ["3", "4", "5"]
    assert client.get("/_axis/v1/health").json()["requests_dropped"] == 2
    small = nation(Universe(Settings(record_bytes=len(DOCUMENT))))
    AxisCaller(small, H38).send()
    assert received(small) == []


def test_dossiers_are_listed_page_by_page(client: TestClient, province: Province) -> None:
    codes = [f"H38.12-261102-000{number}" for number in range(3)]
    province.push(*(a_record(MaHoSo=code) for code in codes))
    province.step(a_row(MaHoSo=codes[0]))
    first = client.get("/_axis/v1/dossiers?limit=2").json()
    rest = client.get(f"/_axis/v1/dossiers?limit=2&after={first['next']}").json()
    rows = first["items"] + rest["items"]
    assert [row["MaHoSo"] for row in rows] == codes
    assert rows[0] == {"MaHoSo": codes[0], "TrangThaiHoSo": "2", "progress": 1, "repeated": 0}
    assert rest["next"] is None


def test_the_clock_is_moved_forward_only(client: TestClient, province: Province) -> None:
    assert client.post("/_axis/v1/clock", json={"seconds": -1}).status_code == 422
    assert client.post("/_axis/v1/clock", json={"seconds": 1800}).status_code == 200
    assert province.call("LayDanhSachTTHC")["error_code"] == -2


def test_the_control_api_describes_itself(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    named = {path.removeprefix("/_axis/v1/") for path in described}
    assert named >= {"health", "reset", "systems", "received", "fail-next", "deliveries"}


def test_a_body_over_the_limit_is_refused() -> None:
    client = nation(Universe(Settings(max_body_bytes=1000, max_packet_bytes=2000)))
    for path, size in (("/sendEdoc", 2001), ("/updateStatus", 1001)):
        answer = client.post(path, content=b"x" * size)
        assert (answer.status_code, answer.json()["ErrorCode"]) == (413, "1042")
