"""What both fronts do with a call once they know who calls."""

from collections.abc import Sequence

from sqlalchemy import Connection
from starlette.requests import Request

from app.access.domain import Caller
from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.carrying import Carried
from app.dossiers.use_cases import Cause
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.portal import Reply
from app.exchange.dvcqg.reading import PortalUnavailableError
from app.exchange.dvcqg.wire import Call, NationalDossierStatus, ProgressRow
from app.exchange.outcomes import Deferred
from app.facades.dvcqg.domain import InvalidRecordError, NotConnectedError
from app.facades.dvcqg.schemas.calls import PERSONAL
from app.facades.dvcqg.schemas.records import CarriedRecord, carried_of, code_of, step_of, told_of
from app.facades.dvcqg.use_cases import pushing
from app.platform.context import Context


def sender_of(text: str, caller: Caller, *, at: str) -> AgencyCode:
    """Return the sending agency.

    Raises:
        InvalidRecordError: if it is no agency's code.
        AgencyNotYoursError: if the caller may not act for it.
    """
    try:
        sender = AgencyCode(text)
    except ValueError:
        raise InvalidRecordError(f"{at}: không đúng định dạng") from None
    caller.act_for(sender, pointer=f"/{at}")
    return sender


async def push(
    ctx: Context,
    caller: Caller,
    records: Sequence[CarriedRecord],
    *,
    sender: AgencyCode,
    is_updating: bool,
    digest: str,
) -> None:
    """Insert or replace dossiers, all of them or none, in one transaction."""
    cause = Cause.of(ctx.settings, digest)

    def act(connection: Connection) -> None:
        carried = [
            _carried(connection, ctx, record, sender, place) for place, record in enumerate(records)
        ]
        pushing.push_dossiers(
            connection, ctx.clock, caller, records=carried, is_updating=is_updating, cause=cause
        )

    await ctx.database.transact(act)


async def push_rows(
    ctx: Context, caller: Caller, rows: Sequence[ProgressRow], *, digest: str
) -> None:
    """Add rows of progress, all of them or none, in one transaction."""
    told = [step_of(row, at=f"data.{place}") for place, row in enumerate(rows)]
    await ctx.database.transact(
        pushing.push_rows, ctx.clock, caller, rows=told, cause=Cause.of(ctx.settings, digest)
    )


async def take_status(
    ctx: Context, caller: Caller, status: NationalDossierStatus, *, digest: str
) -> bool:
    """Take the status of a promotion notice that is held here; False if it is not."""
    told = told_of(status, now=ctx.clock.now())
    cause = Cause.of(ctx.settings, digest)
    return await ctx.database.transact(
        pushing.hold_status, ctx.clock, caller, told=told, cause=cause
    )


async def pass_on(request: Request, ctx: Context, caller: Caller, call: Call) -> Reply:
    """Ask the nation for a caller, under our own session there.

    Raises:
        NotConnectedError: if no portal is connected here.
        PortalUnavailableError: if it gives no usable answer.
    """
    portal: DvcqgClient | None = request.app.state.portal
    if portal is None:
        raise NotConnectedError
    if call.service in PERSONAL:
        await ctx.database.transact(pushing.note_passed, ctx.clock, caller, service=call.service)
    reply = await portal.ask(call)
    if isinstance(reply, Deferred):
        raise PortalUnavailableError(reply)
    return reply


def _carried(
    connection: Connection, ctx: Context, record: CarriedRecord, sender: AgencyCode, place: int
) -> Carried:
    at = f"data.{place}"
    code: DossierCode = code_of(record.code, at=f"{at}.MaHoSo")
    agency = pushing.agency_of(connection, ctx.clock, code=code, sender=sender)
    return carried_of(record, agency=agency, at=at)
