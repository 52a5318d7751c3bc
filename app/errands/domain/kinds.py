"""What is placed with the nation, and where it stands."""

from enum import StrEnum


class Kind(StrEnum):
    """Loại việc: which service an errand goes to, and what it asks of it."""

    POSTAL_ORDER = "postal_order"
    JUDICIAL_RECORD = "judicial_record"
    JUDICIAL_RETURN = "judicial_return"
    FILE_TRACKING = "file_tracking"
    CATALOGUE_ROWS = "catalogue_rows"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _KINDS[self]


class State(StrEnum):
    """Tình trạng: where an errand stands with the service it goes to."""

    OWED = "owed"
    DEFERRED = "deferred"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _STATES[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing changes it any more."""
        return self in {State.CANCELLED, State.ENDED}


_KINDS = {
    Kind.POSTAL_ORDER: "Đơn hàng bưu chính công ích",
    Kind.JUDICIAL_RECORD: "Đề nghị cấp phiếu lý lịch tư pháp",
    Kind.JUDICIAL_RETURN: "Trả kết quả phiếu lý lịch tư pháp",
    Kind.CATALOGUE_ROWS: "Bổ sung danh mục dùng chung",
    Kind.FILE_TRACKING: "Thông tin giám sát hồ sơ (EMC)",
}
_STATES = {
    State.OWED: "Chờ gửi",
    State.DEFERRED: "Chưa gửi được, sẽ gửi lại",
    State.REFUSED: "Bị từ chối",
    State.ACCEPTED: "Đã tiếp nhận",
    State.CANCELLED: "Đã huỷ",
    State.ENDED: "Đã kết thúc",
}
