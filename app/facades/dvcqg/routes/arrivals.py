"""Where the national portal sends dossiers down that citizens filed there.

The only push of the nation that is publicly known is that of one procedure; this one, for any
procedure, keeps its answers: 0 taken, 1 known already, -1 refused. Its address and credential are
ours.
"""

import hmac
from typing import Final

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers.domain.errors import DuplicateDossierError
from app.dossiers.use_cases import Cause, arriving
from app.facades.dvcqg.domain import PushRefusedError
from app.facades.dvcqg.routes.dialect import FRONT, answered, done, told
from app.facades.dvcqg.schemas.arrivals import Arriving, arrived_of
from app.facades.dvcqg.schemas.reading import read_as, read_object
from app.facades.dvcqg.schemas.records import code_of
from app.facades.dvcqg.use_cases import pushing
from app.platform.bodies import digest_of
from app.platform.context import Context, Ctx
from app.platform.problems import request_id_of

router = APIRouter(tags=["facades"], dependencies=[FRONT], include_in_schema=False)

_KNOWN_ALREADY: Final = 1


@router.post(
    "/api/dvcqg/TiepNhanHoSo",
    operation_id="receive_portal_dossier",
    summary="Nhận hồ sơ từ Cổng quốc gia / Receive a dossier of the national portal",
)
async def receive(request: Request, ctx: Ctx) -> Response:
    """Take a dossier over, once; it reaches its one-stop system by the feed."""
    nation = nation_of(request, ctx)
    raw = await request.body()
    asked = read_as(Arriving, read_object(raw))
    cause = Cause.of(ctx.settings, digest_of(raw))

    def act(connection: Connection) -> None:
        code = code_of(asked.dossier.code, at="data.MaHoSo")
        unit = AgencyCode(asked.unit)
        agency = pushing.agency_of(connection, ctx.clock, code=code, sender=unit)
        carried = arrived_of(asked.dossier, agency=agency, now=ctx.clock.now())
        arriving.arrive(connection, ctx.clock, nation, carried=carried, cause=cause)

    try:
        await ctx.database.transact(act)
    except DuplicateDossierError as known:
        return answered(told(ctx.settings, _KNOWN_ALREADY, known.detail.partition(";")[0]))
    return done(ctx)


def nation_of(request: Request, ctx: Context) -> Caller:
    """Return the nation as a caller of our whole province.

    Raises:
        PushRefusedError: if the shared secret is not set here, or is not what came.
    """
    kept = request.app.state.push_secret
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    fits = kept is not None and hmac.compare_digest(given.encode(), kept.encode())
    if kind.lower() != "bearer" or not fits:
        raise PushRefusedError
    province = AgencyCode(ctx.settings.province)
    caller = Caller(arriving.NATION, province, frozenset(), request_id_of(request))
    request.state.caller, request.state.act = caller, "dossier.arrive"
    return caller
