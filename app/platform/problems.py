"""Refusals as RFC 9457 bodies: one table from category to status, one renderer."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.platform import errors
from app.platform.errors import Invalid, ProblemError

MEDIA_TYPE = "application/problem+json"

STATUS: Mapping[type[ProblemError], int] = {
    errors.MalformedError: 400,
    errors.UnauthenticatedError: 401,
    errors.ForbiddenError: 403,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.GoneError: 410,
    errors.TooLargeError: 413,
    errors.UnsupportedError: 415,
    errors.RefusedError: 422,
    errors.TooManyError: 429,
    errors.UnusableAnswerError: 502,
    errors.UnavailableError: 503,
    errors.NoAnswerInTimeError: 504,
    errors.NoRoomError: 507,
}


class UnknownResourceError(errors.NotFoundError):
    """No resource has this address."""

    slug = "not-found"
    title = "Không tìm thấy"
    title_en = "Not found"

    def __init__(self) -> None:
        super().__init__(
            "Không có tài nguyên ở địa chỉ này.", "There is no resource at this address."
        )


class MethodNotAllowedError(ProblemError):
    """The resource exists and does not know this method."""

    slug = "method-not-allowed"
    title = "Phương thức không được hỗ trợ"
    title_en = "Method not allowed"

    def __init__(self) -> None:
        super().__init__(
            "Tài nguyên này không nhận phương thức đó; xem tiêu đề Allow.",
            "This resource does not take that method; see the Allow header.",
        )


class InternalError(ProblemError):
    """Our own fault; nothing of the request was recorded unless an answer said so."""

    slug = "internal-error"
    title = "Lỗi nội bộ"
    title_en = "Internal error"

    def __init__(self) -> None:
        super().__init__(
            "Hệ thống gặp lỗi ngoài dự kiến; hãy báo mã yêu cầu cho quản trị viên.",
            "Something unforeseen failed; give the request id to the administrator.",
        )


class NotHttpError(ProblemError):
    """What came over the connection is no HTTP/1.1 request, or an ambiguous one."""

    slug = "not-http"
    title = "Không phải yêu cầu HTTP"
    title_en = "Not an HTTP request"

    def __init__(self) -> None:
        super().__init__(
            "Không đọc được yêu cầu theo HTTP/1.1.", "The request cannot be read as HTTP/1.1."
        )


class HeadTooLargeError(ProblemError):
    """The head of the request, or what follows its body, is over the size limit."""

    slug = "request-head-too-large"
    title = "Phần đầu yêu cầu quá lớn"
    title_en = "The request's head is too large"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"Địa chỉ và các tiêu đề vượt quá {limit} byte.",
            f"Address and headers are over {limit} bytes.",
            extensions={"limit": limit},
        )


class HeadTooLateError(ProblemError):
    """The head of the request did not come to its end in time."""

    slug = "request-head-too-late"
    title = "Phần đầu yêu cầu đến quá chậm"
    title_en = "The request's head is too late"

    def __init__(self) -> None:
        super().__init__(
            "Không nhận đủ địa chỉ và các tiêu đề trong thời hạn.",
            "Address and headers did not arrive in time.",
        )


class UnexpectedAnswerError(ProblemError):
    """A framework refusal that has no name of its own."""

    slug = "http-error"
    title = "Yêu cầu không thực hiện được"
    title_en = "The request cannot be carried out"

    def __init__(self) -> None:
        super().__init__("Yêu cầu bị từ chối.", "The request was refused.")


_OWN_STATUS: Mapping[type[ProblemError], int] = {
    MethodNotAllowedError: 405,
    InternalError: 500,
    UnexpectedAnswerError: 400,
    NotHttpError: 400,
    HeadTooLateError: 408,
    HeadTooLargeError: 431,
}


def status_of(kind: type[ProblemError]) -> int:
    """Return the HTTP status of a kind of problem."""
    if kind in _OWN_STATUS:
        return _OWN_STATUS[kind]
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)


def known_problems() -> dict[str, type[ProblemError]]:
    """Return every named problem of the program by its slug."""
    return {kind.slug: kind for kind in _descendants(ProblemError) if kind.slug}


def _descendants(kind: type[ProblemError]) -> Iterator[type[ProblemError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)


def _place(wrong: Invalid) -> dict[str, str]:
    return {"pointer": wrong.pointer, "detail": wrong.detail, "detail_en": wrong.detail_en}


def render(
    problem: ProblemError,
    *,
    request_id: str,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer for a problem. `request_id` becomes its `instance`."""
    code = status or status_of(type(problem))
    body: dict[str, object] = {
        "type": f"/problems/{problem.slug}",
        "title": problem.title,
        "title_en": problem.title_en,
        "status": code,
        "detail": problem.detail,
        "detail_en": problem.detail_en,
        "instance": f"urn:uuid:{request_id}",
    }
    if problem.errors:
        body["errors"] = [_place(wrong) for wrong in problem.errors]
    for name, fact in problem.extensions.items():
        body.setdefault(name, fact)
    extra = dict(headers or {})
    if problem.retry_after is not None:
        extra["Retry-After"] = str(problem.retry_after)
    if isinstance(problem, errors.UnauthenticatedError):
        extra.setdefault("WWW-Authenticate", "Bearer")
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(content, status_code=code, headers=extra, media_type=MEDIA_TYPE)


def problem_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that may answer these problems; 500 is always one."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in (*statuses, 500)
    }


def request_id_of(request: Request) -> str:
    """Return the id the middleware gave this request."""
    return str(request.scope["request_id"])
