"""What the OpenAPI document says of the axis's wire; `openapi/vxp.yaml` says it in full."""

from collections.abc import Mapping
from typing import Any, Final

from app.facades.vxp.envelope import DOWNLOAD, JSON, OCTETS, SEND

_TEXT: Final = {"type": "string"}
_ROWS: Final = {"type": "array", "items": {"type": "object", "additionalProperties": True}}
_ENVELOPE: Final[Mapping[str, Any]] = {
    "status": {"type": "string", "enum": ["OK", "FAIL"]},
    "ErrorCode": {"type": "string", "description": "Thành công là 0. / 0 on success."},
    "ErrorDesc": {"type": "string", "pattern": r"^[\x20-\x7E]*$"},
}
_BESIDE: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    SEND: ("DocId", _TEXT),
    "getReceivedEdocList": ("data", _ROWS),
    "getSentEdocList": ("data", _ROWS),
    "getEdoc": ("data", {**_TEXT, "description": "edXML, base64"}),
    "countReceiveEdoc": ("count", {"type": "integer"}),
    "countReceiveStatus": ("count", {"type": "integer"}),
    "getAgenciesList": ("data", _ROWS),
    "getAgenciesListQD20": ("data", _ROWS),
    "getSynchronizeUnit": ("data", _ROWS),
}
"""What stands beside the envelope on success; sendEdoc always has its DocId."""

SECURITY: Final = "vxp"
SECURITY_SCHEME: Final[Mapping[str, str]] = {
    "type": "apiKey",
    "in": "header",
    "name": "XroadVnpt-hash-header",
    "description": "HMAC-SHA256 của XroadVnpt-sign-header, xem openapi/vxp.yaml. / HMAC of the "
    "sign-header; all parameters travel inside it.",
}
_FAILED: Final[Mapping[int, str]] = {
    413: "Nội dung quá lớn / Too large",
    500: "Lỗi nội bộ / Internal error",
    503: "Tạm thời không phục vụ được / Not now",
}


def answers(operation: str) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of an operation: an envelope, whatever the HTTP status."""
    if operation == DOWNLOAD:
        content: dict[str, Any] = {OCTETS: {"schema": {**_TEXT, "format": "binary"}}}
        success = "Gói tin; rỗng nếu bị từ chối / The packet; empty when refused"
    else:
        content = {JSON: {"schema": _schema(operation)}}
        success = "Phong bì OK hoặc FAIL / An OK or FAIL envelope"
    return {
        200: {"description": success, "content": content},
        **{status: {"description": text, "content": content} for status, text in _FAILED.items()},
    }


def body(operation: str) -> dict[str, Any]:
    """Return the `requestBody` of an operation, with an example of its kind."""
    if operation == SEND:
        return {"required": True, "content": {OCTETS: {"schema": _TEXT, "example": "<edXML/>\r\n"}}}
    if operation == "registerAgency":
        example = {"pcode": "000.00.12.H38", "code": "000.90.12.H38", "name": "Phòng Ví Dụ"}
    else:
        example = {}
    schema = {"type": "object", "additionalProperties": True}
    return {"required": False, "content": {JSON: {"schema": schema, "example": example}}}


def _schema(operation: str) -> dict[str, Any]:
    properties = dict(_ENVELOPE)
    required = list(_ENVELOPE)
    beside = _BESIDE.get(operation)
    if beside is not None:
        properties[beside[0]] = beside[1]
    if operation == SEND:
        required.append("DocId")
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }
