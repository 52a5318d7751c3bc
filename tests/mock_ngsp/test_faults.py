"""Failures on demand."""

import asyncio

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from mock_ngsp.wire import Axis
from tests.mock_ngsp.driving import AxisCaller, Province, a_record

CODE = a_record()["MaHoSo"]


def script(client: TestClient, **fault: object) -> int:
    answer: httpx.Response = client.post("/_axis/v1/fail-next", json=fault)
    return answer.status_code


@pytest.mark.parametrize(
    "fault",
    [
        {},
        {"operation": "sendEverything", "times": 1, "status": 500},
        {"operation": "login", "times": 1},
        {"operation": "login", "times": 1, "status": 500, "reset": True},
        {"operation": "login", "times": 1, "reset": False},
        {"operation": "login", "times": 0, "status": 500},
        {"operation": "login", "times": 1, "status": 99},
        {"operation": "login", "times": 1, "delay_ms": -1},
        {"operation": "login", "times": 1, "status": 500, "then": "x"},
    ],
)
def test_a_script_that_says_too_little_or_too_much_is_refused(
    client: TestClient, fault: dict[str, object]
) -> None:
    answer = client.post("/_axis/v1/fail-next", json=fault)
    assert (answer.status_code, bool(answer.json()["detail"])) == (422, True)


def test_a_status_comes_so_many_times_and_has_no_effect(
    client: TestClient, h38: AxisCaller, h53: AxisCaller
) -> None:
    assert script(client, operation="sendEdoc", times=2, status=503) == 201
    assert [h38.request("sendEdoc").status_code for _ in range(2)] == [503, 503]
    assert h53.inbox() == []
    assert h38.send()["status"] == "OK"


def test_other_operations_do_not_fail(client: TestClient, province: Province) -> None:
    script(client, operation="DongBoHoSoMC", times=1, status=500)
    assert province.call("LayDanhSachTTHC")["error_code"] == 0


def test_a_fault_after_the_effect_leaves_the_effect(client: TestClient, province: Province) -> None:
    script(client, operation="DongBoHoSoMC", times=1, status=502, after=True)
    body = {"session": province.session, "madonvi": "H38", "service": "DongBoHoSoMC"}
    content = body | {"isUpdating": "False", "data": [a_record()]}
    assert client.post("/mapi/g", json=content).status_code == 502
    assert province.push(a_record())["error_code"] == 3


def test_a_reset_cuts_the_connection(client: TestClient, province: Province) -> None:
    script(client, operation="DongBoHoSoMC", times=1, reset=True)
    with pytest.raises(ConnectionResetError):
        province.push(a_record())
    assert province.call("TraCuuHoSo", mahoso=CODE)["result"] == []


@pytest.mark.parametrize("after", [False, True])
def test_a_late_answer_is_still_an_answer(
    client: TestClient,
    province: Province,
    after: bool,  # noqa: FBT001 - a parametrized case
) -> None:
    script(client, operation="DongBoHoSoMC", times=1, delay_ms=1, after=after)
    assert province.push(a_record())["error_code"] == 0


def test_scripts_are_used_up_in_order(client: TestClient) -> None:
    script(client, operation="login", times=1, status=500)
    script(client, operation="login", times=1, status=204)
    answers = [client.post("/mapi/login") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [500, 204, 200]
    assert answers[1].content == b""


def test_the_record_tells_which_request_failed_and_how(
    client: TestClient, province: Province
) -> None:
    script(client, operation="DongBoHoSoMC", times=1, status=502, after=True)
    script(client, operation="DongBoHoSoMC", times=1, reset=True)
    script(client, operation="DongBoHoSoMC", times=1, delay_ms=1)
    client.post("/mapi/g", json={"service": "DongBoHoSoMC"})
    with pytest.raises(ConnectionResetError):
        province.push(a_record())
    province.push(a_record())
    items = client.get("/_axis/v1/received?operation=DongBoHoSoMC").json()["items"]
    assert [(item["http_status"], item["fault"]) for item in items] == [
        (502, "status 502 after the effect"),
        (None, "reset"),
        (200, "delay 1 ms"),
    ]


def fates(client: TestClient, number: int) -> list[int | str]:
    """Return what became of so many calls: their HTTP status, or that they were cut."""
    found: list[int | str] = []
    for _ in range(number):
        try:
            found.append(client.post("/mapi/g", json={"service": "LayDanhSachTTHC"}).status_code)
        except ConnectionResetError:
            found.append("cut")
    return found


def stir(client: TestClient, **weather: object) -> httpx.Response:
    answer: httpx.Response = client.post("/_axis/v1/fail-share", json=weather)
    return answer


def test_a_share_of_the_calls_fails_in_either_way(client: TestClient) -> None:
    assert stir(client, axis="dvcqg", share=0.1, seed=1).status_code == 201
    found = fates(client, 1000)
    assert 80 <= 1000 - found.count(200) <= 120
    assert 30 <= found.count("cut") <= 70
    drawn = client.get("/_axis/v1/health").json()["faults_drawn"]
    stirred = {"dvcqg": {"calls": 1000, "failed": 1000 - found.count(200)}}
    assert drawn == dict.fromkeys(Axis) | stirred


def test_the_same_seed_gives_the_same_fates(client: TestClient) -> None:
    runs = []
    for seed in (1, 1, 2):
        stir(client, axis="dvcqg", share=0.5, seed=seed)
        runs.append(fates(client, 50))
    assert runs[0] == runs[1] != runs[2]


def test_about_half_of_what_fails_has_its_effect(client: TestClient, province: Province) -> None:
    stir(client, axis="dvcqg", share=1, seed=1)
    for number in range(40):
        body = {"session": province.session, "madonvi": "H38", "service": "DongBoHoSoMC"}
        record = a_record(MaHoSo=f"H38.12-261102-{number:04}")
        try:
            client.post("/mapi/g", json=body | {"isUpdating": "False", "data": [record]})
        except ConnectionResetError:
            continue
    assert 10 <= client.get("/_axis/v1/health").json()["dossiers"] <= 30


def test_the_sea_is_calmed_by_a_share_of_nothing_and_by_reset(client: TestClient) -> None:
    stir(client, axis="dvcqg", share=1)
    assert fates(client, 2).count(200) == 0
    assert stir(client, axis="dvcqg", share=0).json()["before"] == {"calls": 2, "failed": 2}
    assert fates(client, 2) == [200, 200]
    stir(client, axis="dvcqg", share=1)
    client.post("/_axis/v1/reset")
    assert fates(client, 2) == [200, 200]


def test_a_script_goes_before_the_sea(client: TestClient) -> None:
    stir(client, axis="dvcqg", share=0.000001)
    script(client, operation="LayDanhSachTTHC", times=1, status=418)
    assert fates(client, 2) == [418, 200]


@pytest.mark.parametrize(
    "weather",
    [
        {"axis": "dvcqg"},
        {"axis": "sea", "share": 0.1},
        {"axis": "dvcqg", "share": 1.1},
        {"axis": "dvcqg", "share": 0.1, "times": 3},
    ],
)
def test_weather_that_cannot_be_is_refused(client: TestClient, weather: dict[str, object]) -> None:
    assert stir(client, **weather).status_code == 422


def test_half_a_request_has_no_effect_and_no_answer(universe: Universe) -> None:
    coming: list[Message] = [
        {"type": "http.request", "body": b"{", "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []
    scope: Scope = {"type": "http", "method": "POST", "path": "/mapi/login", "headers": []}

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Nation(universe)(scope, receive, send))
    assert (sent, len(universe.record), coming) == ([], 0, [])
