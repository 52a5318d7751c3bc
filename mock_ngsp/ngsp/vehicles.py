"""Vehicle badges (phù hiệu xe) and other files of transport: context apiGTVT, one list."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from mock_ngsp.clock import VIETNAM
from mock_ngsp.ngsp.asking import Asked, Operation
from mock_ngsp.ngsp.magic import magic_of
from mock_ngsp.wire import Answer, json_answer

Content = dict[str, Any]

SERVICE: Final = "vehicles"
CONTEXT: Final = "apiGTVT"
UNIT: Final = "000.00.13.H38"
DEFAULT_KEY: Final = "mock-apikey-of-transport"
NO_UNIT, NO_KEY, WRONG_KEY, WRONG_UNIT, BROKEN_KEY = -300, -301, -302, -303, -304
MAGIC: Final = magic_of(SERVICE, "GovAgencyCode", UNIT, lambda end: f"000.00.{end}.H38")
_WORDS: Final = {
    NO_UNIT: "Mã đơn vị rỗng",
    NO_KEY: "ApiKey rỗng",
    WRONG_KEY: "ApiKey sai",
    WRONG_UNIT: "Mã đơn vị sai",
    BROKEN_KEY: "ApiKey lỗi",
}
_EMPTY: Final = "000.00.0404.H38"
_SHORTEST_KEY: Final = 8


def answer_list(asked: Asked) -> Answer:
    """`danhsachhoso`: unit and key stand in the query and in headers, and must agree."""
    unit, key = asked.query.get("GovAgencyCode", ""), asked.query.get("APIKey", "")
    if (code := _wrong(asked, unit, key)) is not None:
        return _refusal(code)
    first, last = (_day(asked.query.get(f"Receive{end}Date", "")) for end in ("From", "To"))
    today = asked.universe.clock.now().astimezone(VIETNAM).date()
    last = min(last or today, today)
    first = first or last
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    rows = [] if unit == _EMPTY else [_row(day) for day in days]
    start, end = (_number(asked.query.get(name, "-1")) for name in ("Start", "End"))
    shown = rows if start < 0 or end < 0 else rows[start:end]
    return json_answer({"total": len(rows), "data": shown})


def _wrong(asked: Asked, unit: str, key: str) -> int | None:
    faults = {
        NO_UNIT: not unit or not asked.header("madonvi"),
        NO_KEY: not key or not asked.header("apikey"),
        BROKEN_KEY: len(key) < _SHORTEST_KEY,
        WRONG_KEY: key != DEFAULT_KEY or asked.header("apikey") != key,
        WRONG_UNIT: unit not in {UNIT, _EMPTY} or asked.header("madonvi") != unit,
    }
    return next((code for code, is_met in faults.items() if is_met), None)


def _refusal(code: int) -> Answer:
    """How an error is wrapped is ours."""
    return json_answer({"error_code": code, "message": _WORDS[code], "total": 0, "data": []})


def _row(day: date) -> Content:
    return {
        "MaHoSo": f"PHX-{day:%Y%m%d}-1", "MaTTHC": "1.000002", "TenTTHC": "Cấp phù hiệu xe",
        "TenLinhVuc": "Đường bộ", "TrichYeuHoSo": "Cấp phù hiệu cho xe 00A-000.01",
        "KenhThucHien": "2", "DonViXuLy": "Sở Giả Định", "MaDoiTuong": "",
        "ChuHoSo": "CÔNG TY TNHH GIẢ ĐỊNH", "SoDienThoai": "0000000001",
        "Email": "vi.du@example.vn", "DiaChi": "Số 1, đường Ví Dụ", "MaTinh": "10",
        "TenTinh": "Tỉnh Lào Cai", "MaHuyen": "", "TenHuyen": "", "MaXa": "02680",
        "TenXa": "Xã Giả Định", "NgayGuiHoSo": f"{day:%d/%m/%Y}",
        "NgayTiepNhan": f"{day:%d/%m/%Y}", "NgayHenTra": f"{day + timedelta(days=2):%d/%m/%Y}",
        "NgayKetThucXuLy": "", "NgayTra": "", "TrangThaiHoSo": "4",
        "TenTrangThaiHoSo": "Đang xử lý", "NguoiNop": "Nguyễn Thị Giả Định",
        "MaNguoiNop": "000000000001", "DienThoaiNguoiNop": "0000000001",
        "EmaiNguoiNop": "vi.du@example.vn", "NgayHuyHoSo": "", "MaDonViXuLy": UNIT,
    }  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=VIETNAM).date()
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def refused(_asked: Asked) -> Answer:
    """What the system says when it does not want to."""
    return _refusal(WRONG_KEY)


OPERATIONS: Final = (
    Operation(
        SERVICE, CONTEXT, "danhsachhoso", "GET", answer_list,
        lambda asked: asked.query.get("GovAgencyCode", ""), refused,
    ),
)  # fmt: skip
