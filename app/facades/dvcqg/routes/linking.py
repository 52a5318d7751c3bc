"""The portal's deep link: a citizen chose a service there and is led to the right filing page.

The answer leads to registered pages only, or to the address at which signing on begins: nothing of
the link but codes in their grammar gets into an address. What a citizen then files is marked by
the one-stop system: `intake.entry` is `deep_link`.
"""

from typing import Any, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.codes import AgencyCode
from app.facades.dvcqg.domain.linking import BrokenLinkError, Link, SignOn
from app.facades.dvcqg.schemas.pages import page_of
from app.facades.dvcqg.use_cases.linking import page_for
from app.platform.context import Ctx
from app.platform.errors import ProblemError
from app.platform.pages import page_headers
from app.platform.problems import problem_answers, status_of
from app.platform.settings import Settings

_PAGE: Final = {**page_headers(), "Vary": "Accept"}
_AWAY: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_LED: Final[dict[int | str, dict[str, Any]]] = {302: {"description": "Đi tiếp. / Led on."}}


async def speak_to_people(request: Request) -> None:
    """Have a refusal of this request answered with a page, for whoever takes one."""
    if "text/html" not in request.headers.get("accept", ""):
        return

    def render(problem: ProblemError) -> Response:
        status = status_of(type(problem))
        return Response(page_of(problem), status, media_type="text/html", headers=_PAGE)

    request.state.render = render


router = APIRouter(tags=["facades"], dependencies=[Depends(speak_to_people)])


@router.get(
    "/api/dvcqg/NopHoSo",
    operation_id="follow_portal_link",
    summary="Liên kết nộp hồ sơ từ Cổng quốc gia / The national portal's link to a filing page",
    include_in_schema=False,
    status_code=302,
    response_class=RedirectResponse,
    responses={**_LED, **problem_answers(404, 422, 503)},
)
async def follow(request: Request, ctx: Ctx) -> Response:
    """Lead a citizen to the page, by way of signing on where they come without a session."""
    said = dict(request.query_params)
    if len(request.query_params.multi_items()) != len(said):
        raise BrokenLinkError("trùng")
    link, settings = Link.of(said), ctx.settings
    province = AgencyCode(settings.province)
    page = await ctx.database.read(page_for, ctx.clock, link=link, province=province)
    sign_on = sign_on_of(settings)
    has_session = bool(request.cookies.get(settings.deep_link_session_cookie))
    if link.comes_from_portal and sign_on is not None and not has_session:
        return RedirectResponse(sign_on.beginning(page), 302, headers=_AWAY)
    return RedirectResponse(page, 302, headers=_AWAY)


def sign_on_of(settings: Settings) -> SignOn | None:
    """Return where signing on begins; None unless all of it is set: the page begins it itself."""
    url, client = settings.deep_link_authorize_url, settings.deep_link_client_id
    back = settings.deep_link_redirect_uri
    if url is None or client is None or back is None:
        return None
    return SignOn(str(url), client, str(back))
