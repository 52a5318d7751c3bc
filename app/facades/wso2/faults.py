"""How WSO2 API Manager says that a call is refused: by code, in one of its versions' shapes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal
from xml.sax.saxutils import escape

from starlette.responses import Response

Shape = Literal["json-3", "xml-3", "json-4"]

_NAMESPACE: Final = "http://wso2.org/apimanager/security"
_UNAUTHENTICATED: Final = 401


@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal: its HTTP status, WSO2's code and message, and a description of ours."""

    status: int
    code: int
    message: str
    description: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_headers(self, headers: Mapping[str, str]) -> "Fault":
        """Return it with further header lines."""
        return replace(self, headers={**self.headers, **headers})


INVALID: Final = Fault(
    401, 900901, "Invalid Credentials",
    "Mã truy cập sai, hết hạn hoặc đã bị thu hồi. / The token is wrong, expired or revoked.",
)  # fmt: skip
MISSING: Final = Fault(
    401, 900902, "Missing Credentials",
    "Thiếu tiêu đề Authorization. / There is no Authorization header.",
)  # fmt: skip
BLOCKED: Final = Fault(
    401, 900907, "The requested API is temporarily blocked",
    "Quyền sử dụng đang tạm dừng. / The grant is suspended.",
)  # fmt: skip
API_BLOCKED: Final = Fault(503, 700700, "API blocked", "")
"""Its description says why."""

INACTIVE: Final = Fault(
    401, 900909, "The subscription to the API is inactive",
    "Quyền sử dụng đã hết hạn hoặc bị thu hồi. / The grant has expired or was revoked.",
)  # fmt: skip
NO_RESOURCE: Final = Fault(
    403, 900906, "No matching resource found in the API for the given request",
    "Không có dịch vụ hoặc thao tác này. / There is no such service or operation.",
)  # fmt: skip
FORBIDDEN: Final = Fault(
    403, 900908, "Resource forbidden",
    "Ứng dụng chưa được cấp quyền sử dụng. / The application was not granted this.",
)  # fmt: skip
NO_SCOPE: Final = Fault(
    403, 900910, "The access token does not allow you to access the requested resource",
    "Mã truy cập không có quyền services:forward. / The token lacks services:forward.",
)  # fmt: skip
UNCLASSIFIED: Final = Fault(
    500, 900900, "Unclassified Authentication Failure",
    "Chưa kiểm tra được quyền; xin gọi lại. / The right could not be checked; call again.",
)  # fmt: skip
UNSAFE: Final = Fault(
    400, 400, "Bad Request",
    "Đường dẫn hoặc truy vấn không an toàn. / The path or query is not safe.",
)  # fmt: skip
UNFIT: Final = Fault(
    400, 400, "Bad Request",
    "Dịch vụ cần nội dung là một đối tượng JSON. / The service wants a JSON object.",
)  # fmt: skip
TOO_LARGE: Final = Fault(
    413, 413, "Request Entity Too Large",
    "Nội dung vượt giới hạn của dịch vụ. / The body is over the limit of the service.",
)  # fmt: skip
STALLED: Final = Fault(
    408, 408, "Request Timeout",
    "Nội dung không đến đủ. / The rest of the body did not come.",
)  # fmt: skip
INTERNAL: Final = Fault(
    500, 500, "Internal Server Error",
    "Hệ thống gặp lỗi ngoài dự kiến. / Something unforeseen failed.",
)  # fmt: skip

THROTTLED: Final[Mapping[int, str]] = {
    900800: "Message throttled out",
    900802: "Message throttled out",
    900803: "Message throttled out",
    900804: "Message throttled out",
    900805: "Message blocked",
    900806: "Message throttled out",
    900807: "Message throttled out",
}
"""Messages of the codes by which a quota says which of its levels is used up."""

_HARD_LIMIT: Final = Fault(
    503, 900801, "Hard limit exceeded",
    "Dịch vụ đã tới giới hạn chịu tải; xem Retry-After. / The service bears no more now; see "
    "Retry-After.",
)  # fmt: skip
_BLOCKED: Final = Fault(
    429, 900805, THROTTLED[900805],
    "Lượt gọi bị chặn: hạn mức bằng 0. / The call is blocked by a quota of no calls.",
)  # fmt: skip
_SPECIAL: Final = {one.code: one for one in (_HARD_LIMIT, _BLOCKED)}


def throttled(code: int) -> Fault:
    """Return the fault of a quota that is used up."""
    return _SPECIAL.get(code) or Fault(
        429, code, THROTTLED[code],
        "Đã hết hạn mức; xem Retry-After. / The quota is used up; see Retry-After.",
    )  # fmt: skip


def wants_json(lines: Iterable[tuple[bytes, bytes]]) -> bool:
    """Tell whether a caller asks for JSON in so many words."""
    return any(name == b"accept" and b"json" in value.lower() for name, value in lines)


def render(fault: Fault, shape: Shape, *, asks_json: bool = False) -> Response:
    """Return the answer for a fault; where XML is usual, JSON comes if it is asked for."""
    if shape == "xml-3" and not asks_json:
        return _answer(fault, _xml(fault), "application/xml")
    told: dict[str, object] = {
        "code": str(fault.code) if shape == "json-4" else fault.code,
        "message": fault.message,
        "description": fault.description,
    }
    body = told if shape == "json-4" else {"fault": told}
    return _answer(fault, json.dumps(body, ensure_ascii=False), "application/json")


def _xml(fault: Fault) -> str:
    parts = {"code": fault.code, "message": fault.message, "description": fault.description}
    inside = "".join(f"<ams:{name}>{escape(str(it))}</ams:{name}>" for name, it in parts.items())
    return f'<ams:fault xmlns:ams="{_NAMESPACE}">{inside}</ams:fault>'


def _answer(fault: Fault, text: str, kind: str) -> Response:
    headers = dict(fault.headers)
    if fault.status == _UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(text.encode(), fault.status, headers, media_type=f"{kind}; charset=utf-8")
