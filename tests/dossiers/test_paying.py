"""Fees that are asked for and money that comes."""

import pytest

from tests.acting import do, done, example_of, staged
from tests.dossiers.test_acts import FINANCE, refusal_of, shown
from tests.gateway import Api


def test_what_is_paid_in_part_is_waited_for(province: Api) -> None:
    code = staged(province, "payments")
    part = done(province, code, "payments", amount_vnd=5000, reference="BL-1")
    assert part["status"] == "payment_requested"
    rest = done(province, code, "payments", amount_vnd=15000, reference="BL-2", actor=FINANCE)
    assert rest["status"] == "processing"
    assert (rest["handling"]["asked_vnd"], rest["handling"]["paid_vnd"]) == (20000, 20000)
    assert rest["content"] == "Ghi nhận thanh toán: 15.000 đồng, tiền mặt"


def test_a_fee_before_the_acceptance_leads_back_before_it(province: Api) -> None:
    code = staged(province, "acceptance")
    done(province, code, "fees")
    assert done(province, code, "payments")["status"] == "registered"


def test_a_payment_is_recorded_once(province: Api) -> None:
    code = staged(province, "payments")
    done(province, code, "payments", amount_vnd=5000)
    again = do(province, code, "payments", amount_vnd=5000)
    assert refusal_of(again) == (409, "duplicate-payment")
    assert [wrong["pointer"] for wrong in again.json()["errors"]] == ["/reference"]
    nameless = {**example_of("payments"), "amount_vnd": 1000, "reference": None}
    for _ in range(2):
        done(province, code, "payments", **nameless)
    assert shown(province, code)["handling"]["paid_vnd"] == 7000


def test_money_may_come_without_being_asked_for(province: Api) -> None:
    code = staged(province, "forwardings")
    answer = done(province, code, "payments", paid_at="2026-11-02T08:50:00+07:00")
    assert answer["status"] == "accepted"
    assert answer["handling"]["payments"][0]["paid_at"] == "2026-11-02T08:50:00+07:00"


@pytest.mark.parametrize("amount", [0, -1, 20000.5, "20000", 10**12 + 1])
def test_an_amount_is_whole_dong(province: Api, amount: object) -> None:
    answer = do(province, staged(province, "acceptance"), "payments", amount_vnd=amount)
    assert [wrong["pointer"] for wrong in answer.json()["errors"]] == ["/amount_vnd"]


def test_a_result_is_not_returned_while_a_fee_is_owed(province: Api) -> None:
    code = staged(province, "payments")
    done(province, code, "completion")
    answer = do(province, code, "results")
    assert refusal_of(answer) == (409, "unmet-condition")
    assert answer.json()["condition"] == "fees_settled"
    done(province, code, "payments")
    assert done(province, code, "results")["status"] == "returned"


def test_a_citizen_does_not_settle_by_saying_so(province: Api) -> None:
    code = staged(province, "payments")
    answer = do(province, code, "payments", actor={"kind": "citizen"})
    assert refusal_of(answer) == (409, "forbidden-actor")
    assert shown(province, code)["handling"]["payments"] == []
