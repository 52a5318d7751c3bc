"""The router of errands and what its routes share."""

from typing import Annotated, Final

from fastapi import APIRouter, Path
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.errands import use_cases
from app.errands.domain import Errand, New
from app.errands.schemas.outgoing import ErrandOut
from app.platform.context import Context
from app.platform.idempotency import Answer, answer_once, created
from app.platform.routing import DirectRoute

router = APIRouter(tags=["errands"], route_class=DirectRoute)

JSON: Final = "application/json"
ERRAND: Final = "/v1/errands/{id}"

PathId = Annotated[
    str,
    Path(
        alias="id",
        description="Mã việc. / Id of an errand.",
        examples=["0193a5c0-7e1e-7000-8000-000000000001"],
    ),
]


async def place(request: Request, ctx: Context, caller: Caller, wanted: New) -> Response:
    """Place an errand once for its Idempotency-Key."""

    def act(connection: Connection) -> Answer:
        return created_errand(use_cases.place(connection, ctx.clock, caller, wanted))

    return await answer_once(request, ctx, caller.client_id, wanted.digest, act)


def created_errand(errand: Errand) -> Answer:
    """Return the answer that an errand was placed, or is to be cancelled."""
    content = ErrandOut.of(errand).model_dump_json().encode()
    return created(ERRAND.replace("{id}", errand.id), content, f"errand:{errand.id}")
