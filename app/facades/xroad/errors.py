"""How X-Road says that a call failed: three words, in JSON or XML, and a header with the first."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal
from xml.sax.saxutils import escape

from starlette.responses import Response

from app.access.domain import InvalidTokenError, MissingScopeError
from app.broker.carrying.calls import ExhaustedError, RefusedCallError
from app.broker.domain.carrying import (
    BodyUnfitError,
    CallStalledError,
    CallTooLargeError,
    CarryingError,
    Failing,
)
from app.broker.domain.deciding import RefusalReason, Refused
from app.broker.domain.errors import words_of_block
from app.platform.database import DatabaseUnavailableError

Spelling = Literal["camel", "snake"]

_CALLERS: Final = "Client."
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])", re.ASCII)
_PROVIDER: Final = "Server.ServerProxy."
_CONSUMER: Final = "Server.ClientProxy."


class XroadError(Exception):
    """A call failed, in the words of X-Road; `kind` is the type in its first spelling."""

    def __init__(self, kind: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.message = message
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Manner:
    """How errors are said to one caller; `detail` is the id under which it stands in our log."""

    spelling: Spelling
    is_xml: bool
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)


REFUSALS: Final = (
    XroadError,
    InvalidTokenError,
    MissingScopeError,
    RefusedCallError,
    ExhaustedError,
    CarryingError,
    CallStalledError,
    CallTooLargeError,
    BodyUnfitError,
    DatabaseUnavailableError,
)
"""What is said as an error."""

_BY_KIND: Final[Mapping[type[Exception], tuple[str, str]]] = {
    InvalidTokenError: (
        f"{_CONSUMER}SslAuthenticationFailed",
        "Mã truy cập thiếu, sai hoặc hết hạn. / The token is missing, wrong or expired.",
    ),
    MissingScopeError: (
        f"{_PROVIDER}AccessDenied",
        "Mã truy cập không có quyền services:forward. / The token lacks services:forward.",
    ),
    CallTooLargeError: (
        "Client.InvalidBody",
        "Nội dung vượt giới hạn của dịch vụ. / The body is over the limit of the service.",
    ),
    CallStalledError: (
        "Client.InvalidBody",
        "Nội dung không đến đủ. / The rest of the body did not come.",
    ),
    BodyUnfitError: (
        "Client.InvalidBody",
        "Dịch vụ cần nội dung là một đối tượng JSON. / The service wants a JSON object.",
    ),
    DatabaseUnavailableError: (
        f"{_CONSUMER}DatabaseError",
        "Hệ thống tạm thời không phục vụ được. / The gateway cannot serve now.",
    ),
}
NO_MEMBER: Final = (
    f"{_CONSUMER}UnknownMember",
    "Không có thành viên này. / There is no such member.",
)
UNKNOWN: Final = (
    f"{_PROVIDER}UnknownService",
    "Không có dịch vụ này. / There is no such service.",
)
_DENIED: Final = (
    f"{_PROVIDER}AccessDenied",
    "Ứng dụng chưa được cấp quyền sử dụng. / The application was not granted this.",
)
_BY_REASON: Final[Mapping[RefusalReason, tuple[str, str]]] = {
    RefusalReason.UNSAFE_PATH: (
        "Client.BadRequest",
        "Đường dẫn hoặc truy vấn không an toàn. / The path or query is not safe.",
    ),
    RefusalReason.UNKNOWN_SERVICE: UNKNOWN,
    RefusalReason.NOT_PUBLISHED: (
        f"{_PROVIDER}ServiceDisabled",
        "Dịch vụ không hoạt động. / The service is disabled.",
    ),
    RefusalReason.NO_OPERATION: _DENIED,
    RefusalReason.NOT_GRANTED: _DENIED,
    RefusalReason.EXPIRED: _DENIED,
    RefusalReason.REVOKED: _DENIED,
    RefusalReason.SUSPENDED: _DENIED,
}
_BY_FAILING: Final[Mapping[Failing, str]] = {
    Failing.CREDENTIAL_FAILED: "ServiceFailed",
    Failing.ANSWER_UNREADABLE: "InvalidResponse",
    Failing.ANSWER_TOO_LARGE: "InvalidResponse",
    Failing.CIRCUIT_OPEN: "ServiceFailed",
}


def error_of(error: Exception) -> XroadError:
    """Return what is said for one of `REFUSALS`."""
    if isinstance(error, XroadError):
        return error
    if isinstance(error, RefusedCallError):
        return _refused(error.refused)
    if isinstance(error, ExhaustedError):
        said = "Đã hết hạn mức; xem Retry-After. / The quota is used up; see Retry-After."
        return XroadError(f"{_PROVIDER}ServiceFailed", said, error.exhausted.headers)
    if isinstance(error, CarryingError):
        kind = _BY_FAILING.get(error.reason, "NetworkError")
        said = f"Dịch vụ chưa đáp ứng. / The service did not answer ({error.reason})."
        again = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
        return XroadError(f"{_PROVIDER}{kind}", said, again)
    return XroadError(*next(it for kind, it in _BY_KIND.items() if isinstance(error, kind)))


def _refused(refused: Refused) -> XroadError:
    if refused.reason is RefusalReason.BLOCKED and refused.service is not None:
        said = " / ".join(words_of_block(refused.service))
        return XroadError(f"{_PROVIDER}ServiceDisabled", said)
    return XroadError(*_BY_REASON[refused.reason])


def render(error: XroadError, manner: Manner) -> Response:
    """Return the answer for an error: 400 if it is the caller's, 500 for every other."""
    kind = spelled(error.kind, manner.spelling)
    parts = {"type": kind, "message": error.message, "detail": manner.detail}
    headers = {**manner.headers, **error.headers, "X-Road-Error": kind}
    status = 400 if error.kind.startswith(_CALLERS) else 500
    if manner.is_xml:
        inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items())
        content = f'<?xml version="1.0" encoding="UTF-8"?><error>{inside}</error>'
        return Response(content.encode(), status, headers, media_type="application/xml")
    content = json.dumps(parts, ensure_ascii=False)
    return Response(content.encode(), status, headers, media_type="application/json")


def spelled(kind: str, spelling: Spelling) -> str:
    """Return a type as it is spelled: camel until X-Road 7.7, snake from 7.8.0 on.

    Of a snake only the last part has underscores: `server.serverproxy.access_denied`.
    """
    if spelling == "camel":
        return kind
    *before, last = kind.split(".")
    return ".".join([*before, _HUMP.sub("_", last)]).lower()
