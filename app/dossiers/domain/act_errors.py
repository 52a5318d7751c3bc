"""Why an act is refused that the table of moves alone does not refuse."""

from collections.abc import Collection

from app.dossiers.domain.handling import ActName
from app.dossiers.domain.statuses import Status
from app.platform.errors import ConflictError, Invalid, NotFoundError, RefusedError


class OutOfTurnError(ConflictError):
    """The act does not belong to the dossier's present status."""

    slug = "act-out-of-turn"
    title = "Chưa đến lượt hoặc đã qua bước này"
    title_en = "Out of turn"

    def __init__(self, act: ActName, present: Status, turns: Collection[Status]) -> None:
        order = sorted(turns, key=lambda status: status.code)
        labels = ", ".join(f"“{status.label}”" for status in order)
        super().__init__(
            f"Hồ sơ đang ở “{present.label}”; “{act.label}” chỉ làm được khi ở {labels}.",
            f"The dossier is {present}; {act} can be done when it is {', '.join(order)}.",
            extensions={"present": present.value, "act": act.value},
        )


class UnknownSupplementError(NotFoundError):
    """The dossier has no round of supplements with this number."""

    slug = "unknown-supplement"
    title = "Không có lần yêu cầu bổ sung này"
    title_en = "No such round of supplements"

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ không có lần yêu cầu bổ sung mang số này.",
            "The dossier has no round of supplements with this number.",
        )


class SupplementClosedError(ConflictError):
    """The papers of this round were received, or a later round took its place."""

    slug = "supplement-closed"
    title = "Lần yêu cầu bổ sung đã khép lại"
    title_en = "The round of supplements is closed"

    def __init__(self) -> None:
        super().__init__(
            "Giấy tờ của lần yêu cầu này đã nhận rồi, hoặc đã có lần yêu cầu sau.",
            "The papers of this round were received, or another round followed it.",
        )


class DuplicatePaymentError(ConflictError):
    """A payment with this reference was recorded before."""

    slug = "duplicate-payment"
    title = "Khoản thanh toán đã được ghi nhận"
    title_en = "The payment was recorded before"

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ đã có khoản thanh toán mang mã tham chiếu này.",
            "The dossier has a payment with this reference.",
            errors=[Invalid("/reference", "đã ghi nhận", "recorded before")],
        )


class AlreadyRatedError(ConflictError):
    """The owner rated the dossier before."""

    slug = "already-rated"
    title = "Hồ sơ đã được đánh giá"
    title_en = "The dossier was rated before"

    def __init__(self) -> None:
        super().__init__("Mỗi hồ sơ chỉ đánh giá một lần.", "A dossier is rated once.")


class NoElectronicResultError(RefusedError):
    """A result is returned electronically, and no file of it is named."""

    slug = "no-electronic-result"
    title = "Chưa có tệp kết quả"
    title_en = "There is no result file"

    def __init__(self) -> None:
        super().__init__(
            "Trả kết quả điện tử thì phải có ít nhất một tệp kết quả.",
            "A result that is returned electronically needs a file.",
            errors=[Invalid("/results", "thiếu tệp có url", "a paper with url is wanted")],
        )
