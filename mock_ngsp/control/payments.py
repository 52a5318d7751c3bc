"""Control of the payment platform, and the page where a tester pays."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse

from mock_ngsp.control.wire import PartnerRow, Pay
from mock_ngsp.dvcqg.provinces import look_up_fee
from mock_ngsp.payments.orders import Order, Partner
from mock_ngsp.payments.pages import pay_page
from mock_ngsp.payments.telling import Telling, confirm
from mock_ngsp.universe import Universe


def payment_routes(universe: Universe) -> APIRouter:
    """Partners, payments, and what becomes of them."""
    router = APIRouter()

    @router.post("/partners", status_code=201)
    async def put_partner(row: PartnerRow) -> dict[str, str]:
        universe.payments.put_partner(Partner(row.MaDoiTac, row.secret, row.url))
        return {"MaDoiTac": row.MaDoiTac, "url": row.url}

    @router.get("/payments")
    async def payments() -> list[dict[str, Any]]:
        return [_shown(order) for order in universe.payments.all()]

    @router.post("/payments/{MaThamChieu}/pay")
    async def pay(MaThamChieu: str, how: Pay) -> dict[str, Any]:
        order = _order(universe, MaThamChieu)
        return {"answers": await confirm(universe, order, how.telling())}

    @router.post("/fees/{MaHoSo}/look-up")
    async def look_up(MaHoSo: str) -> dict[str, Any]:
        unit = MaHoSo.rpartition("-")[0].rpartition("-")[0]
        province = universe.provinces.serving(unit)
        if province is None:
            raise HTTPException(409, "No province is registered for this unit.")
        return await look_up_fee(province, MaHoSo)

    return router


def pay_routes(universe: Universe) -> APIRouter:
    """The page that UrlThanhToan leads to."""
    router = APIRouter()

    @router.get("/thanh-toan/{MaThamChieu}", response_class=HTMLResponse)
    async def show(MaThamChieu: str) -> str:
        return pay_page(_order(universe, MaThamChieu))

    @router.post("/thanh-toan/{MaThamChieu}", response_class=HTMLResponse)
    async def press(MaThamChieu: str, *, paid: Annotated[bool, Query()]) -> str:
        order = _order(universe, MaThamChieu)
        await confirm(universe, order, Telling(paid=paid))
        return pay_page(order)

    return router


def _order(universe: Universe, reference: str) -> Order:
    order = universe.payments.find(reference)
    if order is None:
        raise HTTPException(404, "No payment has this MaThamChieu.")
    return order


def _shown(order: Order) -> dict[str, Any]:
    asked = order.asked
    return {
        "MaThamChieu": order.reference,
        "MaDoiTac": asked["MaDoiTac"],
        "MaHoSo": asked["ThongTinBienLai"]["MaHoSo"],
        "SoTien": asked["SoTien"],
        "TrangThaiGD": order.state,
        "MaGiaoDich": order.transaction,
    }
