"""The router of the broker's register, and what its routes share."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.broker.domain.lifecycle import CODE, VERSION
from app.broker.register import Register
from app.platform.context import Context
from app.platform.idempotency import Answer, answer_once, created

router = APIRouter(tags=["broker"])

JSON: Final = "application/json"
PathCode = Annotated[
    str, Path(pattern=CODE, description="Mã dịch vụ. / Code of a service.", examples=["land"])
]
PathVersion = Annotated[
    str, Path(pattern=VERSION, description="Phiên bản. / A version.", examples=["1.0"])
]
PathId = Annotated[str, Path(max_length=36, pattern=r"^[0-9a-f-]+$", description="Mã. / Its id.")]


def answer(body: BaseModel) -> Response:
    """Return a body as JSON."""
    return Response(body.model_dump_json(), media_type=JSON)


async def acted(
    request: Request, ctx: Context, caller: Caller, digest: str, act: Callable[..., Answer]
) -> Response:
    """Run an act on the register once; this process knows of it with the next decision."""
    done = await answer_once(request, ctx, caller.client_id, digest, act)
    register: Register = request.app.state.register
    register.forget()
    return done


def told(location: str, body: BaseModel, subject: str) -> Answer:
    """Return the 201 of an act."""
    return created(location, body.model_dump_json().encode(), subject)


PROBLEMS: Final = (400, 401, 403, 404, 409, 413, 415, 422, 503)
VERSION_PATH: Final = "/v1/services/{code}/versions/{version}"


def version_path(key: tuple[str, str]) -> str:
    """Return the address of a version."""
    return f"/v1/services/{key[0]}/versions/{key[1]}"
