"""The router that every look-up joins, and what happens around each of them."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.dossiers.use_cases.owing import Cause
from app.exchange.ngsp.errors import ServiceError
from app.lookups.domain.asking import LookUp, Outcome, Question, Reason, Service
from app.lookups.domain.errors import problem_of
from app.lookups.domain.granting import BY_SCOPE, Leave
from app.lookups.routes.granting import Terms
from app.lookups.schemas.shown import hidden
from app.lookups.use_cases import asking
from app.platform.context import Context
from app.platform.links import LinkSigner
from app.platform.problems import problem_answers
from app.platform.routing import DirectRoute

if TYPE_CHECKING:
    from app.lookups.sync import Desk

router = APIRouter(tags=["lookups"], route_class=DirectRoute)

JSON: Final = "application/json"
PROBLEMS: Final = problem_answers(400, 401, 403, 404, 413, 415, 422, 502, 503, 504)
FREE: Final = Terms()
"""Everything may be told, on the scope's word; nothing is kept."""

T = TypeVar("T")


def desk_of(request: Request) -> "Desk":
    """Return whom this process can ask."""
    found: Desk = request.app.state.desk
    return found


def answered(shown: BaseModel, leave: Leave = BY_SCOPE) -> Response:
    """Return an answer that nobody keeps; what may not be told is not in it."""
    content = shown.model_dump_json(exclude=hidden(shown, leave))
    return Response(content, media_type=JSON, headers={"Cache-Control": "no-store"})


def question_of(
    request: Request, service: Service, operation: str, number: str, reason: Reason | None
) -> Question:
    """Return a question; of the number it is about only a keyed hash is kept."""
    signer: LinkSigner = request.app.state.links
    return Question(service, operation, signer.person_hash(number), reason)


async def look_up(
    ctx: Context,
    caller: Caller,
    question: Question,
    ask: Callable[[LookUp], Awaitable[T | None]],
    terms: Terms = FREE,
) -> tuple[LookUp, T | None]:
    """Write a question down, ask it, and write down what came of it.

    What a grant lets us keep is asked once; the question is written down all the same.

    Raises:
        ProblemError: that of the service, if there is no answer.
    """
    leave, kept = terms.leave, terms.kept
    begun = await ctx.database.transact(
        asking.begin, ctx.clock, caller, question, grant=leave.grant
    )
    known: T | None = None if kept is None else kept.find(terms.key)
    if known is not None:
        await _settle(ctx, caller, begun, Outcome.FOUND, terms)
        return begun, known
    found = await resumed(ctx, caller, begun, lambda: ask(begun), terms)
    if found is not None and kept is not None and leave.cache_seconds:
        kept.keep(terms.key, found, leave.cache_seconds)
    return begun, found


async def resumed(
    ctx: Context,
    caller: Caller,
    begun: LookUp,
    ask: Callable[[], Awaitable[T | None]],
    terms: Terms = FREE,
) -> T | None:
    """Ask a question that is written down already, and write down what came of it.

    Raises:
        ProblemError: that of the service, if there is no answer.
    """
    try:
        found = await ask()
    except ServiceError as error:
        outcome = Outcome(error.trouble.value)
        await _settle(ctx, caller, begun, outcome, terms)
        raise problem_of(begun, outcome, error.code, error.retry_after) from error
    outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
    await _settle(ctx, caller, begun, outcome, terms)
    return found


async def _settle(
    ctx: Context, caller: Caller, begun: LookUp, outcome: Outcome, terms: Terms
) -> None:
    codes = ctx.settings.lookup_database_codes
    answer = asking.Answer(
        look_up=begun,
        outcome=outcome,
        cause=Cause.of(ctx.settings, begun.question.about),
        database_code=codes.get(begun.question.service.value),
        proof=terms.proof,
    )
    await ctx.database.transact(asking.settle, ctx.clock, caller, answer)
