"""`/v1/lookups/civil-status`: what is submitted to the Ministry of Justice, and results."""

import asyncio
import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.codes import DossierCode
from app.exchange.ngsp.civil_status import AT_ONCE
from app.lookups.domain.asking import LookUp, Service, subject_of
from app.lookups.domain.civil_status import CivilRegistration, RegistrationKind
from app.lookups.domain.reasons import NotConnectedError
from app.lookups.routes.granting import terms_of
from app.lookups.routes.router import (
    PROBLEMS,
    answered,
    desk_of,
    look_up,
    question_of,
    resumed,
    router,
)
from app.lookups.schemas.civil_status import (
    BIRTH,
    DEATH,
    MARRIAGE,
    RESULT,
    RESULTS,
    BirthSubmissionIn,
    CivilRegistrationAnswerOut,
    CivilRegistrationsOut,
    DeathSubmissionIn,
    MarriageSubmissionIn,
    RegistrationResultIn,
    RegistrationResultsIn,
    SubmissionIn,
    SubmittedOut,
    reason_of,
)
from app.lookups.use_cases.asking import begin, find_look_up
from app.platform.bodies import Body, read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers

if TYPE_CHECKING:
    from app.lookups.sync.civil_status import CivilStatusDesk

Registrar = Annotated[Caller, requires(Scope.REGISTER_CIVIL_STATUS)]

S = TypeVar("S", bound=SubmissionIn)

_SERVICE: Final = Service.CIVIL_STATUS


@router.post(
    "/v1/lookups/civil-status/births",
    operation_id="submit_birth",
    summary="Gửi đăng ký khai sinh / Submit a birth",
    status_code=201,
    response_model=SubmittedOut,
    responses=problem_answers(400, 401, 403, 404, 413, 415, 422, 502, 503, 504),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(BirthSubmissionIn, example=BIRTH)
async def submit_birth(request: Request, caller: Registrar, ctx: Ctx) -> Response:
    """Submit the birth of a dossier to the Ministry of Justice, under the dossier's code.

    A repeat with the same key goes on where the first attempt stopped; the ministry knows a
    submission by its code, so it is taken once.
    """
    return await _submit(request, ctx, caller, await read_json(request, BirthSubmissionIn))


@router.post(
    "/v1/lookups/civil-status/deaths",
    operation_id="submit_death",
    summary="Gửi đăng ký khai tử / Submit a death",
    status_code=201,
    response_model=SubmittedOut,
    responses=problem_answers(400, 401, 403, 404, 413, 415, 422, 502, 503, 504),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(DeathSubmissionIn, example=DEATH)
async def submit_death(request: Request, caller: Registrar, ctx: Ctx) -> Response:
    """Submit the death of a dossier to the Ministry of Justice, as a birth is submitted."""
    return await _submit(request, ctx, caller, await read_json(request, DeathSubmissionIn))


@router.post(
    "/v1/lookups/civil-status/marriages",
    operation_id="submit_marriage",
    summary="Gửi đăng ký kết hôn / Submit a marriage",
    status_code=201,
    response_model=SubmittedOut,
    responses=problem_answers(400, 401, 403, 404, 413, 415, 422, 502, 503, 504),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(MarriageSubmissionIn, example=MARRIAGE)
async def submit_marriage(request: Request, caller: Registrar, ctx: Ctx) -> Response:
    """Submit the marriage of a dossier to the Ministry of Justice, as a birth is submitted."""
    return await _submit(request, ctx, caller, await read_json(request, MarriageSubmissionIn))


@router.post(
    "/v1/lookups/civil-status/results",
    operation_id="look_up_civil_status",
    summary="Kết quả đăng ký hộ tịch / What became of a registration",
    response_model=CivilRegistrationAnswerOut,
    responses=PROBLEMS,
)
@reads(RegistrationResultIn, example=RESULT)
async def look_up_registration(request: Request, caller: Registrar, ctx: Ctx) -> Response:
    """Ask where the registration of a dossier stands; a finished birth has the child's number."""
    said = (await read_json(request, RegistrationResultIn)).value
    desk, code = _desk(request), said.dossier_code
    question = question_of(request, _SERVICE, f"{said.kind}-result", code, said.reason())
    found = await look_up(ctx, caller, question, lambda _: desk.find(said.kind, said.unit, code))
    return answered(CivilRegistrationAnswerOut.of(*found))


@router.post(
    "/v1/lookups/civil-status/result-lists",
    operation_id="look_up_civil_status_of_several",
    summary="Kết quả nhiều hồ sơ hộ tịch / What became of several registrations",
    response_model=CivilRegistrationsOut,
    responses=PROBLEMS,
)
@reads(RegistrationResultsIn, example=RESULTS)
async def look_up_registrations(request: Request, caller: Registrar, ctx: Ctx) -> Response:
    """Ask where several registrations stand, three at a time; each is a look-up of its dossier."""
    said = (await read_json(request, RegistrationResultsIn)).value
    desk, codes = _desk(request), list(dict.fromkeys(said.dossier_codes))
    found: list[tuple[str, LookUp, CivilRegistration | None]] = []
    for start in range(0, len(codes), AT_ONCE):
        few = codes[start : start + AT_ONCE]
        begun = [await _begun(request, ctx, caller, said.kind, code) for code in few]
        asking = asyncio.ensure_future(desk.find_several(said.kind, said.unit, few))
        settled = await asyncio.gather(
            *(resumed(ctx, caller, one, partial(_pick, asking, code))
              for one, code in zip(begun, few, strict=True)),
            return_exceptions=True,
        )  # fmt: skip
        for code, one, answer in zip(few, begun, settled, strict=True):
            if isinstance(answer, BaseException):
                raise answer
            found.append((code, one, answer))
    return answered(CivilRegistrationsOut.of(found))


async def _pick(
    asking: asyncio.Future[Mapping[str, CivilRegistration]], code: str
) -> CivilRegistration | None:
    return (await asking).get(code)


async def _begun(
    request: Request, ctx: Context, caller: Caller, kind: RegistrationKind, code: DossierCode
) -> LookUp:
    question = question_of(request, _SERVICE, f"{kind}-result", code, reason_of(code))
    return await ctx.database.transact(begin, ctx.clock, caller, question)


async def _submit(request: Request, ctx: Context, caller: Caller, body: Body[S]) -> Response:
    said, desk = body.value, _desk(request)
    wanted, code = said.submission(), said.dossier_code
    question = question_of(request, _SERVICE, wanted.kind.value, code, said.reason())

    terms = await terms_of(request, caller, question)

    def act(connection: Connection) -> Answer:
        begun = begin(connection, ctx.clock, caller, question, terms.leave.grant)
        kept = json.dumps({"lookup_id": begun.id, "dossier_code": code}).encode()
        return created(f"/v1/dossiers/{code}", kept, subject_of(begun.id))

    answer = await answer_once(request, ctx, caller.client_id, body.digest, act)
    begun = await ctx.database.read(find_look_up, str(json.loads(bytes(answer.body))["lookup_id"]))
    received_at = begun.asked_at
    await resumed(ctx, caller, begun, lambda: desk.submit(wanted, received_at=received_at), terms)
    return answer


def _desk(request: Request) -> "CivilStatusDesk":
    desk = desk_of(request).civil_status
    if desk is None:
        raise NotConnectedError(_SERVICE)
    return desk
