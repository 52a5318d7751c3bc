"""What the platform says of a payment: in a confirmation to the province, and when it is asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import httpx

from mock_ngsp.clock import VIETNAM
from mock_ngsp.payments import signing
from mock_ngsp.payments.orders import FAILED, PAID, WAITING, Order

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

CONFIRM = "CONFIRM"
"""LoaiBanTin of a confirmation; no public text says it, so this word is ours."""
PATH = "/api/dvcqg/XacNhanThanhToan"
"""Where provinces take confirmations; nobody public knows the real address."""

_CODES = {PAID: "00", FAILED: "24", WAITING: "00"}
_NO_ORDER = "01"


@dataclass(frozen=True, slots=True)
class Telling:
    """How a payment is confirmed: as paid or not, how often, and with which faults."""

    paid: bool = True
    times: int = 1
    wrong_signature: bool = False
    amount: str | None = None


def told_of(order: Order, kind: str, state: str, now: datetime) -> dict[str, Any]:
    """The fields of a confirmation, without the signature."""
    asked = order.asked
    return {
        "LoaiBanTin": kind,
        "MaLoi": _CODES[state],
        "MaDoiTac": asked["MaDoiTac"],
        "MaThamChieu": order.reference,
        "SoTien": asked["SoTien"],
        "MaTienTe": asked["MaTienTe"],
        "MaGiaoDich": order.transaction,
        "MaNganHang": "MOCKBANK",
        "ThoiGianGD": _digits(now),
        "ThongTinGiaoDich": asked["ThongTinGiaoDich"],
    }


def answer_of(order: Order, now: datetime) -> dict[str, Any]:
    """The answer to a QUERY, without the signature."""
    return told_of(order, "QUERY", order.state, now) | {"TrangThaiGD": order.state}


def unknown(content: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The answer to a QUERY about what nobody began, without the signature."""
    names = dict.fromkeys(signing.TELLING, "")
    about = {name: content[name] for name in ("LoaiBanTin", "MaDoiTac", "MaThamChieu")}
    said = {"MaLoi": _NO_ORDER, "SoTien": "0", "MaTienTe": "VND", "ThoiGianGD": _digits(now)}
    return names | about | said | {"TrangThaiGD": ""}


async def confirm(universe: "Universe", order: Order, telling: Telling) -> list[dict[str, Any]]:
    """End a payment that waits, and tell its province so often; what it answered each time."""
    state = PAID if telling.paid else FAILED
    if order.state == WAITING:
        order.state = state
    partner = universe.payments.partner(order.asked["MaDoiTac"])
    if partner is None or not partner.url:
        return []
    told = told_of(order, CONFIRM, state, universe.clock.now())
    if telling.amount is not None:
        told["SoTien"] = telling.amount
    secret = "another secret" if telling.wrong_signature else partner.secret
    told["MaXacThuc"] = signing.signature(told, signing.TELLING, secret)
    url = partner.url.rstrip("/") + PATH
    async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
        return [await _sent(http, url, told) for _ in range(telling.times)]


async def _sent(http: httpx.AsyncClient, url: str, told: dict[str, Any]) -> dict[str, Any]:
    try:
        answer = await http.post(url, json=told)
    except httpx.TransportError as wrong:
        return {"http_status": None, "answer": None, "problem": type(wrong).__name__}
    try:
        content = answer.json()
    except ValueError:
        content = None
    return {"http_status": answer.status_code, "answer": content, "problem": None}


def _digits(now: datetime) -> str:
    return now.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")
