"""What the portal refuses: always HTTP 200, an error_code and a Vietnamese text."""

from pydantic import ValidationError

GENERIC = -1
"""The generic failure of the sheet; the portal's validation codes are not public."""

_REASONS = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "không có trường này",
    "string_type": "phải là chuỗi",
    "too_long": "quá nhiều dòng",
    "too_short": "không có dòng nào",
    "string_too_long": "quá dài",
    "string_too_short": "không được để trống",
}


class PortalRefusalError(Exception):
    """A refusal with its error_code."""

    def __init__(self, message: str, code: int = GENERIC) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def invalid(wrong: ValidationError) -> PortalRefusalError:
    """Name each wrong field and what is wrong with it, without repeating its content."""
    named = [
        f"{'.'.join(map(str, error['loc']))}: {_REASONS.get(error['type'], 'không đúng định dạng')}"
        for error in wrong.errors(include_url=False, include_context=False, include_input=False)
    ]
    return PortalRefusalError("Dữ liệu không hợp lệ: " + "; ".join(dict.fromkeys(named)))
