"""What the routes of all acts share."""

from collections.abc import Callable
from typing import Annotated, Any, Final, TypeVar

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.routes.router import cause_of, dossier_code
from app.dossiers.schemas.acts import ActIn
from app.dossiers.schemas.outgoing import ActOut
from app.dossiers.use_cases.acting import Done, Order
from app.platform.bodies import read_json
from app.platform.context import Context
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers

M = TypeVar("M", bound=ActIn)

Actor = Annotated[Caller, requires(Scope.PROGRESS_DOSSIERS)]
ACT: Final[dict[str, Any]] = {
    "status_code": 201,
    "response_model": ActOut,
    "responses": problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    "openapi_extra": {"parameters": [KEY_PARAMETER]},
}
"""How every route of an act is declared."""


async def answer_act(
    request: Request,
    ctx: Context,
    caller: Caller,
    code: str,
    model: type[M],
    perform: Callable[[Connection, Order, M], Done],
) -> Response:
    """Read the act, do it once, and show what was done."""
    wanted = dossier_code(code)
    body = await read_json(request, model)
    said = body.value
    order = Order(
        code=wanted,
        actor=said.actor.actor(),
        cause=cause_of(ctx, body.digest),
        happened_at=said.happened_at,
        content=said.content,
    )

    def act(connection: Connection) -> Answer:
        done = perform(connection, order, said)
        content = ActOut.done(done.number, done.step, done.dossier).model_dump_json().encode()
        return created(f"/v1/dossiers/{code}", content, f"dossier:{code}")

    return await answer_once(request, ctx, caller.client_id, body.digest, act)
