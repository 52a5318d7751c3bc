"""The eight names of states that QĐ 28/2018, đ.10.2.h lists, beside the codes of the wire."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.documents.domain.statuses import Recall, Standing, Status
from app.documents.domain.withdrawal import Cause


class LegalState(StrEnum):
    """Trạng thái xử lý văn bản, as the regulation names it."""

    ARRIVED = "arrived"
    RECEIVED = "received"
    FORWARDED = "forwarded"
    IN_PROCESS = "in_process"
    FINISHED = "finished"
    REFUSED = "refused"
    RECALLED = "recalled"
    DELETED = "deleted"

    @property
    def label(self) -> str:
        """The Vietnamese name that people read."""
        return _LABELS[self]


_LABELS: Final[Mapping[LegalState, str]] = {
    LegalState.ARRIVED: "Đã đến",
    LegalState.RECEIVED: "Đã tiếp nhận",
    LegalState.FORWARDED: "Đã chuyển xử lý",
    LegalState.IN_PROCESS: "Đang xử lý",
    LegalState.FINISHED: "Đã hoàn thành",
    LegalState.REFUSED: "Từ chối, trả lại",
    LegalState.RECALLED: "Thu hồi",
    LegalState.DELETED: "Xóa",
}

_OF_CODE: Final[Mapping[Status, LegalState]] = {
    Status.ARRIVED: LegalState.ARRIVED,
    Status.REJECTED: LegalState.REFUSED,
    Status.RECEIVED: LegalState.RECEIVED,
    Status.ASSIGNED: LegalState.FORWARDED,
    Status.PROCESSING: LegalState.IN_PROCESS,
    Status.FINISHED: LegalState.FINISHED,
}


def of_standing(standing: Standing, lost: Cause | None) -> LegalState | None:
    """Return the state at a recipient; None before arrival.

    A take-back that is asked for or declined changes nothing; a copy that an update took away is
    deleted, any other that is gone was recalled.
    """
    if lost is Cause.DROPPED:
        return LegalState.DELETED
    if lost is not None or standing.recall is Recall.AGREED:
        return LegalState.RECALLED
    return None if standing.progress is None else of_code(standing.progress)


def of_code(code: Status) -> LegalState | None:
    """Return the name of a code; 13, 15 and 16 speak about a recall and have none."""
    return _OF_CODE.get(code)
