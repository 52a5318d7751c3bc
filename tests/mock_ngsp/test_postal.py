"""VNPost as its kit knows it: orders, repeats, cancellations, prices, and the feed."""

from typing import Any

import pytest

from tests.mock_ngsp.asking import Services

BASE = "/apiVNPostNGSP/p1.0"
FIRST = "0" * 24


@pytest.fixture
def services() -> Services:
    return Services()


def an_order(**changes: Any) -> dict[str, Any]:
    return {
        "CustomerCode": "MOCK-H38",
        "OrderNumber": "H38-1",
        "CODAmount": 0,
        "SenderProvince": 10,
        "SenderAddress": "Số 1",
        "SenderName": "Trung tâm",
        "SenderTel": "0000000001",
        "ReceiverName": "Nguyễn Thị Giả Định",
        "ReceiverAddress": "Thôn Ví Dụ",
        "ReceiverTel": "0000000002",
        "ReceiverProvince": 10,
    } | changes


def placed(services: Services, **changes: Any) -> Any:
    return services.post(f"{BASE}/order/post", an_order(**changes)).json()


def events(services: Services, last: str = FIRST, size: int = 1000) -> list[dict[str, Any]]:
    page = services.get(f"{BASE}/order/tracking", pagesize=size, lastId=last).json()
    found: list[dict[str, Any]] = page["_embedded"]["rh:doc"]
    assert page["_returned"] == len(found)
    return found


def cancelled(services: Services, number: str = "H38-1") -> str:
    query = {"CustomerCode": "MOCK-H38", "OrderNumber": number}
    return str(services.get(f"{BASE}/order/cancel", **query).json()["Status"])


def test_an_order_is_taken_once_and_stands_in_the_feed(services: Services) -> None:
    assert placed(services) == {"Status": "100", "Message": "Thành công"}
    assert placed(services) == {"Status": "101", "Message": "Đơn hàng đã tồn tại"}
    (event,) = events(services)
    assert (event["OrderNumber"], event["StatusCode"]) == ("H38-1", "1")
    assert len(services.held("postal")) == 1


def test_the_path_needs_no_version(services: Services) -> None:
    assert services.post("/apiVNPostNGSP/order/post", an_order()).json()["Status"] == "100"


def test_an_order_goes_on_as_the_clock_goes_until_it_is_delivered(services: Services) -> None:
    placed(services)
    services.later(hours=12)
    placed(services, OrderNumber="H38-2")
    services.later(days=9)
    told = [(one["OrderNumber"], one["StatusCode"]) for one in events(services)]
    assert [code for number, code in told if number == "H38-1"] == ["1", "2", "3", "4"]
    assert told[:3] == [("H38-1", "1"), ("H38-1", "2"), ("H38-2", "1")]
    ids = [one["_id"]["$oid"] for one in events(services)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 8


def test_the_feed_is_read_on_behind_the_last_id(services: Services) -> None:
    for number in range(5):
        placed(services, OrderNumber=f"H38-{number}")
    seen: list[str] = []
    last = FIRST
    while page := events(services, last, 2):
        seen += [one["OrderNumber"] for one in page]
        last = page[-1]["_id"]["$oid"]
    assert seen == [f"H38-{number}" for number in range(5)]


@pytest.mark.parametrize("query", [{"pagesize": 1001}, {"pagesize": 0}, {"lastId": "khac"}])
def test_a_page_that_is_none_is_refused(services: Services, query: dict[str, Any]) -> None:
    assert services.get(f"{BASE}/order/tracking", **query).status_code == 400


def test_an_order_is_cancelled_until_it_is_delivered(services: Services) -> None:
    assert cancelled(services) == "103"
    placed(services)
    assert [cancelled(services), cancelled(services)] == ["100", "100"]
    services.later(days=9)
    assert [one["StatusCode"] for one in events(services)] == ["1", "5"]
    placed(services, OrderNumber="H38-2")
    services.later(days=9)
    assert cancelled(services, "H38-2") == "105"


def test_what_is_missing_is_named_and_an_unknown_customer_refused(services: Services) -> None:
    order = an_order()
    del order["ReceiverTel"]
    told = services.post(f"{BASE}/order/post", order).json()
    assert told == {"Status": "104", "Message": "Dữ liệu không hợp lệ: ReceiverTel"}
    assert placed(services, CustomerCode="KHAC")["Status"] == "102"
    assert placed(services, receivertel="1")["Status"] == "104"
    assert events(services) == []


def test_a_price_grows_with_weight_way_and_return(services: Services) -> None:
    def price(**changes: Any) -> int:
        asked = {
            "weight": 100, "mainSrv": "HCC", "isreturn": 0,
            "sender": {"provCode": "10"}, "receiver": {"provCode": "10"},
        } | changes  # fmt: skip
        return int(services.post(f"{BASE}/order/price", asked).json()["content"]["price"])

    assert price() < price(weight=500) < price(weight=500, isreturn=1)
    assert price() < price(receiver={"provCode": "54"})


def test_a_document_is_taken_like_an_order(services: Services) -> None:
    party = {"Name": "Nguyễn Thị Giả Định", "Phone": "0000000001"}
    document = {
        "CustomerCode": "MOCK-H38", "OrderNumber": "H38-1", "IsSendDocument": True,
        "DocumentSender": party, "ResultReceiver": party, "Procedure": {"Code": "1.000001"},
    }  # fmt: skip
    codes = [services.post(f"{BASE}/document/post", document).json()["Status"] for _ in range(2)]
    assert codes == ["100", "101"]


def test_without_a_token_nothing_is_taken(services: Services) -> None:
    answer = services.http.post(f"{BASE}/order/post", json=an_order())
    assert (answer.status_code, answer.json()["fault"]["code"]) == (401, 900902)


def test_a_further_customer_is_known_once_it_is_told(services: Services) -> None:
    row = {"CustomerCode": "MOCK-H53"}
    assert placed(services, **row)["Status"] == "102"
    assert services.http.post("/_axis/v1/services/postal/customers", json=row).status_code == 201
    assert placed(services, **row)["Status"] == "100"
