"""Postal orders: owed, delivered once, cancelled behind themselves, read back from the feed."""

from datetime import timedelta
from typing import Any

import pytest

from app.access.domain import Scope
from app.errands.schemas.pieces import CANCELLATION
from app.errands.schemas.postal import ORDER
from mock_ngsp.faults import Fault
from tests.acting import staged
from tests.builders import evidence_of, seed_catalogue
from tests.errands.post_office import Errands, placed, shown
from tests.gateway import Api, Gateway
from tests.lookups.nation import refusal_of

ORDERS = "/v1/postal-orders"
PLACE = "apiVNPostNGSP/order/post"


def an_order(**changes: Any) -> dict[str, Any]:
    return ORDER | changes


def held(errands: Errands) -> list[Any]:
    return errands.nation.universe.ngsp.postal.shown()


def cancel(api: Api, errand: Any) -> Any:
    return api.post(f"{ORDERS}/{errand['id']}/cancellation", json=CANCELLATION)


def test_nobody_without_the_scope_places_or_reads(gateway: Gateway) -> None:
    seed_catalogue(gateway)
    reader = gateway.client("H38", Scope.READ_ERRANDS)
    clerk = gateway.client("H38", Scope.PLACE_POSTAL_ORDERS)
    assert refusal_of(reader.post(ORDERS, json=ORDER)) == (403, "insufficient-scope")
    errand = placed(clerk, ORDERS, ORDER)
    assert clerk.get(f"/v1/errands/{errand['id']}").status_code == 403
    assert gateway.http.post(ORDERS, json=ORDER).status_code == 401


def test_another_agencys_errand_does_not_exist(gateway: Gateway, province: Api) -> None:
    errand = placed(province, ORDERS, ORDER)
    stranger = gateway.client("H53")
    unknown = (404, "unknown-errand")
    assert refusal_of(stranger.get(f"/v1/errands/{errand['id']}")) == unknown
    assert refusal_of(cancel(stranger, errand)) == unknown
    wanted = an_order(agency_code="000.00.00.H38", number="GIADINH-2")
    assert refusal_of(stranger.post(ORDERS, json=wanted)) == (403, "agency-not-yours")
    code = staged(province, "acceptance")
    theirs = an_order(dossier_code=code)
    assert refusal_of(stranger.post(ORDERS, json=theirs)) == (404, "unknown-dossier")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"number": None}, ""),
        ({"agency": "H38"}, "/agency"),
        ({"sender": {"name": "A"}}, "/sender/address"),
        ({"number": "có dấu"}, "/number"),
    ],
)
def test_what_is_wrong_is_named(province: Api, changes: dict[str, Any], pointer: str) -> None:
    answer = province.post(ORDERS, json=an_order(**changes))
    assert refusal_of(answer) == (422, "invalid-input")
    assert pointer in [one["pointer"] for one in answer.json()["errors"]]


def test_an_order_is_owed_delivered_and_followed_to_its_end(
    gateway: Gateway, province: Api, errands: Errands
) -> None:
    errand = placed(province, ORDERS, ORDER)
    assert (errand["state"], held(errands)) == ("owed", [])
    assert errands.deliver() == 1
    found = shown(province, errand)
    assert (found["state"], found["reference"]) == ("accepted", "100")
    seen = []
    for _ in range(4):
        errands.follow()
        seen.append(shown(gateway.client("H38"), errand)["status"])
        gateway.clock.advance(timedelta(hours=12))
    assert seen == ["1", "2", "3", "4"]
    ended = shown(gateway.client("H38"), errand)
    assert (ended["state"], ended["status_name"]) == ("ended", "Phát thành công")
    assert [one["code"] for one in ended["events"]] == seen
    assert ended["result"] == {"waybill": "CH000000001VN"}


def test_what_vnpost_reads_is_what_was_ordered(province: Api, errands: Errands) -> None:
    placed(province, ORDERS, an_order(waybill="VD000000001", cash_on_delivery_vnd=20_000))
    errands.deliver()
    (order,) = held(errands)
    sent = order["order"]
    assert (sent["CustomerCode"], sent["OrderNumber"]) == ("MOCK-H38", "GIADINH-0001")
    assert (sent["ItemCode"], sent["FlagConfig"], sent["CODAmount"]) == ("VD000000001", 2, 20_000)
    assert (sent["ReceiverName"], sent["ReceiverProvince"]) == ("Nguyễn Thị Giả Định", 10)


def test_a_lost_answer_is_made_up_for_by_101(province: Api, errands: Errands) -> None:
    errand = placed(province, ORDERS, ORDER)
    errands.nation.universe.faults.add(Fault(PLACE, 1, status=503, after=True))
    errands.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reason"]) == ("deferred", "http-503")
    errands.gateway.clock.advance(timedelta(minutes=30))
    errands.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reference"], len(held(errands))) == ("accepted", "101", 1)


def test_a_refused_order_says_why_in_vnposts_words(province: Api, errands: Errands) -> None:
    errand = placed(province, ORDERS, an_order(number="GIADINH-0403"))
    errands.deliver()
    found = shown(province, errand)
    assert found["state"] == "refused"
    assert found["reason"] == "106: Đơn vị chưa được cấp quyền"
    assert refusal_of(cancel(province, errand)) == (409, "errand-not-cancellable")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("GIADINH-0422", "contract-breach"),
        ("GIADINH-0504", "timeout"),
        ("GIADINH-0503", "http-503"),
    ],
)
def test_what_is_no_answer_waits(province: Api, errands: Errands, number: str, reason: str) -> None:
    errand = placed(province, ORDERS, an_order(number=number))
    errands.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reason"]) == ("deferred", reason)


