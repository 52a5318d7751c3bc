"""What a land system is answered to each call, word for word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.gateway import Api

DONE = '{"Result":true,"Message":"Thành công"}'
NOT_HELD = "SoBienNhan: không có hồ sơ nào đã chuyển sang hệ thống đất đai mang số này"
NO_OBJECT = "Nội dung không phải một đối tượng JSON"
WRONG_CODE = "Mã bảo mật không đúng"
AWAY = "Chưa ghi nhận gì; xin gửi lại nguyên yêu cầu này sau ít giây."
WRONG = "Dữ liệu không hợp lệ: "
LACKS = "thiếu trường bắt buộc"
NO_TEXT = "phải là chuỗi"
NO_FORM = "không đúng định dạng"


def refused(words: str) -> str:
    return f'{{"Result":false,"Message":"{words}"}}'


def wrong(**places: str) -> str:
    """Return how places of a body are named, `_` for the dots in their names."""
    named = "; ".join(f"{place.replace('__', '.')}: {why}" for place, why in places.items())
    return refused(WRONG + named)


def only_from(act: str, *statuses: str) -> str:
    """Return how a dossier says that it has been returned, and from where an act is done."""
    named = ", ".join(f"“{status}”" for status in statuses)
    return refused(f"Hồ sơ đang ở “Đã trả kết quả”; “{act}” chỉ làm được khi ở {named}.")


@dataclass(frozen=True)
class Row:
    """What is answered to one call: of a dossier that was returned, without and with wrong fields.

    `status` is where a dossier that has been accepted stands afterwards.
    """

    after_the_end: str
    lacking: str
    unfit: str
    status: str


WORD = {"SoBienNhan": LACKS, "NguoiXuLy": LACKS, "NgayXuLy": LACKS}
UNFIT = {"SoBienNhan": NO_TEXT, "NguoiXuLy": NO_TEXT, "NgayXuLy": NO_FORM}
TAX = {"SoBienNhan": LACKS, "NguoiXuLy": LACKS, "NgayCoKetQuaThue": LACKS}
TAX_UNFIT = {"SoBienNhan": NO_TEXT, "NguoiXuLy": NO_TEXT, "NgayCoKetQuaThue": NO_FORM}
ROWS: Mapping[str, Row] = {
    "ChuyenHoSo": Row(
        refused(
            "Hồ sơ đang ở “Đã trả kết quả”, không chuyển sang “Đang xử lý” được; "
            "chỉ có thể sang: không trạng thái nào."
        ),
        wrong(**WORD),
        wrong(**UNFIT),
        "processing",
    ),
    "YeuCauBoSungHoSo": Row(
        only_from("Yêu cầu bổ sung giấy tờ", "Mới đăng ký", "Được tiếp nhận", "Đang xử lý"),
        wrong(**WORD, NoiDung=LACKS),
        wrong(**UNFIT, NoiDung=NO_TEXT, DanhSachGiayTo=NO_FORM),
        "supplement_requested",
    ),
    "NhanBoSungHoSo": Row(DONE, wrong(**WORD), wrong(**UNFIT), "accepted"),
    "GuiKetQuaThue": Row(
        DONE,
        wrong(**TAX, DanhSachThongBaoThue=LACKS),
        wrong(**TAX_UNFIT, DanhSachThongBaoThue=NO_FORM),
        "payment_requested",
    ),
    "KetThucHoSo": Row(
        only_from(
            "Xử lý xong", "Được tiếp nhận", "Đang xử lý", "Yêu cầu thực hiện nghĩa vụ tài chính"
        ),
        wrong(**WORD),
        wrong(**UNFIT),
        "finished",
    ),
    "YeuCauCapNhatHoSo": Row(
        DONE, wrong(**WORD, NoiDung=LACKS), wrong(**UNFIT, NoiDung=NO_TEXT), "accepted"
    ),
}
OWNER = {"HoTen": "Nguyễn Thị Giả Định", "SoChungMinh": "000000000001"}
TAKES: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "found": ({}, '{"Result":true,"Message":"Thành công","Data":"H38.12-261102-0001"}'),
    "no unit": (
        {"MaDonVi": "H38.99"},
        refused(
            "Danh mục không có cơ quan, tổ chức nào mang mã H38.99. "
            "MaDonVi: mã không có trong danh mục"
        ),
    ),
    "no procedure": (
        {"ThongTinQuyTrinh": {"MaQuyTrinh": "9.999999"}},
        refused(
            "Danh mục không có thủ tục hành chính nào mang mã 9.999999. "
            "ThongTinQuyTrinh.MaQuyTrinh: mã không có trong danh mục"
        ),
    ),
    "unmapped": (
        {"ThongTinQuyTrinh": {"MaQuyTrinh": "QT-0"}},
        refused("ThongTinQuyTrinh.MaQuyTrinh: chưa ánh xạ với thủ tục nào"),
    ),
    "another's unit": (
        {"MaDonVi": "H53.01"},
        refused("Ứng dụng của H38 không được làm thay H53.01. MaDonVi: ngoài H38"),
    ),
    "due before it came": (
        {"NgayHenTra": "01/11/2026"},
        refused(
            "Ngày hẹn trả kết quả phải sau ngày tiếp nhận. "
            "NgayHenTra: trước ngày tiếp nhận 2026-11-02T09:00:00+07:00"
        ),
    ),
    "lacking": (
        dict.fromkeys(
            ("SoBienNhan", "MaDonVi", "NgayTiepNhan", "ThongTinNguoiNopDon", "ThongTinQuyTrinh")
        ),
        wrong(
            SoBienNhan=LACKS,
            MaDonVi=LACKS,
            NgayTiepNhan=LACKS,
            ThongTinNguoiNopDon=LACKS,
            ThongTinQuyTrinh=LACKS,
        ),
    ),
    "unfit": (
        {
            "SoBienNhan": 7,
            "MaDonVi": [],
            "NgayTiepNhan": "31/02/2026",
            "ThongTinNguoiNopDon": {"HoTen": "", "SoDienThoai": "\n"},
            "ThongTinQuyTrinh": {},
        },
        wrong(
            SoBienNhan=NO_TEXT,
            MaDonVi=NO_TEXT,
            NgayTiepNhan=NO_FORM,
            ThongTinNguoiNopDon__HoTen=NO_FORM,
            ThongTinNguoiNopDon__SoDienThoai=NO_FORM,
            ThongTinQuyTrinh__MaQuyTrinh=LACKS,
        ),
    ),
}
STATUS_ROWS = (
    '{"MaTrangThai":"1","TenTrangThai":"Mới đăng ký"},'
    '{"MaTrangThai":"2","TenTrangThai":"Được tiếp nhận"},'
    '{"MaTrangThai":"3","TenTrangThai":"Không được tiếp nhận"},'
    '{"MaTrangThai":"4","TenTrangThai":"Đang xử lý"},'
    '{"MaTrangThai":"5","TenTrangThai":"Yêu cầu bổ sung giấy tờ"},'
    '{"MaTrangThai":"6","TenTrangThai":"Yêu cầu thực hiện nghĩa vụ tài chính"},'
    '{"MaTrangThai":"7","TenTrangThai":"Công dân yêu cầu rút hồ sơ"},'
    '{"MaTrangThai":"8","TenTrangThai":"Dừng xử lý"},'
    '{"MaTrangThai":"9","TenTrangThai":"Đã xử lý xong"},'
    '{"MaTrangThai":"10","TenTrangThai":"Đã trả kết quả"}'
)


def procedure_rows(api: Api) -> str:
    """Return the procedures of the catalogue as `/v1` has them, in the land system's form."""
    items = api.get("/v1/procedures", params={"limit": 200}).json()["items"]
    assert len(items) > 5
    form = '{{"MaThuTuc":"{code}","TenThuTuc":"{name}"}}'
    return ",".join(form.format(code=one["code"], name=one["name"]) for one in items)


LISTED: Mapping[str, Callable[[Api], str]] = {
    "GetDanhMucNguoiDung": lambda _: "",
    "GetDanhMucThuTuc": procedure_rows,
    "GetDanhMucTrangThai": lambda _: STATUS_ROWS,
}
