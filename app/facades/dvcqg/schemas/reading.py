"""Reading calls of the portal: JSON by its wire names, every fault named in Vietnamese."""

import json
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from app.facades.dvcqg.domain import InvalidRecordError, NotAnObjectError

M = TypeVar("M", bound=BaseModel)

_REASONS: Final = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "không có trường này",
    "string_type": "phải là chuỗi",
    "too_long": "quá nhiều dòng",
    "too_short": "không có dòng nào",
    "string_too_long": "quá dài",
    "string_too_short": "không được để trống",
}


def read_object(raw: bytes) -> dict[str, Any]:
    """Return the JSON object of a body.

    Raises:
        NotAnObjectError: if it is none, or holds U+0000, which no database keeps.
    """
    found = _parsed(raw)
    if not isinstance(found, dict):
        raise NotAnObjectError
    return found


def read_array(raw: bytes) -> list[Any]:
    """Return the bare JSON array of a body.

    Raises:
        InvalidRecordError: if it is none.
    """
    found = _parsed(raw)
    if not isinstance(found, list):
        raise InvalidRecordError("nội dung phải là một mảng JSON")
    return found


def read_as(model: type[M], content: Any, *, at: str = "") -> M:
    """Read content by its wire names, and by them only; `at` is where it stands.

    Raises:
        InvalidRecordError: names every wrong place, without what was said there.
    """
    try:
        return model.model_validate(content, by_name=False, by_alias=True)
    except ValidationError as wrong:
        found = wrong.errors(include_url=False, include_context=False, include_input=False)
        above = {fault["loc"][:depth] for fault in found for depth in range(len(fault["loc"]))}
        # A list whose elements are wrong is also too short; only the elements are worth telling.
        named = [
            f"{'.'.join([at, *map(str, fault['loc'])]).strip('.')}: "
            f"{_REASONS.get(fault['type'], 'không đúng định dạng')}"
            for fault in found
            if fault["loc"] not in above
        ]
        raise InvalidRecordError("; ".join(dict.fromkeys(named))) from None


def _parsed(raw: bytes) -> Any:
    try:
        found = from_json(raw)
    except ValueError:
        raise NotAnObjectError from None
    if b"\\u0000" in raw and "\\u0000" in json.dumps(found):
        raise NotAnObjectError
    return found
