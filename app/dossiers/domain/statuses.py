"""Trạng thái hồ sơ: the ten statuses, their national codes and names, and the lawful moves."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a dossier stands; declared in the order of the national codes 1 to 10."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PROCESSING = "processing"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    PAYMENT_REQUESTED = "payment_requested"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    FINISHED = "finished"
    RETURNED = "returned"

    @property
    def code(self) -> int:
        """The national code, 1 to 10."""
        return _CODES[self]

    @property
    def label(self) -> str:
        """The Vietnamese name that people and the nation read."""
        return LABELS[self]


_CODES: Final = {status: code for code, status in enumerate(Status, 1)}

LABELS: Final[Mapping[Status, str]] = {
    Status.REGISTERED: "Mới đăng ký",
    Status.ACCEPTED: "Được tiếp nhận",
    Status.REJECTED: "Không được tiếp nhận",
    Status.PROCESSING: "Đang xử lý",
    Status.SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung giấy tờ",
    Status.PAYMENT_REQUESTED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.FINISHED: "Đã xử lý xong",
    Status.RETURNED: "Đã trả kết quả",
}

NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    Status.REGISTERED: frozenset(
        {
            Status.ACCEPTED,
            Status.REJECTED,
            Status.SUPPLEMENT_REQUESTED,
            Status.PAYMENT_REQUESTED,
            Status.WITHDRAWN,
        }
    ),
    Status.ACCEPTED: frozenset(
        {
            Status.PROCESSING,
            Status.SUPPLEMENT_REQUESTED,
            Status.PAYMENT_REQUESTED,
            Status.WITHDRAWN,
            Status.STOPPED,
            Status.FINISHED,
        }
    ),
    Status.REJECTED: frozenset(),
    Status.PROCESSING: frozenset(
        {
            Status.PROCESSING,
            Status.ACCEPTED,
            Status.SUPPLEMENT_REQUESTED,
            Status.PAYMENT_REQUESTED,
            Status.WITHDRAWN,
            Status.STOPPED,
            Status.FINISHED,
        }
    ),
    Status.SUPPLEMENT_REQUESTED: frozenset(
        {
            Status.REGISTERED,
            Status.ACCEPTED,
            Status.REJECTED,
            Status.PROCESSING,
            Status.WITHDRAWN,
        }
    ),
    Status.PAYMENT_REQUESTED: frozenset(
        {
            Status.ACCEPTED,
            Status.PROCESSING,
            Status.WITHDRAWN,
            Status.STOPPED,
            Status.FINISHED,
        }
    ),
    Status.WITHDRAWN: frozenset(),
    Status.STOPPED: frozenset({Status.ACCEPTED, Status.PROCESSING}),
    Status.FINISHED: frozenset({Status.RETURNED, Status.ACCEPTED, Status.PROCESSING}),
    Status.RETURNED: frozenset(),
}
"""Every lawful move, as a one-stop application in production makes them.

Processing may follow processing: each further step of the work is a row of progress of its own.
From payment, stopped and finished a dossier can be recalled or sent back, to accepted when it
returns to the counter. Inferred, not seen: withdrawing (from every status still open), stopping
and asking for a fee from anywhere but processing, finishing straight from payment.
"""
