"""Answers in the land system's words: `Result` and `Message`, HTTP 200 for what is understood."""

import json
from typing import Any, Final

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from app.platform.context import Context, Ctx
from app.platform.errors import ProblemError, UnauthenticatedError
from app.platform.problems import status_of

_JSON: Final = "application/json; charset=utf-8"
_DONE: Final = "Thành công"
_UNDERSTOOD: Final = 500
"""From this status on the caller must try again, and learns so from the status."""


async def speak_land(request: Request, ctx: Ctx) -> None:
    """Have every refusal of this request answered in the land system's words."""

    def render(problem: ProblemError) -> Response:
        answer = told(ctx, words_of(problem), done=False)
        status = status_of(type(problem))
        if status >= _UNDERSTOOD or isinstance(problem, UnauthenticatedError):
            answer.status_code = status
        return answer

    request.state.render = render


LAND: Final = Depends(speak_land)


def told(ctx: Context, message: str = _DONE, *, done: bool = True, **more: Any) -> Response:
    """Answer whether it is done, in the form that is set."""
    result = int(done) if ctx.settings.land_result_form == "number" else done
    content = {"Result": result, "Message": message, **more}
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type=_JSON)


def words_of(problem: ProblemError) -> str:
    """Return a refusal in words, each wrong place named."""
    if not problem.errors:
        return problem.detail
    return f"{problem.detail} {'; '.join(wrong.detail for wrong in problem.errors)}"
