"""Why something cannot be done with a report."""

from collections.abc import Sequence

from app.platform.errors import (
    ConflictError,
    ForbiddenError,
    Invalid,
    NotFoundError,
    RefusedError,
)


class UnknownReportError(NotFoundError):
    """There is no such report, or it is not the caller's."""

    slug = "unknown-report"
    title = "Không có báo cáo này"
    title_en = "Unknown report"

    def __init__(self) -> None:
        super().__init__(
            "Không có báo cáo mang mã này trong phạm vi của bạn.",
            "No report that is yours has this id.",
        )


class ReportExistsError(ConflictError):
    """The report was begun before."""

    slug = "report-exists"
    title = "Đã có báo cáo"
    title_en = "The report exists"

    def __init__(self, report_id: str) -> None:
        super().__init__(
            "Đơn vị đã có báo cáo của biểu và kỳ này; sửa báo cáo đó.",
            "The unit has a report on this form and period; change that one.",
            extensions={"report": report_id},
        )


class NotOwedError(RefusedError):
    """This unit owes no such report, or not for this period."""

    slug = "report-not-owed"
    title = "Không phải nộp báo cáo này"
    title_en = "The report is not owed"

    def __init__(self, pointer: str, why: str, why_en: str) -> None:
        super().__init__(
            f"Không nhận báo cáo này: {why}.",
            f"The report is not taken: {why_en}.",
            errors=[Invalid(pointer, why, why_en)],
        )


class UnknownPeriodError(RefusedError):
    """The period is none of the form's cycle."""

    slug = "unknown-period"
    title = "Kỳ báo cáo không đúng"
    title_en = "Not a period of the form"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Kỳ báo cáo không thuộc chu kỳ của biểu mẫu.",
            "The period is none of the form's cycle.",
            errors=[Invalid(pointer, "2026-11, 2026-Q4, 2026-H2, 2026", "of the form's cycle")],
        )


class UnderReviewError(ConflictError):
    """It was submitted and waits for a decision."""

    slug = "report-under-review"
    title = "Báo cáo đang được kiểm tra"
    title_en = "The report is being checked"

    def __init__(self) -> None:
        super().__init__(
            "Báo cáo đã nộp, đang chờ chấp nhận hoặc trả lại.",
            "The report was submitted and waits for a decision.",
        )


class NothingToDecideError(ConflictError):
    """Nothing of it waits for a decision."""

    slug = "report-not-submitted"
    title = "Báo cáo không chờ kiểm tra"
    title_en = "Nothing waits for a decision"

    def __init__(self, label: str, state: str) -> None:
        super().__init__(
            f"Báo cáo không chờ kiểm tra: {label}.",
            f"Nothing of the report waits for a decision: {state}.",
            extensions={"state": state},
        )


class UnreasonedCorrectionError(RefusedError):
    """An accepted report is corrected, and nobody says why."""

    slug = "correction-without-reason"
    title = "Đính chính phải có lý do"
    title_en = "A correction needs a reason"

    def __init__(self) -> None:
        super().__init__(
            "Báo cáo đã được chấp nhận; nộp bản đính chính phải ghi lý do.",
            "The report was accepted; a correction says why.",
            errors=[Invalid("/reason", "thiếu", "missing")],
        )


class NothingToCorrectError(ConflictError):
    """The correction says what was accepted."""

    slug = "nothing-to-correct"
    title = "Không có gì thay đổi"
    title_en = "Nothing is changed"

    def __init__(self) -> None:
        super().__init__(
            "Số liệu không khác bản đã chấp nhận.", "The values are those that were accepted."
        )


class OwnDecisionError(ForbiddenError):
    """Who decides on a report stands above the unit that it is of."""

    slug = "own-report"
    title = "Không tự chấp nhận báo cáo của mình"
    title_en = "Nobody decides on their own report"

    def __init__(self) -> None:
        super().__init__(
            "Báo cáo do cơ quan cấp trên của đơn vị kiểm tra.",
            "A report is decided on by a member above the unit.",
        )


class IncompleteError(ConflictError):
    """Units are missing in a sum that shall be handed on."""

    slug = "reports-missing"
    title = "Còn thiếu báo cáo"
    title_en = "Reports are missing"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"Còn {len(missing)} đơn vị chưa có báo cáo được chấp nhận; đợi, hoặc ghi lý do ở "
            "missing_reason.",
            f"{len(missing)} units have no accepted report; wait, or say why in missing_reason.",
            errors=[Invalid("/missing_reason", code, code) for code in missing],
        )


class NothingToHandOnError(ConflictError):
    """No report of the period is accepted."""

    slug = "no-accepted-report"
    title = "Chưa có báo cáo nào được chấp nhận"
    title_en = "No report is accepted yet"

    def __init__(self) -> None:
        super().__init__(
            "Kỳ này chưa có báo cáo nào được chấp nhận.", "No report of the period is accepted."
        )
