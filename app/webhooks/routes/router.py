"""The router of webhooks, and what its routes share."""

from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.requests import Request

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.sealing import Sealer
from app.webhooks.domain.errors import NoSealingKeyError

router = APIRouter(tags=["webhooks"])

PATH: Final = "/v1/webhooks"
Manager = Annotated[Caller, requires(Scope.MANAGE_WEBHOOKS)]
PathWebhook = Annotated[
    str,
    Path(
        alias="id",
        max_length=100,
        description="Mã webhook. / Id of a webhook.",
        examples=["0193a5c0-7e1e-7000-8000-000000000002"],
    ),
]


def sealer_in(request: Request) -> Sealer:
    """Return what keeps secrets.

    Raises:
        NoSealingKeyError: if no key is set for it.
    """
    sealer: Sealer | None = request.app.state.sealer
    if sealer is None:
        raise NoSealingKeyError
    return sealer
