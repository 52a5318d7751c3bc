"""Payments that stay silent are asked about, ever less often, until they are given up."""

from datetime import timedelta

import pytest

from app.exchange import leases
from mock_ngsp.faults import Fault
from mock_ngsp.payments.orders import DEFAULT_PARTNER, FAILED, PAID, Partner
from mock_ngsp.record import Wanted
from mock_ngsp.wire import Axis
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.payments.platform import Platform, lines, started

QUARTER = timedelta(minutes=15)


def queries(platform: Platform) -> int:
    found, _ = platform.universe.record.page(Wanted(axis=Axis.PAYMENT, operation="QUERY"))
    return len(found)


def states(api: Api, code: str) -> list[str]:
    return [line["state"] for line in lines(api, code)]


def test_a_lost_confirmation_is_made_up_for(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    platform.order(begun["reference"]).state = PAID
    assert (platform.ask(), queries(platform)) == (0, 0), "not yet"
    gateway.clock.advance(QUARTER)
    assert platform.ask() == 1
    assert states(province, code) == ["paid"]
    assert province.get(f"/v1/dossiers/{code}").json()["handling"]["paid_vnd"] == 20000
    assert platform.confirm(begun["reference"]).json()["MaLoi"] == "00", "late, and no harm"
    assert province.get(f"/v1/dossiers/{code}").json()["handling"]["paid_vnd"] == 20000
    gateway.clock.advance(timedelta(days=1))
    assert (platform.ask(), queries(platform)) == (0, 1)


def test_a_failure_is_learnt_by_asking(gateway: Gateway, province: Api, platform: Platform) -> None:
    code, begun = started(province)
    platform.order(begun["reference"]).state = FAILED
    gateway.clock.advance(QUARTER)
    assert platform.ask() == 1
    assert states(province, code) == ["failed"]


def test_who_only_waits_is_asked_about_less_and_less_and_then_no_more(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    for minutes, number in ((15, 1), (15, 1), (15, 2), (30, 2), (30, 3)):
        gateway.clock.advance(timedelta(minutes=minutes))
        platform.ask()
        assert queries(platform) == number
    gateway.clock.advance(timedelta(hours=72))
    platform.ask()
    gateway.clock.advance(timedelta(days=30))
    assert (platform.ask(), queries(platform)) == (0, 4)
    later = gateway.client("H38")
    assert states(later, code) == ["waiting"]
    assert platform.confirm(begun["reference"]).json()["MaLoi"] == "00", "late money is money"
    assert states(later, code) == ["paid"]


@pytest.mark.parametrize("status", [503, 404])
def test_a_platform_that_does_not_answer_is_asked_again(
    gateway: Gateway, province: Api, platform: Platform, status: int
) -> None:
    code, begun = started(province)
    platform.order(begun["reference"]).state = PAID
    platform.universe.faults.add(Fault("QUERY", 1, status=status))
    gateway.clock.advance(QUARTER)
    assert platform.ask() == 0
    gateway.clock.advance(2 * QUARTER)
    assert platform.ask() == 1
    assert states(province, code) == ["paid"]


def test_another_sum_is_not_taken_and_a_person_is_told(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    order = platform.order(begun["reference"])
    order.state, order.asked["SoTien"] = PAID, "1"
    gateway.clock.advance(QUARTER)
    assert platform.ask() == 0
    assert states(province, code) == ["waiting"]
    assert evidence_of(gateway, f"dossier:{code}")[-1].outcome == "payment-wrong-amount"
    gateway.clock.advance(timedelta(days=1))
    assert (platform.ask(), queries(platform)) == (0, 1)


def test_an_answer_under_another_secret_is_none(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    platform.order(begun["reference"]).state = PAID
    platform.universe.payments.put_partner(Partner(DEFAULT_PARTNER.code, "khac"))
    gateway.clock.advance(QUARTER)
    assert platform.ask() == 0
    assert states(province, code) == ["waiting"]


def test_one_worker_asks_at_a_time(gateway: Gateway, province: Api, platform: Platform) -> None:
    started(province)
    gateway.clock.advance(QUARTER)
    gateway.transact(
        leases.acquire,
        gateway.clock,
        name="payments:asking",
        holder="w-2",
        duration=timedelta(minutes=1),
    )
    assert (platform.ask(), queries(platform)) == (0, 0)
    gateway.clock.advance(timedelta(minutes=2))
    platform.ask()
    assert queries(platform) == 1
