"""Why a call could not be carried; nothing of an answer has left when one of these is raised."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Failing(StrEnum):
    """What happened on the way, in one word; it goes into records and into the faults' texts."""

    CONNECT_FAILED = "connect-failed"
    CONNECT_TIMEOUT = "connect-timeout"
    ADDRESS_REFUSED = "address-refused"
    TLS_FAILED = "tls-failed"
    TIMEOUT = "timeout"
    CONNECTION_LOST = "connection-lost"
    ANSWER_UNREADABLE = "answer-unreadable"
    ANSWER_TOO_LARGE = "answer-too-large"
    CIRCUIT_OPEN = "circuit-open"
    CREDENTIAL_FAILED = "credential-failed"

    @property
    def label(self) -> str:
        """Say it in Vietnamese, within a sentence."""
        return _LABELS[self]


_LABELS: Final[Mapping[Failing, str]] = {
    Failing.CONNECT_FAILED: "không kết nối được",
    Failing.CONNECT_TIMEOUT: "quá thời gian kết nối",
    Failing.ADDRESS_REFUSED: "địa chỉ không được phép gọi",
    Failing.TLS_FAILED: "không lập được kênh TLS",
    Failing.TIMEOUT: "quá thời gian chờ",
    Failing.CONNECTION_LOST: "mất kết nối giữa chừng",
    Failing.ANSWER_UNREADABLE: "không đọc được câu trả lời",
    Failing.ANSWER_TOO_LARGE: "câu trả lời quá lớn",
    Failing.CIRCUIT_OPEN: "đang ngắt mạch vì lỗi liên tiếp",
    Failing.CREDENTIAL_FAILED: "không lấy được thông tin xác thực",
}


REPEATABLE = frozenset({Failing.CONNECT_FAILED, Failing.CONNECT_TIMEOUT, Failing.CONNECTION_LOST})
"""What a safe call may be tried again after: time is left, and nothing came back."""

UPSTREAM_FAULTS = frozenset(Failing) - {
    Failing.ADDRESS_REFUSED,
    Failing.ANSWER_TOO_LARGE,
    Failing.CIRCUIT_OPEN,
    Failing.CREDENTIAL_FAILED,
}
"""What counts against an upstream; whatever it answers, an answer never does."""


class CarryingError(Exception):
    """A call was not carried to its end; `reason` says why."""

    def __init__(self, reason: Failing, *, retry_after: int | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.retry_after = retry_after


class CallTooLargeError(Exception):
    """The body of a call is over what its service takes; `limit` in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"over {limit} bytes")
        self.limit = limit


class BodyUnfitError(Exception):
    """The service's credential belongs into a JSON object, and the body of the call is none."""


class CallerGoneError(Exception):
    """The caller has hung up."""


class CallStalledError(Exception):
    """The caller is there and does not send the rest of the body."""


class CutShortError(Exception):
    """The answer had begun and did not come to its end: the connection must not end well."""

    def __init__(self, reason: Failing) -> None:
        super().__init__(reason.value)
        self.reason = reason
