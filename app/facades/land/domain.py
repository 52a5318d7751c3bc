"""Which land systems may call, what they say of a dossier, and why a call is refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.access.domain import Caller
from app.codes import AgencyCode
from app.platform.errors import (
    ConflictError,
    NotFoundError,
    RefusedError,
    UnauthenticatedError,
)


@dataclass(frozen=True, slots=True)
class LandSystem:
    """A land system that calls with a code of its own, for a member and all below it."""

    name: str
    member: AgencyCode
    created_at: datetime
    revoked_at: datetime | None = None

    @property
    def caller_id(self) -> str:
        """How the evidence log names it."""
        return f"system:land:{self.name}"


@dataclass(frozen=True, slots=True)
class LandCaller(Caller):
    """A land system that showed its code; it may do on its wire whatever that wire offers."""

    system: LandSystem


class Operation(StrEnum):
    """What a land system says of a dossier; the values are the last part of the address."""

    FORWARD = "ChuyenHoSo"
    ASK_SUPPLEMENT = "YeuCauBoSungHoSo"
    TAKE_SUPPLEMENT = "NhanBoSungHoSo"
    TELL_TAX = "GuiKetQuaThue"
    FINISH = "KetThucHoSo"
    ASK_UPDATE = "YeuCauCapNhatHoSo"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS = {
    Operation.FORWARD: "Chuyển xử lý",
    Operation.ASK_SUPPLEMENT: "Yêu cầu bổ sung",
    Operation.TAKE_SUPPLEMENT: "Đã nhận giấy tờ bổ sung",
    Operation.TELL_TAX: "Có kết quả thuế",
    Operation.FINISH: "Kết thúc xử lý",
    Operation.ASK_UPDATE: "Yêu cầu cập nhật hồ sơ",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A tax notice as it came."""

    number: str
    kind: str
    owner_name: str
    url: str


@dataclass(frozen=True, slots=True)
class Word:
    """What a land system says of a dossier that it has.

    `number` is how it calls the dossier, `by` who did it there. `identity` tells a repeat from
    another word: the SHA-256 of all it says, however it is written.
    """

    operation: Operation
    number: str
    by: str
    happened_at: datetime
    note: str
    identity: str
    papers: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def text(self) -> str:
        """What people read of it."""
        return f"{self.operation.label}: {self.note}" if self.note else self.operation.label


class SecurityCodeRefusedError(UnauthenticatedError):
    """The code in the address is none, or was revoked."""

    slug = "land-code-refused"
    title = "Mã bảo mật không đúng"
    title_en = "The security code is wrong"

    def __init__(self) -> None:
        super().__init__("Mã bảo mật không đúng", "The security code is wrong.")


class NotHeldError(NotFoundError):
    """The land system has no dossier under this number."""

    slug = "land-not-held"
    title = "Không có hồ sơ này"
    title_en = "No such dossier"

    def __init__(self) -> None:
        super().__init__(
            "SoBienNhan: không có hồ sơ nào đã chuyển sang hệ thống đất đai mang số này",
            "The land system has no dossier under this number.",
        )


class UnmappedWorkflowError(RefusedError):
    """The land system's workflow is no procedure here."""

    slug = "land-unmapped-workflow"
    title = "Quy trình chưa được ánh xạ"
    title_en = "The workflow is not mapped"

    def __init__(self) -> None:
        super().__init__(
            "ThongTinQuyTrinh.MaQuyTrinh: chưa ánh xạ với thủ tục nào",
            "The workflow is no procedure here.",
        )


class LandSystemTakenError(ConflictError):
    """A land system has this name, or this code, already."""

    slug = "land-system-taken"
    title = "Hệ thống đã có"
    title_en = "The system is there already"

    def __init__(self) -> None:
        super().__init__(
            "Đã có hệ thống đất đai mang tên hoặc mã bảo mật này.",
            "A land system has this name or code already.",
        )


class UnknownLandSystemError(NotFoundError):
    """No land system has this name."""

    slug = "unknown-land-system"
    title = "Không có hệ thống này"
    title_en = "Unknown system"

    def __init__(self) -> None:
        super().__init__("Không có hệ thống đất đai mang tên này.", "No land system has this name.")
