"""The second generation: submit and poll; and what a province returns to the portal."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from mock_ngsp.clock import VIETNAM
from mock_ngsp.ngsp.judicial.second_wire import Content, DataLGSP, Poll, Returned

RECEIVED, IN_HAND, DONE = "2", "4", "9"
NAMES: Final = {
    "1": "Mới đăng ký",
    "2": "Được tiếp nhận",
    "3": "Không được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung",
    "6": "Yêu cầu nghĩa vụ tài chính",
    "7": "Công dân rút hồ sơ",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}
DEFAULT_KEY: Final = "mock-authkey-of-judicial-records"
INTERRUPTED: Final = "Yêu cầu bị gián đoạn. Vui lòng thử lại."
_PDF: Final = b"%PDF-1.4\n% phieu ly lich tu phap mau\n%%EOF\n"
_ENDS: Final = frozenset({"3", "7", "8", "10"})


@dataclass(slots=True)
class Held:
    """A declaration that the central system holds, under a number of its own."""

    asked: DataLGSP
    at: datetime
    number: str


@dataclass(slots=True)
class SecondGeneration:
    """Every declaration since the last reset, by MaHoSo, and what was returned to the portal."""

    in_hand_after: timedelta = timedelta(days=1)
    done_after: timedelta = timedelta(days=5)
    key: str = DEFAULT_KEY
    held: dict[str, Held] = field(default_factory=dict)
    returned: dict[str, list[Content]] = field(default_factory=dict)
    interrupted: dict[str, bool] = field(default_factory=dict)
    """Whose next return is broken off, in the words that make clients try again."""

    def submit(self, asked: DataLGSP, now: datetime) -> Content:
        """Take a declaration; a known one is told that it cannot be changed any more."""
        if asked.authKey != self.key:
            return refusal("401", "authKey không hợp lệ")
        if asked.maHoSoMCDT in self.held:
            return refusal(
                "409",
                f"Hồ sơ {asked.maHoSoMCDT} đã được tiếp nhận, không thể cập nhật thông tin",
            )
        number = f"{len(self.held) + 1}/STP-LLTP"
        self.held[asked.maHoSoMCDT] = Held(asked, now, number)
        return {
            "status": 1,
            "statusDescription": f"Hồ sơ {asked.maHoSoMCDT} gửi thông tin thành công",
            "errorCode": "",
            "errorDescription": "",
        }

    def poll(self, asked: Poll, now: datetime) -> Content:
        """Where a declaration stands, with its record at the end; none: an empty value."""
        if asked.authKey != self.key:
            return nothing("authKey không hợp lệ")
        found = self.held.get(asked.maHoSoMCDT)
        if found is None or found.asked.maTinh != asked.maTinh:
            return nothing("Không tìm thấy hồ sơ")
        code = self.code(found, now)
        result = self._result(found) if code == DONE else None
        row = {
            "maHoSoMCDT": asked.maHoSoMCDT, "trangThaiXuLy": code, "ketQuaXuLy": result,
        }  # fmt: skip
        return {"status": 1, "statusDescription": "Thành công", "value": [row]}

    def take_back(self, asked: Returned) -> Content:
        """Take what a province tells of a record that was asked for elsewhere.

        A state that the portal is past already is refused in the words that clients look for.
        """
        told = self.returned.setdefault(asked.maHoSoMCDT, [])
        before = told[-1]["trangThaiXuLy"] if told else "1"
        is_back = int(asked.trangThaiXuLy) <= int(before) or before in _ENDS
        if told and is_back:
            return portal_answer(
                "01",
                f"Hồ sơ {asked.maHoSoMCDT} không thể cập nhật lên trạng thái "
                f"{NAMES[asked.trangThaiXuLy]}",
            )
        if asked.trangThaiXuLy in {"9", "10"} and not asked.ketQuaXuLy:
            return portal_answer("01", "Thiếu ketQuaXuLy")
        told.append(asked.model_dump(exclude_unset=True))
        return portal_answer("00", "")

    def code(self, one: Held, now: datetime) -> str:
        """2, then 4, then 9, as the clock goes."""
        age = now - one.at
        if age >= self.done_after:
            return DONE
        return IN_HAND if age >= self.in_hand_after else RECEIVED

    def shown(self) -> list[Content]:
        """Every declaration as the control API shows it, without the key."""
        return [
            one.asked.model_dump(exclude_unset=True, exclude={"authKey"})
            for one in self.held.values()
        ]

    def _result(self, one: Held) -> Content:
        issued = (one.at + self.done_after).astimezone(VIETNAM).strftime("%d/%m/%Y")
        return {
            "soPhieuLLTP": one.number,
            "ngayCapPhieu": issued,
            "loaiPhieu": one.asked.toKhai.loaiPhieu,
            "nguoiLapPhieu": "Người Lập Mẫu",
            "nguoiKy": "Người Ký Mẫu",
            "chucVu": "Giám đốc",
            "tinhTrangAnTich": "0",
            "tenTinhTrangAnTich": "Không có án tích",
            "thongTinCDNCV": "0",
            "tenThongTinCDNCV": "Không bị cấm",
            "thongTinAn": [],
            "dsCDNCV": [],
            "phieuLLTP": base64.b64encode(_PDF).decode(),
            "quyetDinhThuHoi": "",
        }


def refusal(code: str, words: str) -> Content:
    """The answer to a declaration that is not taken."""
    return {"status": 0, "statusDescription": "", "errorCode": code, "errorDescription": words}


def nothing(words: str) -> Content:
    """The answer to a question about what is not there, or may not be asked."""
    return {"status": 0, "statusDescription": words, "value": []}


def portal_answer(code: str, words: str) -> Content:
    """What the portal of linked services answers."""
    return {"statusCode": code, "data": None, "errorDetail": words}
