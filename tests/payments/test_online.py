"""POST and GET /v1/dossiers/{code}/payments/online, and its receipts."""

from datetime import timedelta
from typing import Any

import pytest

from app.access.domain import Scope
from mock_ngsp.faults import Fault
from mock_ngsp.record import Wanted
from mock_ngsp.wire import Axis
from tests.acting import done, staged
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.payments.platform import Platform, lines, online, start, started


def refusal_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def test_who_may_not_progress_a_dossier_begins_no_payment(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code = staged(province, "payments")
    assert gateway.http.post(online(code), json={}).status_code == 401
    reader = gateway.client("H38", Scope.READ_DOSSIERS)
    assert start(reader, code).status_code == 403
    assert refusal_of(start(gateway.client("H53"), code)) == (404, "unknown-dossier")
    assert refusal_of(start(province, "H38.12-261102-9999")) == (404, "unknown-dossier")
    assert platform.universe.payments.all() == []


@pytest.mark.parametrize("ip", ["", "203.0.113", "fe80::1%a|b", "203.0.113.7|", 7, None])
def test_a_payer_has_an_address(province: Api, platform: Platform, ip: object) -> None:
    code = staged(province, "payments")
    answer = province.post(online(code), json={"payer_ip": ip})
    assert refusal_of(answer) == (422, "invalid-input")
    assert platform.universe.payments.all() == []


def test_without_a_platform_nothing_is_paid_online(province: Api) -> None:
    code = staged(province, "payments")
    assert refusal_of(start(province, code)) == (422, "payments-not-connected")
    assert lines(province, code) == []


def test_a_payment_begins_with_what_is_owed(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code = staged(province, "payments")
    done(province, code, "payments", amount_vnd=5000)
    begun = start(province, code)
    assert begun.status_code == 201
    said = begun.json()
    reference = "dvc" + "".join(filter(str.isalnum, code)) + "20261102090000"
    assert said == {
        "reference": reference,
        "amount_vnd": 15000,
        "payment_url": f"http://nation.test/thanh-toan/{reference}",
        "started_at": "2026-11-02T09:00:00+07:00",
    }
    assert begun.headers["Location"] == online(code)
    asked = platform.order(reference).asked
    assert (asked["SoTien"], asked["Ip"]) == ("15000", "203.0.113.7")
    assert asked["ThongTinBienLai"]["DSKhoanNop"][0]["SoTien"] == "15000"
    (line,) = lines(province, code)
    assert (line["state"], line["state_label"]) == ("waiting", "Chờ thanh toán")
    entries = [one.act for one in evidence_of(gateway, f"dossier:{code}")]
    assert entries[-1] == "payment.start"


def test_a_repeat_with_the_same_key_is_the_same_payment(province: Api, platform: Platform) -> None:
    code = staged(province, "payments")
    first, again = start(province, code, key="mot"), start(province, code, key="mot")
    assert (again.status_code, again.content) == (201, first.content)
    assert len(platform.universe.payments.all()) == 1
    other = province.post(online(code), json={"payer_ip": "203.0.113.8"}, key="mot")
    assert refusal_of(other) == (422, "idempotency-key-reused")


def test_an_attempt_that_met_silence_goes_on_with_its_key(
    province: Api, platform: Platform
) -> None:
    code = staged(province, "payments")
    platform.universe.faults.add(Fault("INIT", 1, status=503))
    platform.universe.faults.add(Fault("INIT", 1, status=502, after=True))
    for _ in range(2):
        answer = start(province, code, key="mot")
        assert refusal_of(answer) == (503, "payment-platform-unavailable")
        assert answer.headers["Retry-After"] == "60"
    assert start(province, code, key="mot").status_code == 201
    sent, _ = platform.universe.record.page(Wanted(axis=Axis.PAYMENT))
    assert len({entry.call.body for entry in sent}) == 1, "three times the same"
    assert len(platform.universe.payments.all()) == 1


@pytest.mark.usefixtures("platform")
def test_a_second_payment_waits_for_the_first(gateway: Gateway, province: Api) -> None:
    code, begun = started(province)
    answer = start(province, code)
    assert refusal_of(answer) == (409, "payment-under-way")
    assert answer.json()["reference"] == begun["reference"]
    assert answer.headers["Retry-After"] == "900"
    gateway.clock.advance(timedelta(minutes=15))
    assert start(province, code).status_code == 201
    assert len(lines(province, code)) == 2


def test_after_one_that_failed_another_begins_at_once(province: Api, platform: Platform) -> None:
    code, begun = started(province)
    platform.confirm(begun["reference"], paid=False)
    again = start(province, code).json()
    assert again["reference"] == begun["reference"][:-2] + "01", "the next free second"
    assert [line["state"] for line in lines(province, code)] == ["waiting", "failed"]


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("stage", ["acceptance", "results"])
def test_where_nothing_is_owed_nothing_is_paid(province: Api, stage: str) -> None:
    answer = start(province, staged(province, stage))
    assert refusal_of(answer) == (409, "nothing-to-pay")


def test_a_payment_that_the_platform_refuses_has_failed(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code = staged(province, "payments")
    gateway.http.app.state.till = platform.till("another secret")  # type: ignore[attr-defined]
    for _ in range(2):
        assert refusal_of(start(province, code, key="mot")) == (409, "payment-refused")
    (line,) = lines(province, code)
    assert (line["state"], line["payment_url"]) == ("failed", None)
    platform.connect()
    gateway.clock.advance(timedelta(seconds=1))
    assert start(province, code).status_code == 201


def test_a_receipt_is_there_when_it_is_paid(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    place = f"{online(code)}/{begun['reference']}/receipt"
    assert refusal_of(province.get(place)) == (409, "no-payment-receipt")
    platform.confirm(begun["reference"])
    assert refusal_of(province.get(place)) == (409, "no-payment-receipt"), "they have none yet"
    platform.order(begun["reference"]).state = "1"
    answer = province.get(place)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert begun["reference"].encode() in answer.content
    assert gateway.client("H53").get(place).status_code == 404
    other = f"{online(code)}/dvc0/receipt"
    assert refusal_of(province.get(other)) == (404, "unknown-payment")
    platform.universe.faults.add(Fault("GET_BILL", 1, status=500))
    assert refusal_of(province.get(place)) == (503, "payment-platform-unavailable")
