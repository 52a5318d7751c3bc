"""The land system's calls to a one-stop system: `/{op}/{securityCode}` behind its address."""

from datetime import datetime
from typing import Any, Final

import httpx

from mock_ngsp.clock import VIETNAM
from mock_ngsp.ngsp.land.files import DONE, IN_HAND, TAXED, WAITS, Land, OneStop
from mock_ngsp.ngsp.land.wire import Content

TAKE: Final = "TiepNhanHoSoChoMotCua"
STATUSES: Final = {
    "ChuyenHoSo": IN_HAND,
    "YeuCauBoSungHoSo": WAITS,
    "NhanBoSungHoSo": IN_HAND,
    "GuiKetQuaThue": TAXED,
    "KetThucHoSo": DONE,
    "YeuCauCapNhatHoSo": IN_HAND,
}
"""Where a dossier stands once the one-stop system took the call."""
LISTS: Final = ("GetDanhMucNguoiDung", "GetDanhMucThuTuc", "GetDanhMucTrangThai")
OPERATIONS: Final = (*STATUSES, TAKE)


def body_of(operation: str, number: str, now: datetime, changes: Content) -> Content:
    """What a call says, `changes` in place of what it says by itself; null leaves a name out."""
    at = now.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S")
    words = {"SoBienNhan": number, "NguoiXuLy": "Cán bộ Đất Đai Mẫu", "NgayXuLy": at, "GhiChu": ""}
    special: dict[str, Content] = {
        "ChuyenHoSo": words,
        "YeuCauBoSungHoSo": words
        | {"NoiDung": "Thiếu trích lục bản đồ", "DanhSachGiayTo": ["Trích lục bản đồ"]},
        "NhanBoSungHoSo": words,
        "GuiKetQuaThue": _tax(number, at),
        "KetThucHoSo": words,
        "YeuCauCapNhatHoSo": words | {"NoiDung": "Sai số thửa đất"},
        TAKE: _dossier(number, at),
    }
    whole = special[operation] | changes
    return {name: value for name, value in whole.items() if value is not None}


def took(land: Land, operation: str, number: str, body: Content, answer: Any) -> None:
    """Have a dossier stand where a call brought it, if the one-stop system said that it did."""
    if not isinstance(answer, dict) or not answer.get("Result"):
        return
    if operation == TAKE:
        land.take_itself(number, body)
    elif (file := land.held.get(number)) is not None:
        file.status = STATUSES[operation]


async def call(one_stop: OneStop, operation: str, body: Content) -> Content:
    """Call a one-stop system; what it answered, or why it did not."""
    return await _sent("POST", f"{one_stop.url.rstrip('/')}/{operation}", one_stop, body)


async def listed(one_stop: OneStop, name: str) -> Content:
    """Ask a one-stop system for one of its lists."""
    return await _sent("GET", f"{one_stop.url.rstrip('/')}/{name}", one_stop, None)


async def _sent(method: str, url: str, one_stop: OneStop, body: Content | None) -> Content:
    try:
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
            answer = await http.request(method, f"{url}/{one_stop.securityCode}", json=body)
    except httpx.TransportError as wrong:
        return {"http_status": None, "answer": None, "problem": type(wrong).__name__}
    try:
        content = answer.json()
    except ValueError:
        content = None
    return {"http_status": answer.status_code, "answer": content, "problem": None}


def _tax(number: str, at: str) -> Content:
    notice = {
        "HoTenChu": "Nguyễn Thị Giả Định",
        "LoaiThue": "Lệ phí trước bạ",
        "SoThongBaoThue": "TB-0001/2026",
        "DuongDanThongBaoThue": "https://vbdlis.example.vn/thue/TB-0001.pdf",
    }
    return {
        "SoBienNhan": number,
        "NguoiXuLy": "Cán bộ Thuế Mẫu",
        "NgayCoKetQuaThue": at,
        "GhiChu": "",
        "DanhSachThongBaoThue": [
            notice,
            notice | {"LoaiThue": "Thuế thu nhập cá nhân", "SoThongBaoThue": "TB-0002/2026"},
        ],
    }


def _dossier(number: str, at: str) -> Content:
    return {
        "SoBienNhan": number,
        "MaDonVi": "H38.12",
        "NguoiTiepNhan": "Cán bộ Đất Đai Mẫu",
        "NgayTiepNhan": at,
        "DiaChiTaiSan": "Thôn Ví Dụ, Xã Giả Định",
        "ThongTinNguoiNopDon": {
            "HoTen": "Nguyễn Thị Giả Định",
            "SoChungMinh": "000000000001",
            "DiaChiChiTiet": "Thôn Ví Dụ, Xã Giả Định",
            "SoDienThoai": "0000000001",
            "Email": "",
        },
        "ThongTinQuyTrinh": {"MaQuyTrinh": "1.003560.H38", "TenQuyTrinh": "Thủ tục mẫu"},
    }
