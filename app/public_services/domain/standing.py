"""Where a dossier stands, in plain Vietnamese: what happens now, what comes next, who has it.

Nothing here repeats what somebody wrote: no names, no reasons, no names of papers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.calendars.domain import VIETNAM
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.filing import ResultDelivery
from app.dossiers.domain.handling import ActName, Extension
from app.dossiers.domain.statuses import Status

IN_HAND: Final = (Status.ACCEPTED, Status.PROCESSING, Status.PAYMENT_REQUESTED)
"""Statuses in which time counts for the agency: a dossier past its due date is late in them.

While papers are wanted it does not count, and what is stopped has ended (dvcqg §3.7).
"""


class Holder(StrEnum):
    """Who has to do something next."""

    AGENCY = "agency"
    APPLICANT = "applicant"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Standing:
    """What happens now, what comes next, who has it by name, and whether that is late."""

    now: str
    next_step: str
    held_by: Holder
    holder_name: str
    is_late: bool


_NOW: Final[Mapping[Status, tuple[str, str, Holder]]] = {
    Status.REGISTERED: (
        "Hồ sơ đã gửi đến và đang chờ kiểm tra.",
        "Bộ phận một cửa kiểm tra: đủ thì tiếp nhận và hẹn ngày trả, thiếu thì đề nghị bổ sung.",
        Holder.AGENCY,
    ),
    Status.ACCEPTED: (
        "Hồ sơ đã được tiếp nhận.",
        "Hồ sơ được chuyển đến bộ phận chuyên môn để giải quyết.",
        Holder.AGENCY,
    ),
    Status.REJECTED: (
        "Hồ sơ không được tiếp nhận. Lý do ghi ở phiếu từ chối tiếp nhận (mẫu 03).",
        "Không còn bước nào; ông, bà có thể nộp hồ sơ mới.",
        Holder.NOBODY,
    ),
    Status.PROCESSING: (
        "Hồ sơ đang được giải quyết.",
        "Giải quyết xong, kết quả được chuyển về bộ phận một cửa để trả.",
        Holder.AGENCY,
    ),
    Status.SUPPLEMENT_REQUESTED: (
        "Hồ sơ còn thiếu giấy tờ; thời gian chờ không tính vào thời hạn giải quyết.",
        "Ông, bà nộp bổ sung giấy tờ theo phiếu yêu cầu (mẫu 02)",
        Holder.APPLICANT,
    ),
    Status.PAYMENT_REQUESTED: (
        "Hồ sơ đang chờ nộp phí, lệ phí hoặc nghĩa vụ tài chính.",
        "Ông, bà nộp tiền theo thông báo",
        Holder.APPLICANT,
    ),
    Status.WITHDRAWN: (
        "Hồ sơ đã được rút theo yêu cầu của người nộp.",
        "Không còn bước nào; ông, bà có thể nộp hồ sơ mới.",
        Holder.NOBODY,
    ),
    Status.STOPPED: (
        "Hồ sơ đã dừng giải quyết. Lý do ghi ở thông báo (mẫu 05).",
        "Ông, bà liên hệ cơ quan giải quyết nếu cần biết thêm.",
        Holder.NOBODY,
    ),
    Status.FINISHED: (
        "Hồ sơ đã giải quyết xong, kết quả đang chờ trả.",
        "Ông, bà mang giấy hẹn đến bộ phận một cửa nhận kết quả.",
        Holder.AGENCY,
    ),
    Status.RETURNED: (
        "Kết quả đã được trả.",
        "Không còn bước nào; ông, bà có thể đánh giá việc giải quyết.",
        Holder.NOBODY,
    ),
}
_BY_POST: Final = "Kết quả được gửi đến ông, bà qua bưu chính."
_APPLICANT: Final = "Người nộp hồ sơ"

_ACTS: Final[Mapping[ActName, str]] = {
    ActName.SUBMIT: "Hồ sơ được ghi nhận.",
    ActName.ACCEPT: "Bộ phận một cửa tiếp nhận hồ sơ.",
    ActName.REFUSE: "Hồ sơ không được tiếp nhận.",
    ActName.ASK_SUPPLEMENT: "Cơ quan đề nghị bổ sung giấy tờ.",
    ActName.RECEIVE_SUPPLEMENT: "Giấy tờ bổ sung đã được nhận.",
    ActName.ASK_FEE: "Cơ quan thông báo nộp phí, lệ phí.",
    ActName.RECORD_PAYMENT: "Khoản nộp đã được ghi nhận.",
    ActName.FORWARD: "Hồ sơ được chuyển đến bộ phận tiếp theo.",
    ActName.SEND_BACK: "Hồ sơ được trả lại bước trước để xem lại.",
    ActName.STOP: "Việc giải quyết dừng lại.",
    ActName.RESUME: "Việc giải quyết được tiếp tục.",
    ActName.WITHDRAW: "Hồ sơ được rút theo yêu cầu của người nộp.",
    ActName.EXTEND: "Cơ quan xin lỗi và hẹn lại ngày trả kết quả.",
    ActName.FINISH: "Hồ sơ đã giải quyết xong.",
    ActName.RETURN: "Kết quả được trả.",
    ActName.RATE: "Người nộp đã đánh giá.",
    ActName.OPEN_PARTS: "Các cơ quan khác cùng giải quyết.",
    ActName.FOLLOW_PART: "Cơ quan cùng giải quyết có tiến triển.",
}


def said_of(step: Step) -> str:
    """Return what a step was, for a person; a report of a status alone is its name."""
    return _ACTS.get(step.act) or f"{step.status.label}."


def is_late(dossier: Dossier, now: datetime) -> bool:
    """Tell whether the agency has had it longer than promised."""
    due = dossier.due_at
    return dossier.status in IN_HAND and due is not None and now > due


def late_from(dossier: Dossier, now: datetime) -> datetime | None:
    """Return behind which moment to come it will be late if nobody acts; None if there is none."""
    if dossier.status not in IN_HAND or is_late(dossier, now):
        return None
    return dossier.due_at


def standing_of(dossier: Dossier, now: datetime) -> Standing:
    """Return where a dossier stands."""
    present, following, holder = _NOW[dossier.status]
    names = {
        Holder.AGENCY: dossier.filing.agency.name,
        Holder.APPLICANT: _APPLICANT,
        Holder.NOBODY: "",
    }
    return Standing(
        now=present,
        next_step=_following(dossier, following),
        held_by=holder,
        holder_name=names[holder],
        is_late=is_late(dossier, now),
    )


def _following(dossier: Dossier, usual: str) -> str:
    handling = dossier.handling
    match dossier.status:
        case Status.SUPPLEMENT_REQUESTED:
            asked = handling.open_supplement
            return f"{usual}." if asked is None else f"{usual} trước {at(asked.answer_by)}."
        case Status.PAYMENT_REQUESTED:
            owed = handling.asked_vnd - handling.paid_vnd
            return f"{usual}: {owed:,} đồng.".replace(",", ".") if owed > 0 else f"{usual}."
        case Status.FINISHED if dossier.filing.result_delivery is ResultDelivery.POSTAL:
            return _BY_POST
        case _:
            return usual


def apology_of(extension: Extension) -> str:
    """Return the apology for a person; the reason stands in the letter (form 04) alone."""
    return (
        f"Cơ quan xin lỗi vì không trả kết quả kịp {at(extension.due_before)} và hẹn lại "
        f"{at(extension.due_after)}."
    )


def at(moment: datetime) -> str:
    """Return a moment in Vietnam as people write it."""
    return f"{moment.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
