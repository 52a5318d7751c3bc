"""Reading request bodies strictly: media type, size, JSON, model; every fault with its pointer."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import Request

from app.platform.errors import (
    Invalid,
    MalformedError,
    RefusedError,
    TooLargeError,
    UnsupportedError,
)
from app.platform.problems import MethodNotAllowedError, UnknownResourceError

M = TypeVar("M", bound=BaseModel)
E = TypeVar("E", bound=Callable[..., Any])

_READS = "__reads__"

_REASONS = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "trường này không có trong bản mô tả",
    "string_too_long": "dài quá giới hạn",
    "string_too_short": "ngắn quá giới hạn",
    "string_pattern_mismatch": "không đúng khuôn dạng",
    "enum": "không thuộc các giá trị cho phép",
    "literal_error": "không thuộc các giá trị cho phép",
    "timezone_aware": "thời điểm phải có múi giờ",
    "one_of": "cần đúng một trong các trường được nêu",
    "at_most_one_of": "chỉ được một trong các trường được nêu",
    "value_error": "giá trị không đúng quy cách",
}
_UNKNOWN_REASON = "giá trị không hợp lệ"
_SHOWN = 50
"""At most so many faults are listed; a hostile body could hold thousands."""


class NotJsonError(MalformedError):
    """The body is not JSON."""

    slug = "not-json"
    title = "Nội dung không phải JSON"
    title_en = "The body is not JSON"

    def __init__(self) -> None:
        super().__init__(
            "Không đọc được nội dung: phải là JSON mã hoá UTF-8.",
            "The body cannot be read: it must be JSON in UTF-8.",
        )


class InvalidInputError(RefusedError):
    """Fields of the request do not fit their description."""

    slug = "invalid-input"
    title = "Dữ liệu gửi lên không hợp lệ"
    title_en = "The input is not valid"

    def __init__(self, errors: list[Invalid]) -> None:
        super().__init__(
            "Có trường không đúng mô tả; xem danh sách errors.",
            "Some fields do not fit their description; see errors.",
            errors=errors,
        )


class UnsupportedMediaTypeError(UnsupportedError):
    """The body's media type is not read here."""

    slug = "unsupported-media-type"
    title = "Kiểu nội dung không được hỗ trợ"
    title_en = "Unsupported media type"

    def __init__(self, *wanted: str) -> None:
        names = ", ".join(wanted)
        super().__init__(
            f"Hãy gửi nội dung với Content-Type {names}.", f"Send the body as {names}."
        )


class UnsupportedEncodingError(UnsupportedError):
    """The body is compressed, or encoded in another way."""

    slug = "unsupported-content-encoding"
    title = "Cách mã hoá nội dung không được hỗ trợ"
    title_en = "Unsupported content encoding"

    def __init__(self) -> None:
        super().__init__(
            "Hãy gửi nội dung không nén, không có Content-Encoding.",
            "Send the body as it is, without Content-Encoding.",
            errors=[Invalid("header/Content-Encoding", "không được hỗ trợ", "not supported")],
        )


class BodyTooLargeError(TooLargeError):
    """The body is over the size limit."""

    slug = "body-too-large"
    title = "Nội dung quá lớn"
    title_en = "The body is too large"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"Nội dung vượt quá {limit} byte.",
            f"The body is over {limit} bytes.",
            extensions={"limit": limit},
        )


OUTSIDE: Final = (UnknownResourceError, MethodNotAllowedError, BodyTooLargeError)
"""What stops a request before anybody reads it: every wire has the HTTP status say so, too."""


@dataclass(frozen=True, slots=True)
class Body(Generic[M]):
    """A body as read: its value, and the SHA-256 of its raw bytes in hex."""

    value: M
    digest: str


def digest_of(raw: bytes) -> str:
    """Return the SHA-256 of bytes, in hex."""
    return hashlib.sha256(raw).hexdigest()


def media_type_of(request: Request) -> str:
    """Return the request's media type without parameters, in small letters; "" when absent."""
    return media_type(request.headers.get("content-type", ""))


def media_type(header: str) -> str:
    """Return the media type of a header without parameters, in small letters."""
    return header.partition(";")[0].strip().lower()


async def read_json(request: Request, model: type[M]) -> Body[M]:
    """Read the body as `model`.

    Raises:
        UnsupportedMediaTypeError: if it is not declared as JSON.
        UnsupportedEncodingError: if it is declared as compressed.
        NotJsonError: if it is not JSON.
        InvalidInputError: if it does not fit the model; names every field.
    """
    if media_type_of(request) != "application/json":
        raise UnsupportedMediaTypeError("application/json")
    if request.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
        raise UnsupportedEncodingError
    raw = await request.body()
    return Body(parse_json(raw, model), digest_of(raw))


def parse_json(raw: bytes, model: type[M]) -> M:
    """Return `raw` as `model`; raises as `read_json` does."""
    try:
        value = model.model_validate_json(raw)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        if details[0]["type"] == "json_invalid":
            raise NotJsonError from None
        raise InvalidInputError(invalid_places(details)) from None
    if rb"\u0000" in raw:
        _refuse_nul(value.model_dump())
    return value


def invalid_places(details: list[ErrorDetails], prefix: str = "") -> list[Invalid]:
    """Return pydantic's findings as pointers and reasons, without the values submitted."""
    return [
        Invalid(
            prefix + _pointer(found["loc"]),
            _REASONS.get(found["type"], _UNKNOWN_REASON),
            found["msg"],
        )
        for found in details[:_SHOWN]
    ]


def _pointer(path: tuple[int | str, ...]) -> str:
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def _refuse_nul(value: Any) -> None:
    """Refuse U+0000 inside texts: it is legal JSON, and no database keeps it."""
    wrong = [
        Invalid(pointer, "chứa ký tự U+0000", "contains U+0000") for pointer in _nuls(value, "")
    ]
    if wrong:
        raise InvalidInputError(wrong[:_SHOWN])


def _nuls(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, str):
        if "\x00" in value:
            yield at
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _nuls(name, at)
            yield from _nuls(inner, at + _pointer((name,)))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _nuls(inner, f"{at}/{place}")


@dataclass(frozen=True, slots=True)
class Reads:
    """What a route says of the JSON body it reads itself; goes into the OpenAPI document."""

    model: type[BaseModel]
    example: Mapping[str, Any]


def reads(model: type[BaseModel], *, example: Mapping[str, Any]) -> Callable[[E], E]:
    """Mark an endpoint as reading `model` from the body by `read_json`."""

    def mark(endpoint: E) -> E:
        setattr(endpoint, _READS, Reads(model, example))
        return endpoint

    return mark


def reads_of(endpoint: Callable[..., Any]) -> Reads | None:
    """Return what the endpoint was marked with."""
    return getattr(endpoint, _READS, None)
