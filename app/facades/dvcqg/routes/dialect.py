"""Answers in the portal's words: `error_code` and text, HTTP 200 for what is understood."""

import json
from typing import Any, Final

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from app.dossiers.domain.errors import DuplicateDossierError
from app.exchange.dvcqg.portal import Reply
from app.facades.dvcqg.domain import InvalidRecordError, SessionEndedError
from app.platform.bodies import OUTSIDE, InvalidInputError
from app.platform.context import Context, Ctx
from app.platform.errors import ForbiddenError, ProblemError, UnauthenticatedError
from app.platform.problems import status_of
from app.platform.settings import Settings

_JSON: Final = "application/json; charset=utf-8"
_DONE: Final = "Thành công"
_GENERIC: Final = -1
_UNDERSTOOD: Final = 500
"""From this status on the caller must try again, and learns so from the status."""


async def speak_portal(request: Request, ctx: Ctx) -> None:
    """Have every refusal of this request answered in the portal's words, always with HTTP 200."""
    request.state.render = lambda problem: refused(problem, ctx)


async def speak_front(request: Request, ctx: Ctx) -> None:
    """As `speak_portal`; who may not call learns it from the HTTP status, as at any API gateway."""
    request.state.render = lambda problem: refused_at_front(problem, ctx)


async def speak_receiver(request: Request, ctx: Ctx) -> None:
    """As `speak_front`, in the words a receiver of promotion notices is set to answer in."""
    request.state.render = lambda problem: refused_by_receiver(problem, ctx)


PORTAL: Final = Depends(speak_portal)
FRONT: Final = Depends(speak_front)
RECEIVER: Final = Depends(speak_receiver)

_STATUSES: Final = {0: 200, 1: 201, -1: 500}
"""The codes of the second known receiver; that they follow those of the first is inferred."""


def replied(ctx: Context, code: int, message: str = _DONE) -> Response:
    """Answer a promotion notice: 0 taken, 1 known already, -1 refused."""
    if ctx.settings.promotion_reply == "status":
        return answered({"status": _STATUSES[code], "message": message})
    return answered(told(ctx.settings, code, message))


def told(settings: Settings, code: int, message: str, **more: Any) -> dict[str, Any]:
    """Return an envelope, its code written as the setting says."""
    written = str(code) if settings.facade_error_code_form == "text" else code
    return {"error_code": written, "message": message, **more}


def done(ctx: Context, message: str = _DONE, **more: Any) -> Response:
    """Answer that it is done."""
    return answered(told(ctx.settings, 0, message, **more))


def passed(ctx: Context, reply: Reply) -> Response:
    """Answer with what the nation answered."""
    rows = {} if reply.rows is None else {"result": list(reply.rows)}
    try:
        code = int(reply.code)
    except ValueError:
        code = _GENERIC
    return answered(told(ctx.settings, code, reply.text, **rows))


def answered(content: object) -> Response:
    """Answer with JSON, Vietnamese letters as they are."""
    return Response(compact(content), media_type=_JSON)


def compact(content: object) -> str:
    """Return JSON as the portal writes it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def refused(problem: ProblemError, ctx: Context) -> Response:
    """Answer a refusal: the code that systems react to, and the words they match on."""
    settings, code, words = ctx.settings, _GENERIC, problem.detail
    if isinstance(problem, SessionEndedError):
        code = settings.facade_session_error_code
    elif isinstance(problem, DuplicateDossierError):
        # Systems look for “đã tồn tại”; what follows is advice for callers of `/v1`.
        code, words = settings.facade_duplicate_error_code, words.partition(";")[0]
    else:
        words = _words_of(problem)
    answer = answered(told(settings, code, words))
    status = status_of(type(problem))
    if status >= _UNDERSTOOD or isinstance(problem, OUTSIDE):
        answer.status_code = status
    return answer


def refused_at_front(problem: ProblemError, ctx: Context) -> Response:
    """Answer a refusal as the REST front does."""
    answer = refused(problem, ctx)
    if isinstance(problem, UnauthenticatedError | ForbiddenError):
        answer.status_code = status_of(type(problem))
    if isinstance(problem, UnauthenticatedError):
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def refused_by_receiver(problem: ProblemError, ctx: Context) -> Response:
    """Answer a refusal as the receiver of promotion notices does."""
    answer = replied(ctx, _GENERIC, _words_of(problem))
    answer.status_code = refused_at_front(problem, ctx).status_code
    return answer


def _words_of(problem: ProblemError) -> str:
    if isinstance(problem, InvalidInputError):  # Found by the framework, in an address.
        places = [
            f"{wrong.pointer.removeprefix('query/')}: {wrong.detail}" for wrong in problem.errors
        ]
        return InvalidRecordError("; ".join(places)).detail
    if not problem.errors:
        return problem.detail
    return f"{problem.detail} {'; '.join(wrong.detail for wrong in problem.errors)}"
