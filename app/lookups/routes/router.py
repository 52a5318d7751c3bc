"""The router that every look-up joins, and what happens around each of them."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.exchange.ngsp.errors import ServiceError
from app.lookups.domain.asking import LookUp, Outcome, Question, Reason, Service
from app.lookups.domain.errors import problem_of
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

T = TypeVar("T")


def desk_of(request: Request) -> "Desk":
    """Return whom this process can ask."""
    found: Desk = request.app.state.desk
    return found


def answered(shown: BaseModel) -> Response:
    """Return an answer that nobody keeps; what is not granted is not in it."""
    content = shown.model_dump_json(exclude_unset=True)
    return Response(content, media_type=JSON, headers={"Cache-Control": "no-store"})


def question_of(
    request: Request, service: Service, operation: str, number: str, reason: Reason | None
) -> Question:
    """Return a question; of the number it is about only a keyed hash is kept."""
    signer: LinkSigner = request.app.state.links
    return Question(service, operation, signer.person_hash(number), reason)


async def look_up(
    ctx: Context, caller: Caller, question: Question, ask: Callable[[LookUp], Awaitable[T | None]]
) -> tuple[LookUp, T | None]:
    """Write a question down, ask it, and write down what came of it.

    Raises:
        ProblemError: that of the service, if there is no answer.
    """
    begun = await ctx.database.transact(asking.begin, ctx.clock, caller, question)
    return begun, await resumed(ctx, question, begun.id, lambda: ask(begun))


async def resumed(
    ctx: Context, question: Question, look_up_id: str, ask: Callable[[], Awaitable[T | None]]
) -> T | None:
    """Ask a question that is written down already, and write down what came of it.

    Raises:
        ProblemError: that of the service, if there is no answer.
    """
    try:
        found = await ask()
    except ServiceError as error:
        outcome = Outcome(error.trouble.value)
        await ctx.database.transact(asking.settle, ctx.clock, look_up_id, outcome)
        raise problem_of(question.service, outcome, error.code, error.retry_after) from error
    outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
    await ctx.database.transact(asking.settle, ctx.clock, look_up_id, outcome)
    return found
