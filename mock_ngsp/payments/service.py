"""The platform's one address: INIT, QUERY and GET_BILL, told apart by LoaiBanTin."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import from_json

from mock_ngsp.payments import signing
from mock_ngsp.payments.orders import PAID, Order
from mock_ngsp.payments.pages import bill
from mock_ngsp.payments.telling import answer_of, unknown
from mock_ngsp.payments.wire import KhoiTao, VanTin
from mock_ngsp.wire import Answer, Axis, Body, Call, Request, compact, json_answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

ADDRESS = "/thanh-toan/giao-dich"
OPERATIONS = ("INIT", "QUERY", "GET_BILL")
BAD_MESSAGE, NO_PARTNER, BAD_SIGNATURE, OTHER_INIT, NO_BILL = "30", "96", "97", "94", "91"

Content = dict[str, Any]


class RefusedError(Exception):
    """A refusal: its code and why."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


class PaymentPlatform:
    """Reads a request into a call of the platform."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def read(self, request: Request) -> Call | Answer | None:
        """The call, or None when the path is another wire's."""
        if request.path != ADDRESS:
            return None
        if request.method != "POST":
            return json_answer(_told("405", "Chi nhan POST"), 405)
        try:
            content = from_json(request.body)
        except ValueError:
            content = None
        content = content if isinstance(content, dict) else {}
        kind = content.get("LoaiBanTin")
        operation = kind if kind in OPERATIONS else "giao-dich"
        caller = content.get("MaDoiTac")
        base = f"http://{request.headers.get(b'host', b'').decode('latin-1')}"
        acts: dict[str, Callable[[Content], Answer]] = {
            "INIT": partial(self._init, base), "QUERY": self._query, "GET_BILL": self._bill,
        }  # fmt: skip
        return Call(
            Axis.PAYMENT,
            operation,
            caller=caller if isinstance(caller, str) else "",
            kind=Body.JSON,
            body=request.body,
            answer=partial(_answer, acts.get(operation, _not_known), content, operation),
        )

    def _init(self, base: str, content: Content) -> Answer:
        KhoiTao.model_validate(content)
        self._signed(content, signing.INIT)
        due = sum(int(one["SoTien"]) for one in content["ThongTinBienLai"]["DSKhoanNop"])
        if due != int(content["SoTien"]):
            raise RefusedError(BAD_MESSAGE, "DSKhoanNop khong bang SoTien")
        page = f"{base}/thanh-toan/{content['MaThamChieu']}"
        order = self._universe.payments.begin(content, page)
        if any(order.asked[name] != content[name] for name in signing.INIT):
            raise RefusedError(OTHER_INIT, "MaThamChieu da dung")
        inner = {"MaLoi": "00", "MoTaLoi": "Thanh cong", "UrlThanhToan": order.page}
        return json_answer({"error_code": "0", "message": compact(inner)})

    def _query(self, content: Content) -> Answer:
        order, secret = self._asked(content)
        now = self._universe.clock.now()
        told = unknown(content, now) if order is None else answer_of(order, now)
        return json_answer(told | {"MaXacThuc": signing.signature(told, signing.TELLING, secret)})

    def _bill(self, content: Content) -> Answer:
        order, _ = self._asked(content)
        if order is None or order.state != PAID:
            raise RefusedError(NO_BILL, "Chua co bien lai")
        return Answer(bill(order), content_type=b"application/pdf")

    def _asked(self, content: Content) -> tuple[Order | None, str]:
        VanTin.model_validate(content)
        secret = self._signed(content, signing.ASKING)
        order = self._universe.payments.find(content["MaThamChieu"])
        is_theirs = order is not None and order.asked["MaDoiTac"] == content["MaDoiTac"]
        return order if is_theirs else None, secret

    def _signed(self, content: Content, names: tuple[str, ...]) -> str:
        partner = self._universe.payments.partner(content["MaDoiTac"])
        if partner is None:
            raise RefusedError(NO_PARTNER, "MaDoiTac khong dung")
        if not signing.is_signed(content, names, partner.secret):
            raise RefusedError(BAD_SIGNATURE, "MaXacThuc khong dung")
        return partner.secret


def _answer(act: Callable[[Content], Answer], content: Content, operation: str) -> Answer:
    try:
        return act(content)
    except ValidationError as wrong:
        places = ", ".join(".".join(map(str, error["loc"])) for error in wrong.errors())
        refused = RefusedError(BAD_MESSAGE, f"Sai: {places}")
    except RefusedError as refusal:
        refused = refusal
    told = _told(refused.code, refused.words)
    if operation == "INIT":
        return json_answer({"error_code": refused.code, "message": compact(told)})
    return json_answer(told)


def _not_known(_content: Content) -> Answer:
    raise RefusedError(BAD_MESSAGE, "LoaiBanTin khong dung")


def _told(code: str, words: str) -> Content:
    return {"MaLoi": code, "MoTaLoi": words}
