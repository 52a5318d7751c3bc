"""Vouchers of land–tax payments, and standings of tax notices, that go down to provinces."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from mock_ngsp.clock import VIETNAM

Content = dict[str, Any]

PAYMENT, STANDING = "ImportChungTuThueFromDVCQG", "ImportThongBaoThueFromDVCQG"
OPERATIONS: Final = (PAYMENT, STANDING)
PAID: Final = "1"
DUE: Final = 3_000_000
"""What a notice comes to that nothing else is said of, in đồng."""


@dataclass(slots=True)
class Sent:
    """A word that went down, and what the province answered the last time."""

    operation: str
    unit: str
    body: Content
    answer: Content | None = None


@dataclass(slots=True)
class Taxes:
    """Every word since the last reset, the oldest first, and what was paid of each notice."""

    sent: list[Sent] = field(default_factory=list)
    paid: dict[str, int] = field(default_factory=dict)

    def body_of(self, operation: str, notice: str, now: datetime, changes: Content) -> Content:
        """What a word says, `changes` in place of what it says by itself; null leaves one out."""
        body = _payment(now, len(self.sent) + 1) if operation == PAYMENT else self._standing(notice)
        whole: Content = {"MaThongBaoThue": notice} | body | changes
        return {name: value for name, value in whole.items() if value is not None}

    def took(self, sent: Sent) -> None:
        """Count a payment that a province has taken for the first time."""
        answer = (sent.answer or {}).get("answer")
        is_taken = isinstance(answer, dict) and str(answer.get("error_code")) == "0"
        if is_taken and sent.operation == PAYMENT and sent.body.get("TrangThaiThanhToan") == PAID:
            notice = sent.body["MaThongBaoThue"]
            self.paid[notice] = self.paid.get(notice, 0) + int(float(sent.body["SoTien"]))

    def _standing(self, notice: str) -> Content:
        paid = self.paid.get(notice, 0)
        rest = max(DUE - paid, 0)
        return {
            "TongPhaiNop": str(DUE),
            "TongMienGiam": "0",
            "TongDaNop": str(paid),
            "TongConPhaiNop": str(rest),
            "MaKetQua": "00",
            "DienGiai": "Còn phải nộp" if rest else "Đã nộp đủ",
        }


def _payment(now: datetime, number: int) -> Content:
    return {
        "Nguon": "KBNN",
        "MaSoThue": "0000000001",
        "SoTien": "1250000",
        "NoiDungThanhToan": "Nộp lệ phí trước bạ",
        "ThoiGianThanhToan": now.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S"),
        "TrangThaiThanhToan": PAID,
        "BienLai": f"BL-{number:06d}",
        "SoCMTNguoiNopTien": "000000000001",
        "HoTenNguoiNopTien": "Nguyễn Thị Giả Định",
        "TinhNguoiNopTien": "Tỉnh Giả Định",
        "HuyenNguoiNopTien": "",
        "XaNguoiNopTien": "Xã Giả Định",
        "DiaChiNguoiNopTien": "Thôn Ví Dụ",
        "MaGCN": "GCN-000001",
    }
