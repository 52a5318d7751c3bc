"""POST /api/dvcqg/dptracuuthanhtoanhs: the portal asks what is to be paid for a dossier."""

from typing import Any

import httpx
import pytest

from app.payments.callbacks.looking_up import ADDRESS
from tests.acting import done, staged
from tests.contract.judges import faults_of_json
from tests.gateway import Api, Gateway
from tests.payments.platform import Platform, lines, start

SECRET = "khoa-chung-voi-cong"


@pytest.fixture(autouse=True)
def shared(gateway: Gateway) -> None:
    gateway.http.app.state.push_secret = SECRET  # type: ignore[attr-defined]


def ask(gateway: Gateway, code: Any, secret: str = SECRET) -> httpx.Response:
    http: httpx.Client = gateway.http
    headers = {"Authorization": f"Bearer {secret}"}
    return http.post(ADDRESS, json={"MaHoSo": code}, headers=headers)


def test_a_stranger_learns_nothing(gateway: Gateway, platform: Platform) -> None:
    code = staged(platform.api, "payments")
    for secret in ("", "sai"):
        answer = ask(gateway, code, secret)
        assert (answer.status_code, answer.json()) == (401, {"error_code": -1, "message": []})
    gateway.http.app.state.push_secret = None  # type: ignore[attr-defined]
    assert ask(gateway, code, "None").status_code == 401
    assert lines(platform.api, code) == []


def test_what_is_owed_is_told_and_is_one_payment_however_often(
    gateway: Gateway, platform: Platform
) -> None:
    code = staged(platform.api, "payments")
    first, again = ask(gateway, code).json(), ask(gateway, code).json()
    assert first == again
    assert faults_of_json("payments.yaml#/components/schemas/FeeLookUpResponse", first) == []
    told = first["message"]
    assert (first["error_code"], told["SoTien"], told["MaHoSo"]) == (1, "20000", code)
    assert told["MaTraCuuTT"] == f"{code}20261102090000"
    (line,) = lines(platform.api, code)
    assert (line["reference"], line["state"]) == (told["transaction_id"], "waiting")


def test_what_was_looked_up_is_confirmed_by_its_transaction(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    known, wanted = staged(province, "payments"), staged(province, "payments")
    begun = start(province, known).json()["reference"]
    told = ask(gateway, wanted).json()["message"]
    confirmation = platform.told(begun, MaThamChieu=told["transaction_id"])
    assert platform.post(confirmation).json()["MaLoi"] == "00"
    assert province.get(f"/v1/dossiers/{wanted}").json()["status"] == "processing"
    assert ask(gateway, wanted).json() == {"error_code": 0, "message": []}


def test_a_payment_that_began_here_is_the_one_that_is_told(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code = staged(province, "payments")
    begun = start(province, code).json()["reference"]
    assert ask(gateway, code).json()["message"]["transaction_id"] == begun
    done(province, code, "payments", amount_vnd=5000)
    told = ask(gateway, code).json()["message"]
    assert (told["SoTien"], told["transaction_id"] != begun) == ("15000", True)
    assert len(platform.universe.payments.all()) == 1


@pytest.mark.usefixtures("platform")
def test_where_nothing_is_owed_the_answer_is_0(gateway: Gateway, province: Api) -> None:
    answer = ask(gateway, staged(province, "forwardings"))
    assert (answer.status_code, answer.json()) == (200, {"error_code": 0, "message": []})


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("code", ["H38.12-261102-9999", "H53.71-261102-0001", "x", "", 7, None])
def test_what_is_no_dossier_of_ours_is_unknown(gateway: Gateway, code: object) -> None:
    answer = ask(gateway, code)
    assert (answer.status_code, answer.json()) == (200, {"error_code": -1, "message": []})


def test_without_a_platform_nothing_can_be_paid(gateway: Gateway, province: Api) -> None:
    answer = ask(gateway, staged(province, "payments"))
    assert (answer.status_code, answer.json()) == (200, {"error_code": -1, "message": []})
