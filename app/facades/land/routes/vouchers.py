"""`/api/dvcqg/Import…ThueFromDVCQG`: what the national portal tells of tax notices.

Operations and fields are known; the address, the credential and the answer are those of the
portal's other pushes.
"""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.dossiers.use_cases import Cause
from app.errands import use_cases
from app.errands.domain.tax import VouchersNotKeptError
from app.errands.use_cases.vouchers import Terms
from app.facades.dvcqg.routes.arrivals import nation_of
from app.facades.dvcqg.routes.dialect import FRONT, answered, done, told
from app.facades.dvcqg.schemas.reading import read_object
from app.facades.land.schemas.vouchers import IMPORTS, told_of
from app.platform.bodies import digest_of
from app.platform.context import Ctx
from app.platform.sealing import Sealer

router = APIRouter(tags=["facades"], dependencies=[FRONT], include_in_schema=False)

_KNOWN_ALREADY: Final = 1


def _add(operation: str) -> None:
    async def take(request: Request, ctx: Ctx) -> Response:
        nation = nation_of(request, ctx)
        request.state.act = f"tax.{operation}"
        raw, settings = await request.body(), ctx.settings
        said = told_of(
            operation,
            read_object(raw),
            paid=settings.land_tax_paid_statuses,
            now=ctx.clock.now(),
        )
        sealer: Sealer | None = request.app.state.sealer
        if sealer is None:
            raise VouchersNotKeptError
        terms = Terms(
            Cause.of(settings, digest_of(raw)), hands_on=settings.land_voucher_address is not None
        )
        is_new = await ctx.database.transact(
            use_cases.take_voucher, ctx.clock, nation, sealer, said, terms
        )
        if is_new:
            return done(ctx)
        return answered(told(settings, _KNOWN_ALREADY, "Chứng từ này đã tồn tại"))

    router.add_api_route(
        f"/api/dvcqg/{operation}",
        take,
        methods=["POST"],
        operation_id=f"take_tax_{IMPORTS[operation].value}",
        summary=f"Nhận từ Cổng quốc gia: {operation} / Take a {IMPORTS[operation].value} of a tax",
    )


for _operation in IMPORTS:
    _add(_operation)
