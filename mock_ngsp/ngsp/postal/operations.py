"""The operations of VNPost; of the addresses only that of `order/post` is known."""

import re
from typing import Any, Final

from mock_ngsp.ngsp.asking import Asked, Operation, UnreadableError
from mock_ngsp.ngsp.magic import Outcome, magic_of
from mock_ngsp.ngsp.postal.orders import (
    FIRST_ID,
    LARGEST_PAGE,
    NO_ORDER,
    REFUSED,
    WRONG_FIELD,
    said,
)
from mock_ngsp.ngsp.postal.wire import MDocument, MOrder, PriceQuestion
from mock_ngsp.ngsp.reading import read_body
from mock_ngsp.wire import Answer, json_answer

SERVICE: Final = "postal"
PRICES: Final = "postal-prices"
FEED: Final = "postal-feed"
CONTEXT: Final = "apiVNPostNGSP"
_ID: Final = re.compile(r"[0-9a-f]{24}")
MAGIC: Final = (
    *magic_of(SERVICE, "OrderNumber", "GIADINH-0001", lambda end: f"GIADINH-{end}"),
    *magic_of(PRICES, "provCode", "10", lambda end: end),
    *magic_of(FEED, "lastId", FIRST_ID, lambda end: f"f{end.rjust(23, '0')}"),
)

_LOST: Final = frozenset(one.value for one in MAGIC if one.outcome is Outcome.NOT_FOUND)


def answer_order(asked: Asked) -> Answer:
    """`order/post`: 100 taken, 101 an order with this OrderNumber is there already."""
    try:
        order = read_body(asked, MOrder)
    except UnreadableError as wrong:
        return json_answer(said(WRONG_FIELD, wrong.words))
    return json_answer(asked.universe.ngsp.postal.place(order, asked.universe.clock.now()))


def answer_document(asked: Asked) -> Answer:
    """`document/post`, answered as an order."""
    try:
        document = read_body(asked, MDocument)
    except UnreadableError as wrong:
        return json_answer(said(WRONG_FIELD, wrong.words))
    return json_answer(asked.universe.ngsp.postal.post_document(document))


def answer_cancel(asked: Asked) -> Answer:
    """`order/cancel`: by CustomerCode and OrderNumber in the query."""
    customer, number = (asked.query.get(name, "") for name in ("CustomerCode", "OrderNumber"))
    if not customer or not number:
        return json_answer(said(WRONG_FIELD, "CustomerCode, OrderNumber"))
    if number in _LOST:
        return json_answer(said(NO_ORDER))
    now = asked.universe.clock.now()
    return json_answer(asked.universe.ngsp.postal.cancel(customer, number, now))


def answer_tracking(asked: Asked) -> Answer:
    """`order/tracking`: what happened after `lastId`, at most a thousand events."""
    last, size = asked.query.get("lastId", FIRST_ID), asked.query.get("pagesize", "100")
    is_size = size.isdecimal() and 0 < int(size) <= LARGEST_PAGE
    if not is_size or not _ID.fullmatch(last):
        return json_answer({"http status code": 400, "message": "pagesize, lastId"}, 400)
    now = asked.universe.clock.now()
    return json_answer(asked.universe.ngsp.postal.tracking(last, int(size), now))


def answer_price(asked: Asked) -> Answer:
    """`order/price`: the price stands at `content.price`."""
    try:
        question = read_body(asked, PriceQuestion)
    except UnreadableError as wrong:
        return json_answer(said(WRONG_FIELD, wrong.words))
    if question.receiver.provCode in _LOST:
        return json_answer({"content": None})
    return json_answer(asked.universe.ngsp.postal.price(question))


def refused(_asked: Asked) -> Answer:
    """What VNPost says when it does not want to."""
    return json_answer(said(REFUSED))


def _body(name: str) -> Any:
    return lambda asked: asked.text(name)


def _in_query(name: str) -> Any:
    return lambda asked: asked.query.get(name, "")


def _receiver(asked: Asked) -> str:
    try:
        place = asked.json().get("receiver")
    except UnreadableError:
        return ""
    return str(place.get("provCode", "")) if isinstance(place, dict) else ""


OPERATIONS: Final = (
    Operation(SERVICE, CONTEXT, "order/post", "POST", answer_order, _body("OrderNumber"), refused),
    Operation(
        SERVICE, CONTEXT, "document/post", "POST", answer_document, _body("OrderNumber"), refused
    ),
    Operation(
        SERVICE, CONTEXT, "order/cancel", "GET", answer_cancel, _in_query("OrderNumber"), refused
    ),
    Operation(
        FEED, CONTEXT, "order/tracking", "GET", answer_tracking, _in_query("lastId"), refused
    ),
    Operation(PRICES, CONTEXT, "order/price", "POST", answer_price, _receiver, refused),
)
