"""What must hold for a move beside who makes it; the same file as `transitions` says which."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.dossiers.domain.errors import UnmetConditionError
from app.dossiers.domain.handling import Handling
from app.dossiers.domain.statuses import Status


class Condition(StrEnum):
    """What some moves want. What nobody told of holds: a system may report statuses only."""

    FEES_SETTLED = "fees_settled"
    WINDOW_PASSED = "window_passed"
    SUPPLEMENT_ORIGIN = "supplement_origin"
    FEE_ORIGIN = "fee_origin"
    PARTS_DONE = "parts_done"


WANTED: Final[Mapping[tuple[Status, Status], Condition]] = {
    (Status.REGISTERED, Status.ACCEPTED): Condition.FEES_SETTLED,
    (Status.FINISHED, Status.RETURNED): Condition.FEES_SETTLED,
    (Status.SUPPLEMENT_REQUESTED, Status.REJECTED): Condition.WINDOW_PASSED,
    (Status.SUPPLEMENT_REQUESTED, Status.REGISTERED): Condition.SUPPLEMENT_ORIGIN,
    (Status.SUPPLEMENT_REQUESTED, Status.PROCESSING): Condition.SUPPLEMENT_ORIGIN,
    (Status.PAYMENT_REQUESTED, Status.REGISTERED): Condition.FEE_ORIGIN,
    (Status.ACCEPTED, Status.FINISHED): Condition.PARTS_DONE,
    (Status.PROCESSING, Status.FINISHED): Condition.PARTS_DONE,
    (Status.PAYMENT_REQUESTED, Status.FINISHED): Condition.PARTS_DONE,
}

_REASONS: Final = {
    Condition.FEES_SETTLED: (
        "còn phí, lệ phí đã yêu cầu mà chưa nộp đủ",
        "a fee that was asked for is not paid",
    ),
    Condition.WINDOW_PASSED: (
        "thời hạn bổ sung giấy tờ chưa hết",
        "the owner still has time to bring the papers",
    ),
    Condition.SUPPLEMENT_ORIGIN: (
        "yêu cầu bổ sung không được đưa ra từ trạng thái này",
        "the papers were asked for in another status",
    ),
    Condition.FEE_ORIGIN: (
        "yêu cầu nộp phí không được đưa ra từ trạng thái này",
        "the fee was asked for in another status",
    ),
    Condition.PARTS_DONE: (
        "còn phần liên thông chưa xong hoặc bị từ chối",
        "a part of another agency is not done, or was refused",
    ),
}


def check_conditions(
    handling: Handling, present: Status, wanted: Status, happened_at: datetime
) -> None:
    """Let a move pass that nothing known stands against.

    Raises:
        UnmetConditionError: names the condition and why it does not hold.
    """
    condition = WANTED.get((present, wanted))
    if condition is not None and not _HOLDS[condition](handling, wanted, happened_at):
        raise UnmetConditionError(wanted, condition.value, *_REASONS[condition])


def _settled(handling: Handling, _wanted: Status, _happened_at: datetime) -> bool:
    return handling.is_settled


def _window_passed(handling: Handling, _wanted: Status, happened_at: datetime) -> bool:
    asked = handling.open_supplement
    return asked is None or happened_at > asked.answer_by


def _asked_papers_there(handling: Handling, wanted: Status, _happened_at: datetime) -> bool:
    asked = handling.open_supplement
    return asked is None or asked.asked_from is wanted


def _asked_fee_there(handling: Handling, wanted: Status, _happened_at: datetime) -> bool:
    return not handling.fee_requests or handling.fee_requests[-1].asked_from is wanted


def _parts_done(handling: Handling, _wanted: Status, _happened_at: datetime) -> bool:
    return handling.are_parts_done


_HOLDS: Final[Mapping[Condition, Callable[[Handling, Status, datetime], bool]]] = {
    Condition.FEES_SETTLED: _settled,
    Condition.WINDOW_PASSED: _window_passed,
    Condition.SUPPLEMENT_ORIGIN: _asked_papers_there,
    Condition.FEE_ORIGIN: _asked_fee_there,
    Condition.PARTS_DONE: _parts_done,
}
