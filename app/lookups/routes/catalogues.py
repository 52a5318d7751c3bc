"""`/v1/lookups/catalogues`: the nation's shared catalogues."""

from typing import TYPE_CHECKING, Annotated, Final

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.lookups.domain.asking import Service
from app.lookups.domain.reasons import NotConnectedError
from app.lookups.routes.granting import terms_of
from app.lookups.routes.router import PROBLEMS, answered, desk_of, look_up, question_of, router
from app.lookups.schemas.catalogues import CatalogueAnswerOut, CatalogueIn, CatalogueNamesOut
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx

if TYPE_CHECKING:
    from app.lookups.sync.catalogues import CatalogueDesk

Catalogues = Annotated[Caller, requires(Scope.LOOK_UP_CATALOGUES)]

_SERVICE: Final = Service.CATALOGUES


@router.get(
    "/v1/lookups/catalogues",
    operation_id="list_shared_catalogues",
    summary="Các danh mục dùng chung quốc gia / List the nation's shared catalogues",
    response_model=CatalogueNamesOut,
    responses=PROBLEMS,
)
async def list_shared_catalogues(request: Request, caller: Catalogues, ctx: Ctx) -> Response:
    """List every shared catalogue that the nation publishes."""
    desk = _desk(request)
    question = question_of(request, _SERVICE, "all", "all", None)
    terms = await terms_of(request, caller, question)
    found = await look_up(ctx, caller, question, lambda _: desk.all(), terms)
    return answered(CatalogueNamesOut.of(*found))


@router.post(
    "/v1/lookups/catalogues",
    operation_id="look_up_shared_catalogue",
    summary="Lấy một danh mục dùng chung / Read a shared catalogue",
    response_model=CatalogueAnswerOut,
    responses=PROBLEMS,
)
@reads(CatalogueIn, example={"code": "magioitinh"})
async def look_up_shared_catalogue(request: Request, caller: Catalogues, ctx: Ctx) -> Response:
    """Read a shared catalogue: its columns, and its rows keyed by them."""
    said = (await read_json(request, CatalogueIn)).value
    desk = _desk(request)
    question = question_of(request, _SERVICE, "catalogue", said.code, None)
    terms = await terms_of(request, caller, question)
    found = await look_up(ctx, caller, question, lambda _: desk.read(said.code), terms)
    return answered(CatalogueAnswerOut.of(*found))


def _desk(request: Request) -> "CatalogueDesk":
    desk = desk_of(request).catalogues
    if desk is None:
        raise NotConnectedError(_SERVICE)
    return desk