def test_the_same_key_is_one_order_and_the_same_number_no_second(province: Api) -> None:
    first = province.post(ORDERS, key="k-1", json=ORDER)
    again = province.post(ORDERS, key="k-1", json=ORDER)
    assert first.content == again.content
    other = province.post(ORDERS, json=ORDER)
    assert refusal_of(other) == (409, "errand-number-taken")
    assert other.json()["errors"][0]["pointer"] == "/number"


def test_an_order_of_a_dossier_is_seen_on_it(
    gateway: Gateway, province: Api, errands: Errands
) -> None:
    code = staged(province, "results")
    body = {name: said for name, said in ORDER.items() if name != "number"}
    errand = placed(province, ORDERS, body | {"dossier_code": code})
    errands.deliver()
    (line,) = province.get(f"/v1/dossiers/{code}/errands").json()["items"]
    assert (line["id"], line["number"], line["state"]) == (errand["id"], code, "accepted")
    assert line["agency_code"] == province.get(f"/v1/dossiers/{code}").json()["agency_code"]
    acts = [one.act for one in evidence_of(gateway, f"errand:{errand['id']}")]
    assert acts == ["errand.place"]


def test_a_cancellation_follows_its_order(
    gateway: Gateway, province: Api, errands: Errands
) -> None:
    errand = placed(province, ORDERS, ORDER)
    answer = cancel(province, errand)
    assert (answer.status_code, answer.json()["is_cancelling"]) == (201, True)
    assert refusal_of(cancel(province, errand)) == (409, "errand-not-cancellable")
    assert errands.deliver() == 1
    assert shown(province, errand)["state"] == "accepted"
    assert errands.deliver() == 1
    found = shown(province, errand)
    assert (found["state"], found["is_cancelling"]) == ("cancelled", False)
    assert held(errands)[0]["StatusCode"] == "5"
    assert [one["name"] for one in found["events"]] == ["Yêu cầu huỷ: Người dân đến nhận trực tiếp"]
    assert refusal_of(cancel(province, errand)) == (409, "errand-ended")
    acts = [one.act for one in evidence_of(gateway, f"errand:{errand['id']}")]
    assert acts == ["errand.place", "errand.cancel"]


def test_an_order_that_arrived_cannot_be_cancelled_and_goes_on(
    gateway: Gateway, province: Api, errands: Errands
) -> None:
    errand = placed(province, ORDERS, ORDER)
    errands.deliver()
    gateway.clock.advance(timedelta(days=9))
    assert cancel(gateway.client("H38"), errand).status_code == 201
    errands.deliver()
    api = gateway.client("H38")
    found = shown(api, errand)
    assert (found["state"], found["is_cancelling"]) == ("accepted", False)
    assert found["reason"] == "105: Đơn hàng đã phát, không thể huỷ"
    errands.follow()
    assert shown(api, errand)["state"] == "ended"


def test_the_feed_is_read_on_and_not_again(
    gateway: Gateway, province: Api, errands: Errands
) -> None:
    placed(province, ORDERS, ORDER)
    errands.deliver()
    assert errands.follow() == 1
    assert errands.follow() == 0, "not yet time"
    gateway.clock.advance(timedelta(minutes=15))
    asked = len(errands.nation.asked("apiVNPostNGSP/order/tracking"))
    assert errands.follow() == 0
    assert len(errands.nation.asked("apiVNPostNGSP/order/tracking")) == asked + 1
    gateway.clock.advance(timedelta(hours=12))
    assert errands.follow() == 1


def test_orders_of_others_in_the_feed_are_passed_over(province: Api, errands: Errands) -> None:
    universe = errands.nation.universe
    errand = placed(province, ORDERS, an_order(number="H38-khong-gui"))
    placed(province, ORDERS, ORDER)
    errands.deliver()
    universe.ngsp.postal.orders.pop(("MOCK-H38", "H38-khong-gui"))
    assert errands.follow() == 2
    assert shown(province, errand)["state"] == "accepted"


def test_a_feed_that_is_silent_is_read_later(
    gateway: Gateway, province: Api, errands: Errands
) -> None:
    errand = placed(province, ORDERS, ORDER)
    errands.deliver()
    errands.nation.universe.faults.add(Fault("apiVNPostNGSP/order/tracking", 1, status=503))
    assert errands.follow() == 0
    gateway.clock.advance(timedelta(minutes=15))
    assert errands.follow() == 1
    assert shown(province, errand)["status"] == "1"


def test_an_event_that_no_database_takes_does_not_stop_the_feed(
    province: Api, errands: Errands
) -> None:
    errand = placed(province, ORDERS, ORDER)
    errands.deliver()
    (event,) = errands.nation.universe.ngsp.postal.events()
    event["StatusMessage"] = "Đã tiếp nhận\x00"
    assert errands.follow() == 1
    assert shown(province, errand)["status_name"] == "Đã tiếp nhận"
