"""The router of public services, and how often an address may use what is open to everybody."""

from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.platform.context import Context
from app.platform.routing import DirectRoute
from app.public_services.domain import Looks

router = APIRouter(tags=["public-services"], route_class=DirectRoute)

JSON: Final = "application/json"


def take_look(request: Request, ctx: Context) -> None:
    """Count a look at something that a code alone opens.

    Raises:
        TooManyLooksError: if the address has used up its minute.
    """
    looks: Looks = request.app.state.looks
    looks.take(address_of(request), ctx.clock.now())


def take_read(request: Request, ctx: Context) -> None:
    """Count a reading of what is public.

    Raises:
        TooManyLooksError: if the address has used up its minute.
    """
    reads: Looks = request.app.state.public_reads
    reads.take(address_of(request), ctx.clock.now())


def address_of(request: Request) -> str:
    """Return the address that asks; "" if it is not known."""
    return request.client.host if request.client else ""


def answer(body: BaseModel) -> Response:
    """Return a body as JSON."""
    return Response(body.model_dump_json(), media_type=JSON)
