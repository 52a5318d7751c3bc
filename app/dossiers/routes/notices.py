"""Receipts and notices, as data or as a page to print."""

from typing import Annotated, Any, Final

from fastapi import Header, Path
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.notices import Form, Notice, NoticeUnavailableError
from app.dossiers.routes.router import JSON, PathCode, dossier_code, router
from app.dossiers.schemas.notices import NoticeOut, page_of
from app.dossiers.use_cases.noticing import show_notice as show
from app.platform.context import Ctx
from app.platform.pages import page_headers
from app.platform.problems import problem_answers

_SUFFIX: Final = ".html"
_PAGE: Final[dict[str, Any]] = {
    "text/html": {"schema": {"type": "string"}},
}
_HEADERS: Final = {
    **page_headers(),
    "Vary": "Accept",
}
PathForm = Annotated[
    str,
    Path(
        description="Mẫu 01 đến 07; thêm .html để lấy trang in. / Form 01 to 07; with .html the "
        "page to print.",
        examples=["06"],
    ),
]
Accept = Annotated[str, Header(include_in_schema=False)]
"""OpenAPI says it by the media types of the answer, and knows no parameter of this name."""


@router.get(
    "/v1/dossiers/{code}/notices/{form}",
    operation_id="show_notice",
    summary="Giấy tiếp nhận, phiếu, thông báo / Receipts and notices",
    response_model=NoticeOut,
    responses={200: {"content": _PAGE}, **problem_answers(401, 403, 404, 503)},
)
async def show_notice(
    code: PathCode,
    form: PathForm,
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
    accept: Accept = "",
) -> Response:
    """Fill a form for a dossier; one that tells of what did not happen does not exist.

    01 receipt and appointment, 02 request to supplement, 03 refusal, 04 apology and new
    appointment, 05 notice of stopping, 06 control sheet, 07 register of the day.
    """
    wanted = _form(form.removesuffix(_SUFFIX))
    notice: Notice = await ctx.database.read(show, caller, dossier_code(code), wanted)
    if form.endswith(_SUFFIX) or _prefers_page(accept):
        return Response(page_of(notice), media_type="text/html", headers=_HEADERS)
    content = NoticeOut.of(notice).model_dump_json()
    return Response(content, media_type=JSON, headers=_HEADERS)


def _form(text: str) -> Form:
    try:
        return Form(text)
    except ValueError:
        raise NoticeUnavailableError from None


def _prefers_page(accept: str) -> bool:
    """Tell whether a client would rather have HTML than JSON; data when it does not mind."""
    wishes: dict[str, float] = {}
    for wish in accept.split(","):
        kind, _, parameters = wish.partition(";")
        wishes[kind.strip().lower()] = _quality(parameters)
    data = max(wishes.get(kind, 0) for kind in (JSON, "application/*", "*/*"))
    return wishes.get("text/html", 0) > data


def _quality(parameters: str) -> float:
    _, _, text = parameters.partition("q=")
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
