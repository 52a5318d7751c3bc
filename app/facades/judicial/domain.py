"""Why an application that is handed to us is refused."""

from app.platform.errors import RefusedError, UnauthenticatedError


class CodeRefusedError(UnauthenticatedError):
    """`CodeGet` is not the one that is set here, or none is."""

    slug = "judicial-code-refused"
    title = "CodeGet không đúng"
    title_en = "The CodeGet is wrong"

    def __init__(self) -> None:
        super().__init__("CodeGet không đúng", "The CodeGet is wrong.")


class NotReceivingError(RefusedError):
    """Nobody here is set to handle applications."""

    slug = "judicial-not-receiving"
    title = "Chưa cấu hình nơi tiếp nhận"
    title_en = "Nobody receives"

    def __init__(self) -> None:
        super().__init__(
            "Chưa cấu hình cơ quan và thủ tục tiếp nhận lý lịch tư pháp",
            "No agency and procedure are set for applications.",
        )


class ForeignCodeError(RefusedError):
    """The code is not one that we give."""

    slug = "judicial-foreign-code"
    title = "Mã hồ sơ không do hệ thống này cấp"
    title_en = "The code is not ours"

    def __init__(self) -> None:
        super().__init__(
            "maHoSoMCDT: không phải mã do LayMaHoSo cấp", "The code is not one that we give."
        )
