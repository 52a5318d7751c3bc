"""`/v1/lookups/postal-prices`: what a postal order would cost."""

from typing import TYPE_CHECKING, Annotated, Final

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.lookups.domain.asking import Outcome, Service
from app.lookups.domain.reasons import NotConnectedError
from app.lookups.routes.granting import terms_of
from app.lookups.routes.router import PROBLEMS, answered, desk_of, look_up, question_of, router
from app.lookups.schemas.postal import PRICE, PostalPriceIn, PostalPriceOut
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx

if TYPE_CHECKING:
    from app.lookups.sync.postal import PostalDesk

_SERVICE: Final = Service.POSTAL


@router.post(
    "/v1/lookups/postal-prices",
    operation_id="look_up_postal_price",
    summary="Tính cước bưu chính công ích / What a postal order costs",
    response_model=PostalPriceOut,
    responses=PROBLEMS,
)
@reads(PostalPriceIn, example=PRICE)
async def look_up_postal_price(
    request: Request, caller: Annotated[Caller, requires(Scope.LOOK_UP_POSTAL)], ctx: Ctx
) -> Response:
    """Ask VNPost what a way costs, in đồng; nothing is ordered."""
    said = (await read_json(request, PostalPriceIn)).value
    desk = _desk(request)
    about = f"{said.sender.province_code}/{said.receiver.province_code}"
    question = question_of(request, _SERVICE, "price", about, None)
    terms = await terms_of(request, caller, question)
    begun, price = await look_up(ctx, caller, question, lambda _: desk.price(said.way()), terms)
    outcome = Outcome.NOT_FOUND if price is None else Outcome.FOUND
    shown = PostalPriceOut(
        lookup_id=begun.id, outcome=outcome, outcome_label=outcome.label, price_vnd=price
    )
    return answered(shown)


def _desk(request: Request) -> "PostalDesk":
    desk = desk_of(request).postal
    if desk is None:
        raise NotConnectedError(_SERVICE)
    return desk
