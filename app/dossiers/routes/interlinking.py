"""Parts of a dossier in other agencies."""

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.dossiers.routes.acting import ACT, Actor, answer_act
from app.dossiers.routes.router import PathCode, router
from app.dossiers.schemas.chains import BIRTH, PartsIn
from app.dossiers.use_cases import interlinking
from app.dossiers.use_cases.acting import Done, Order
from app.platform.bodies import reads
from app.platform.context import Ctx


@router.post(
    "/v1/dossiers/{code}/parts",
    operation_id="open_parts",
    summary="Mở các phần liên thông / Give other agencies their parts",
    **ACT,
)
@reads(PartsIn, example=BIRTH)
async def open_parts(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Give other agencies their parts, each a dossier of its own with its own deadline.

    A part is opened when those before it are done. The whole cannot be finished before its parts;
    when the last one is done and the whole is in process, it is finished.
    """

    def perform(connection: Connection, order: Order, said: PartsIn) -> Done:
        return interlinking.open_parts(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, PartsIn, perform)
