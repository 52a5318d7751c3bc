"""`/LLTP/LayMaHoSo` and `/LLTP/TaoHoSo`: the nation hands applications for records to us.

Their credential is a code in the query: logs have the route alone, and its hash is what is kept.
"""

import asyncio
import hmac
import json
from functools import partial
from typing import Any, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.access.use_cases import hash_of
from app.codes import AgencyCode, ProcedureCode
from app.dossiers.domain.errors import DuplicateDossierError
from app.dossiers.use_cases import Cause
from app.dossiers.use_cases.declaring import Declaration, declare, give_code
from app.facades.dvcqg.schemas.reading import read_as, read_object
from app.facades.judicial.domain import CodeRefusedError, NotReceivingError
from app.facades.judicial.schemas import Declared
from app.platform.bodies import OUTSIDE, digest_of
from app.platform.context import Context, Ctx
from app.platform.errors import ProblemError, UnauthenticatedError
from app.platform.problems import request_id_of, status_of
from app.platform.settings import Settings, read_secret
from app.platform.storage.streams import Deposit

SENDER: Final = "system:judicial"
"""Who acts when an application is handed to us."""

_DONE, _REFUSED = "00", "01"
_UNDERSTOOD: Final = 500
_JSON: Final = "application/json; charset=utf-8"


async def speak_judicial(request: Request) -> None:
    """Have every refusal answered in the wire's words; a wrong code is HTTP 400, as is known."""
    request.state.render = refused


def refused(problem: ProblemError) -> Response:
    """Answer a refusal."""
    answer = told(_REFUSED, words=_words_of(problem))
    status = status_of(type(problem))
    if isinstance(problem, UnauthenticatedError):
        answer.status_code = 400
    elif status >= _UNDERSTOOD or isinstance(problem, OUTSIDE):
        answer.status_code = status
    return answer


router = APIRouter(
    tags=["facades"], dependencies=[Depends(speak_judicial)], include_in_schema=False
)


@router.get(
    "/LLTP/LayMaHoSo",
    operation_id="give_judicial_code",
    summary="Cấp mã hồ sơ lý lịch tư pháp / Give a code",
)
async def give(request: Request, ctx: Ctx) -> Response:
    """Give a new code for an application that is to come."""
    sender = _sender(request, ctx, "judicial.LayMaHoSo")
    agency, _ = _receiver(ctx.settings)
    code = await ctx.database.transact(give_code, ctx.clock, sender, agency=agency)
    return told(_DONE, str(code))


@router.post(
    "/LLTP/TaoHoSo",
    operation_id="take_judicial_application",
    summary="Nhận tờ khai lý lịch tư pháp / Take an application",
)
async def take(request: Request, ctx: Ctx) -> Response:
    """Take an application as a dossier; again only where papers are wanted of it."""
    sender = _sender(request, ctx, "judicial.TaoHoSo")
    agency, procedure = _receiver(ctx.settings)
    raw = await request.body()
    said = await asyncio.to_thread(lambda: read_as(Declared, read_object(raw)))
    longest = ctx.settings.received_file_bytes
    files = await asyncio.to_thread(partial(said.files, longest=longest))
    code = said.code(agency)
    filing = said.filing(agency, procedure, ctx.clock.now())
    handed = Declaration(code, filing, said.said(), files)
    cause = Cause.of(ctx.settings, digest_of(raw))
    async with Deposit(ctx.database, ctx.clock) as deposit:
        await deposit.lay([one.content for one in files])
        await ctx.database.transact(declare, ctx.clock, sender, told=handed, cause=cause)
    return told(_DONE, str(code))


def code_of(settings: Settings) -> str | None:
    """Return the hash of the code that is set here; None while none is.

    Raises:
        SecretFileError: if it cannot be read.
    """
    if settings.judicial_code_file is None:
        return None
    secret = read_secret("LGSP_JUDICIAL_CODE_FILE", settings.judicial_code_file)
    return hash_of(secret.get_secret_value())


def told(code: str, data: str | None = None, *, words: str = "") -> Response:
    """Answer in the wire's envelope."""
    content: dict[str, Any] = {"statusCode": code, "data": data, "errorDetail": words}
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type=_JSON)


def _words_of(problem: ProblemError) -> str:
    """Return a refusal in words; advice for callers of `/v1` is left out."""
    words = problem.detail.partition(";")[0]
    if not problem.errors or isinstance(problem, DuplicateDossierError):
        return words
    return f"{words} {'; '.join(wrong.detail for wrong in problem.errors)}"


def _sender(request: Request, ctx: Context, act: str) -> Caller:
    """Return the nation as a caller of our whole province.

    Raises:
        CodeRefusedError: if the code is not set here, or is not what came.
    """
    kept: str | None = request.app.state.judicial_code
    given = hash_of(request.query_params.get("CodeGet", ""))
    if kept is None or not hmac.compare_digest(given, kept):
        raise CodeRefusedError
    province = AgencyCode(ctx.settings.province)
    sender = Caller(SENDER, province, frozenset(), request_id_of(request))
    request.state.caller, request.state.act = sender, act
    return sender


def _receiver(settings: Settings) -> tuple[AgencyCode, ProcedureCode]:
    """Return who handles applications, by which procedure.

    Raises:
        NotReceivingError: if that is not set.
    """
    try:
        return AgencyCode(settings.judicial_agency), ProcedureCode(settings.judicial_procedure)
    except ValueError:
        raise NotReceivingError from None
