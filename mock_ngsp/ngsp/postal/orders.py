"""VNPost: orders of public postal service, what is cancelled and priced, and the tracking feed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from mock_ngsp.clock import VIETNAM
from mock_ngsp.ngsp.postal.wire import MDocument, MOrder, PriceQuestion

Content = dict[str, Any]

ACCEPTED, EXISTS = "100", "101"
NO_CUSTOMER, NO_ORDER, WRONG_FIELD, TOO_LATE, REFUSED = "102", "103", "104", "105", "106"
"""100 and 101 are known; the others are ours."""
FIRST_ID: Final = "0" * 24
LARGEST_PAGE: Final = 1_000
DEFAULT_CUSTOMER: Final = "MOCK-H38"

_WORDS: Final = {
    ACCEPTED: "Thành công",
    EXISTS: "Đơn hàng đã tồn tại",
    NO_CUSTOMER: "Mã khách hàng không tồn tại",
    NO_ORDER: "Không tìm thấy đơn hàng",
    WRONG_FIELD: "Dữ liệu không hợp lệ: {0}",
    TOO_LATE: "Đơn hàng đã phát, không thể huỷ",
    REFUSED: "Đơn vị chưa được cấp quyền",
}
_COURSE: Final = (
    ("1", "Đã tiếp nhận yêu cầu"),
    ("2", "Đang thu gom"),
    ("3", "Đang vận chuyển"),
    ("4", "Phát thành công"),
)
"""How an order goes on, one step after the other; only that 4 ends it is known."""
_CANCELLED: Final = ("5", "Khách hàng huỷ yêu cầu")
_LAST: Final = "4"
_BASE_PRICE: Final = 26_000
_PER_100_GRAMS: Final = 2_500
_OTHER_PROVINCE: Final = 5_000


@dataclass(slots=True)
class Order:
    """An order as VNPost holds it; `step` counts what happened of its course."""

    customer: str
    number: str
    item: str
    content: Content
    placed_at: datetime
    step: int = 0
    cancelled: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.cancelled or self.step == len(_COURSE)


@dataclass(slots=True)
class Postal:
    """Every order and document since the last reset, and all that happened, in order."""

    every: timedelta = timedelta(hours=12)
    customers: set[str] = field(default_factory=lambda: {DEFAULT_CUSTOMER})
    orders: dict[tuple[str, str], Order] = field(default_factory=dict)
    documents: dict[tuple[str, str], Content] = field(default_factory=dict)
    _feed: list[Content] = field(default_factory=list)

    def place(self, asked: MOrder, now: datetime) -> Content:
        """Take an order; one with a known OrderNumber is not taken again."""
        if asked.CustomerCode not in self.customers:
            return said(NO_CUSTOMER)
        self.go_on(now)
        key = (asked.CustomerCode, asked.OrderNumber)
        if key in self.orders:
            return said(EXISTS)
        item = asked.ItemCode or f"CH{len(self.orders) + 1:09d}VN"
        order = Order(*key, item, asked.model_dump(exclude_unset=True), now)
        self.orders[key] = order
        self._next(order, now)
        return said(ACCEPTED)

    def post_document(self, asked: MDocument) -> Content:
        """Take a document; one with a known OrderNumber is not taken again."""
        if asked.CustomerCode not in self.customers:
            return said(NO_CUSTOMER)
        key = (asked.CustomerCode, asked.OrderNumber)
        if key in self.documents:
            return said(EXISTS)
        self.documents[key] = asked.model_dump(exclude_unset=True)
        return said(ACCEPTED)

    def cancel(self, customer: str, number: str, now: datetime) -> Content:
        """Take an order back, unless it has arrived; a repeat changes nothing."""
        if customer not in self.customers:
            return said(NO_CUSTOMER)
        self.go_on(now)
        order = self.orders.get((customer, number))
        if order is None:
            return said(NO_ORDER)
        if order.cancelled:
            return said(ACCEPTED)
        if order.is_over:
            return said(TOO_LATE)
        order.cancelled = True
        self._happened(order, _CANCELLED, now)
        return said(ACCEPTED)

    def tracking(self, last: str, size: int, now: datetime) -> Content:
        """What happened after the event `last`, at most `size` of it, as RESTHeart answers."""
        self.go_on(now)
        after = [event for event in self._feed if event["_id"]["$oid"] > last]
        page = after[:size]
        return {
            "_embedded": {"rh:doc": page},
            "_size": len(after),
            "_total_pages": -(-len(after) // size),
            "_returned": len(page),
        }

    def price(self, asked: PriceQuestion) -> Content:
        """What a way costs, in đồng; the tariff is invented."""
        hundreds = -(-asked.weight // 100)
        total = _BASE_PRICE + _PER_100_GRAMS * hundreds
        if asked.sender.provCode != asked.receiver.provCode:
            total += _OTHER_PROVINCE
        return {"content": {"price": total * (1 + asked.isreturn)}}

    def go_on(self, now: datetime) -> None:
        """Let happen what was due until now, in the order of its time."""
        while due := [order for order in self.orders.values() if self._due(order) <= now]:
            order = min(due, key=self._due)
            self._next(order, self._due(order))

    def _due(self, order: Order) -> datetime:
        never = datetime.max.replace(tzinfo=order.placed_at.tzinfo)
        return never if order.is_over else order.placed_at + order.step * self.every

    def _next(self, order: Order, at: datetime) -> None:
        self._happened(order, _COURSE[order.step], at)
        order.step += 1

    def _happened(self, order: Order, what: tuple[str, str], at: datetime) -> None:
        code, words = what
        self._feed.append(
            {
                "_id": {"$oid": f"{int(at.timestamp()):08x}{len(self._feed) + 1:016x}"},
                "CustomerCode": order.customer,
                "OrderNumber": order.number,
                "ItemCode": order.item,
                "StatusCode": code,
                "StatusMessage": words,
                "EventTime": at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S"),
                "POSID": "000000" if code in {"1", _CANCELLED[0]} else "999999",
                "Notes": "",
            }
        )

    def events(self) -> list[Content]:
        """All that happened, as the feed holds it."""
        return self._feed

    def shown(self) -> list[Content]:
        """Every order as the control API shows it."""
        return [
            {
                "CustomerCode": order.customer,
                "OrderNumber": order.number,
                "ItemCode": order.item,
                "StatusCode": _CANCELLED[0] if order.cancelled else _COURSE[order.step - 1][0],
                "order": order.content,
            }
            for order in self.orders.values()
        ]


def said(status: str, detail: str = "") -> Content:
    """The answer to an order, a cancellation or a document."""
    return {"Status": status, "Message": _WORDS[status].format(detail)}
