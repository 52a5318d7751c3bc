"""What is placed with the nation, and where it stands."""

from enum import StrEnum


class Kind(StrEnum):
    """Loại việc: which service an errand goes to, and what it asks of it."""

    POSTAL_ORDER = "postal_order"
    JUDICIAL_RECORD = "judicial_record"
    JUDICIAL_RETURN = "judicial_return"
    FILE_TRACKING = "file_tracking"
    CATALOGUE_ROWS = "catalogue_rows"
    LAND_HANDOVER = "land_handover"
    LAND_SUPPLEMENT = "land_supplement"
    LAND_RETURN = "land_return"
    LAND_CORRECTION = "land_correction"
    LAND_VOUCHER = "land_voucher"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _KINDS[self]

    @property
    def lane(self) -> str:
        """What keeps its order: errands of one lane and group leave as they were placed."""
        return "land" if self in _OF_LAND else self.value


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
    Kind.LAND_HANDOVER: "Chuyển hồ sơ sang hệ thống đất đai",
    Kind.LAND_SUPPLEMENT: "Gửi giấy tờ bổ sung sang hệ thống đất đai",
    Kind.LAND_RETURN: "Báo đã trả kết quả cho hệ thống đất đai",
    Kind.LAND_CORRECTION: "Phản hồi kết quả sai của hệ thống đất đai",
    Kind.LAND_VOUCHER: "Chuyển chứng từ nộp thuế sang hệ thống đất đai",
}
_OF_LAND = {
    Kind.LAND_HANDOVER, Kind.LAND_SUPPLEMENT, Kind.LAND_RETURN, Kind.LAND_CORRECTION,
    Kind.LAND_VOUCHER,
}  # fmt: skip
_STATES = {
    State.OWED: "Chờ gửi",
    State.DEFERRED: "Chưa gửi được, sẽ gửi lại",
    State.REFUSED: "Bị từ chối",
    State.ACCEPTED: "Đã tiếp nhận",
    State.CANCELLED: "Đã huỷ",
    State.ENDED: "Đã kết thúc",
}
