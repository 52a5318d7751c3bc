"""The one door that stands open to everybody: where a dossier stands."""

from typing import Annotated

from fastapi import Header, Path
from starlette.requests import Request
from starlette.responses import Response

from app.platform.context import Ctx
from app.platform.problems import problem_answers
from app.public_services.routes.router import router, take_look
from app.public_services.schemas.tracking import PublicStatusOut
from app.public_services.use_cases import tracking

PathCode = Annotated[
    str, Path(description="Mã hồ sơ. / Dossier code.", examples=["H38.12-261102-0007"])
]
TrackingCode = Annotated[
    str | None,
    Header(
        alias="X-Tracking-Code",
        description="Mã tra cứu ghi trên giấy hẹn; không đặt trong địa chỉ. / The tracking code; "
        "never in the address.",
        examples=["7K3MPA9TXWQ4ZD2HVEBR"],
    ),
]


@router.get(
    "/v1/public-services/dossiers/{code}",
    operation_id="show_public_status",
    summary="Tra cứu trạng thái hồ sơ / Look up where a dossier stands",
    response_model=PublicStatusOut,
    responses=problem_answers(404, 429, 503),
)
async def show_public_status(
    code: PathCode, request: Request, ctx: Ctx, tracking_code: TrackingCode = None
) -> Response:
    """Show a dossier's status to whoever holds its tracking code; nothing in it is personal."""
    take_look(request, ctx)
    dossier, steps = await ctx.database.read(tracking.look_up, code, tracking_code)
    content = PublicStatusOut.of(dossier, steps).model_dump_json()
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})
