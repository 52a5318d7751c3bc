"""Why a due date is not put off."""

from datetime import datetime

from app.platform.errors import ConflictError, Invalid, RefusedError


class NothingPromisedError(ConflictError):
    """A due date shall be put off, and there is none."""

    slug = "nothing-promised"
    title = "Hồ sơ chưa có ngày hẹn trả"
    title_en = "There is no due date"

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ chưa có ngày hẹn trả nên không hẹn lại được.",
            "The dossier has no due date that could be put off.",
        )


class AlreadyExtendedError(ConflictError):
    """The due date was put off before; it may be put off once."""

    slug = "already-extended"
    title = "Hồ sơ đã được hẹn lại một lần"
    title_en = "The due date was put off before"

    def __init__(self) -> None:
        super().__init__(
            "Ngày hẹn trả chỉ được lùi một lần, và hồ sơ này đã được hẹn lại.",
            "A due date may be put off once, and this one was.",
        )


class LateApologyError(ConflictError):
    """The apology comes on the due day or later, and is set to come before."""

    slug = "late-apology"
    title = "Xin lỗi, hẹn lại quá muộn"
    title_en = "The apology comes too late"

    def __init__(self, due_at: datetime) -> None:
        super().__init__(
            "Phải xin lỗi và hẹn lại trước ngày hẹn trả ít nhất một ngày.",
            "An apology must come at least a day before the due date.",
            errors=[
                Invalid(
                    "/happened_at",
                    f"ngày hẹn trả là {due_at.isoformat()}",
                    f"the result is due {due_at.isoformat()}",
                )
            ],
        )


class NotLaterError(RefusedError):
    """The new due date does not lie behind the present one, or is past."""

    slug = "not-later"
    title = "Ngày hẹn mới phải muộn hơn"
    title_en = "The new due date is not later"

    def __init__(self, due_at: datetime) -> None:
        super().__init__(
            "Ngày hẹn mới phải sau ngày hẹn hiện tại và sau thời điểm này.",
            "The new due date must lie behind the present one and in the future.",
            errors=[
                Invalid(
                    "/due_at",
                    f"không sau {due_at.isoformat()} hoặc đã qua",
                    f"not after {due_at.isoformat()}, or past",
                )
            ],
        )


class DueOnDayOffError(RefusedError):
    """Nobody works on the day of the new due date."""

    slug = "due-on-day-off"
    title = "Ngày hẹn rơi vào ngày nghỉ"
    title_en = "The due date is a day off"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Ngày hẹn trả phải là ngày làm việc ({why}).",
            f"A result cannot be due on a day off ({why}).",
            errors=[Invalid("/due_at", f"ngày nghỉ: {why}", "a day off")],
        )
