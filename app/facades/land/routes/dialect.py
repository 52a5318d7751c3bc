"""Answers in the land system's words: `Result` and `Message`, HTTP 200 for what is understood."""

import json
from collections.abc import Mapping
from typing import Any, Final

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from app.platform.bodies import OUTSIDE
from app.platform.context import Context, Ctx
from app.platform.errors import Invalid, ProblemError, UnauthenticatedError
from app.platform.problems import status_of

_JSON: Final = "application/json; charset=utf-8"
_DONE: Final = "Thành công"
_UNDERSTOOD: Final = 500
"""From this status on the caller must try again, and learns so from the status."""

_PLACES: Final[Mapping[str, str]] = {
    "/agency_code": "MaDonVi",
    "/procedure_code": "ThongTinQuyTrinh.MaQuyTrinh",
    "/received_at": "NgayTiepNhan",
    "/due_at": "NgayHenTra",
}
"""What this wire calls the places that refusals of a dossier name."""

_STATUS: Final = "/status"
"""No place of this wire: which way is not open stands in the words already."""


async def speak_land(request: Request, ctx: Ctx) -> None:
    """Have every refusal of this request answered in the land system's words."""
    request.state.render = lambda problem: refused(problem, ctx)


LAND: Final = Depends(speak_land)


def refused(problem: ProblemError, ctx: Context) -> Response:
    """Answer a refusal."""
    answer = told(ctx, words_of(problem), done=False)
    status = status_of(type(problem))
    if status >= _UNDERSTOOD or isinstance(problem, (UnauthenticatedError, *OUTSIDE)):
        answer.status_code = status
    if problem.retry_after is not None:
        answer.headers["Retry-After"] = str(problem.retry_after)
    return answer


def told(ctx: Context, message: str = _DONE, *, done: bool = True, **more: Any) -> Response:
    """Answer whether it is done, in the form that is set."""
    result = int(done) if ctx.settings.land_result_form == "number" else done
    content = {"Result": result, "Message": message, **more}
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type=_JSON)


def words_of(problem: ProblemError) -> str:
    """Return a refusal in words, each wrong place named."""
    told = [_named(wrong) for wrong in problem.errors if wrong.pointer != _STATUS]
    return f"{problem.detail} {'; '.join(told)}" if told else problem.detail


def _named(wrong: Invalid) -> str:
    place = _PLACES.get(wrong.pointer)
    return wrong.detail if place is None else f"{place}: {wrong.detail}"
