"""Where the national portal sends promotion notices down: the one push that is publicly known.

Answers of one known receiver: 0 taken, 1 known already, -1 refused; another writes 200, 201, 500.
The address and its credential are ours.
"""

import asyncio
from functools import partial
from typing import Final

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers.domain.received import KnownNoticeError
from app.dossiers.use_cases import Cause, announcing
from app.dossiers.use_cases.announcing import Notice
from app.exchange.dvcqg.client import DvcqgClient
from app.facades.dvcqg.domain import NotConnectedError, NoTechIdError, UnmappedProcedureError
from app.facades.dvcqg.routes.arrivals import nation_of
from app.facades.dvcqg.routes.dialect import RECEIVER, replied
from app.facades.dvcqg.schemas.promotions import (
    PromotionChange,
    PromotionNotice,
    filing_of,
    procedure_of,
    promotion_of,
)
from app.facades.dvcqg.schemas.reading import read_object
from app.platform.bodies import digest_of
from app.platform.context import Context, Ctx
from app.platform.storage.streams import Deposit

router = APIRouter(tags=["facades"], dependencies=[RECEIVER], include_in_schema=False)

_KNOWN_ALREADY: Final = 1


@router.post(
    "/api/dvcqg/TiepNhanHoSoKM",
    operation_id="receive_promotion_notice",
    summary="Nhận thông báo khuyến mại / Receive a promotion notice",
)
async def receive(request: Request, ctx: Ctx) -> Response:
    """Take a notice over as a dossier, or a change of one; once each."""
    nation = nation_of(request, ctx)
    raw = await request.body()
    said = await asyncio.to_thread(lambda: promotion_of(read_object(raw)))
    cause = Cause.of(ctx.settings, digest_of(raw))
    try:
        if isinstance(said, PromotionChange):
            change = said.change()
            await ctx.database.transact(
                announcing.amend, ctx.clock, nation, change=change, cause=cause
            )
        else:
            await _announce(request, ctx, nation, said, cause)
    except KnownNoticeError as known:
        return replied(ctx, _KNOWN_ALREADY, known.detail)
    return replied(ctx, 0)


async def _announce(
    request: Request, ctx: Context, nation: Caller, said: PromotionNotice, cause: Cause
) -> None:
    account = await _account(request, said.tax_code)
    agency = _receiver(ctx, said)
    longest = ctx.settings.received_file_bytes
    files = await asyncio.to_thread(partial(said.files, longest=longest))
    now = ctx.clock.now()
    notice = Notice(
        reference=said.reference,
        filing=filing_of(said, agency=agency, account=account, now=now),
        content=said.said(),
        files=files,
    )

    def act(connection: Connection) -> None:
        announcing.announce(connection, ctx.clock, nation, notice=notice, cause=cause)

    async with Deposit(ctx.database, ctx.clock) as deposit:
        await deposit.lay([one.content for one in files])
        await ctx.database.transact(act)


async def _account(request: Request, tax_code: str) -> str:
    """Return the TechID of whoever gives notice, asked of the nation.

    Raises:
        NotConnectedError: if no portal is connected here.
        NoTechIdError: if the nation knows no such account.
        PortalUnavailableError: if it gives no usable answer.
    """
    portal: DvcqgClient | None = request.app.state.portal
    if portal is None:
        raise NotConnectedError
    account = await portal.find_account(tax_code)
    if account is None:
        raise NoTechIdError
    return account


def _receiver(ctx: Context, said: PromotionNotice) -> AgencyCode:
    """Return who receives notices of a procedure here, by the code given or the national one.

    Raises:
        UnmappedProcedureError: if nobody does.
    """
    code, mapped = procedure_of(said), ctx.settings.promotion_agencies
    agency = mapped.get(code) or mapped.get(code.national)
    if agency is None:
        raise UnmappedProcedureError(code)
    return AgencyCode(agency)
