"""Where a dossier stands, for whoever holds its tracking code or owns it."""

import io
from typing import Annotated, Final

import segno
from fastapi import Header, Path
from starlette.requests import Request
from starlette.responses import Response

from app.codes import DossierCode
from app.dossiers.domain.owning import Account, is_owned_by
from app.platform.context import Context, Ctx
from app.platform.problems import UnknownResourceError, problem_answers
from app.public_services.routes.remembering import page_address, statuses_of
from app.public_services.routes.router import JSON, router, take_look, take_read
from app.public_services.routes.signing_on import Authorization, account_from, link
from app.public_services.schemas.tracking import PublicStatusOut
from app.public_services.use_cases import tracking

_SVG: Final = "image/svg+xml"
_NOT_KEPT: Final = {"Cache-Control": "no-store"}

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
    openapi_extra={"security": [{}, {"citizen": []}]},
)
async def show_public_status(
    code: PathCode,
    request: Request,
    ctx: Ctx,
    tracking_code: TrackingCode = None,
    authorization: Authorization = None,
) -> Response:
    """Show a dossier's status to whoever holds its tracking code; nothing in it is personal.

    Its owner may come with the id_token of an account of the national portal instead, as a
    bearer. Whatever is wrong, the answer is one and the same.
    """
    take_look(request, ctx)
    account = await account_from(request, ctx, authorization)
    if account is None:
        content = (await statuses_of(request).find(code, tracking_code)).content
    else:
        found = await _status_for(request, ctx, code, tracking_code, account)
        content = found.model_dump_json().encode()
    return Response(content, media_type=JSON, headers=_NOT_KEPT)


@router.get(
    "/v1/public-services/dossiers/{code}/qr",
    operation_id="show_tracking_qr",
    summary="Mã QR của trang tra cứu / The tracking page as a QR code",
    response_class=Response,
    responses={
        200: {"content": {_SVG: {"schema": {"type": "string"}}}},
        **problem_answers(404, 429),
    },
)
async def show_tracking_qr(code: PathCode, request: Request, ctx: Ctx) -> Response:
    """Draw the address of the tracking page, to be printed on a receipt.

    It holds the dossier code and no more, and tells nothing of whether there is such a dossier.
    """
    take_read(request, ctx)
    try:
        wanted = DossierCode(code)
    except ValueError:
        raise UnknownResourceError from None
    return Response(qr_of(page_address(ctx, wanted)), media_type=_SVG)


async def status_of(
    request: Request, ctx: Context, code: str, tracking_code: str | None
) -> PublicStatusOut:
    """Return where a dossier stands, counting the look.

    Raises:
        NotShownError: whatever is wrong.
        TooManyLooksError: if the address has used up its minute.
    """
    take_look(request, ctx)
    return (await statuses_of(request).find(code, tracking_code)).status


async def _status_for(
    request: Request, ctx: Context, code: str, tracking_code: str | None, account: Account
) -> PublicStatusOut:
    looked = await ctx.database.read(tracking.look_up, code, tracking_code, account)
    if is_owned_by(looked.dossier, account):
        await link(request, ctx, looked.dossier, account)
    url = page_address(ctx, looked.dossier.code)
    return PublicStatusOut.of(looked, now=ctx.clock.now(), url=url)


def qr_of(address: str) -> str:
    """Return an address as a QR code, an SVG of its own."""
    written = io.BytesIO()
    made = segno.make_qr(address, error="m")
    made.save(written, kind="svg", xmldecl=False, nl=False, scale=4, title=f"Mã QR: {address}")
    return written.getvalue().decode()
