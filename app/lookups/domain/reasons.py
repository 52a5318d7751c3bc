"""Why a question is not asked at all."""

from app.platform.errors import Invalid, RefusedError


class NoReasonError(RefusedError):
    """A person is looked up without a dossier and without a reason."""

    slug = "no-reason"
    title = "Chưa nêu lý do tra cứu"
    title_en = "No reason for the look-up"

    def __init__(self) -> None:
        super().__init__(
            "Tra cứu về một người phải kèm mã hồ sơ hoặc lý do bằng lời.",
            "A look-up of a person needs a dossier or a reason in words.",
            errors=[Invalid("/reason", "thiếu mã hồ sơ hoặc lý do", "neither dossier nor reason")],
        )


class NotConnectedError(RefusedError):
    """The service is not connected here."""

    slug = "service-not-connected"
    title = "Chưa kết nối dịch vụ quốc gia"
    title_en = "The national service is not connected"

    def __init__(self, service: str) -> None:
        super().__init__(
            "Hệ thống chưa kết nối dịch vụ quốc gia này.",
            "This national service is not connected here.",
            extensions={"service": service},
        )


class TooLongAPeriodError(RefusedError):
    """More days are asked for than the register lists at once."""

    slug = "period-too-long"
    title = "Khoảng thời gian quá dài"
    title_en = "The period is too long"

    def __init__(self, days: int) -> None:
        super().__init__(
            f"Mỗi lần chỉ hỏi được từ 1 đến {days} ngày, tính cả hai đầu.",
            f"Ask for 1 to {days} days at once, both ends counted.",
            errors=[Invalid("/to", f"quá {days} ngày hoặc trước /from", "too far from /from")],
            extensions={"days": days},
        )
