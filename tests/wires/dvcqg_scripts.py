"""The call scripts of provincial systems, each run from its first byte against any server."""

import json
from collections.abc import Sequence

from tests.wires.dvcqg_client import Answer, Provincial

CODE = "H38.12-261102-0007"
OLD_CODE = "000.00.12.H38-261102-0008"
"""The same unit in the older notation: a code says who takes the dossier."""

REFUSED_CODE, REJECTED_CODE = "H38.12-261102-0009", "H38.12-261102-0010"


def a_record(code: str = CODE, status: str = "2", **changes: str) -> str:
    """Return a dossier as a system of 2023 writes it; each change is a ready JSON value."""
    fields = {
        "MaHoSo": f'"{code}"',
        "MaTTHC": '"1.003560.H38"',
        "TenTTHC": '"Thủ tục mẫu"',
        "MaLinhVuc": '"G03-GD10"',
        "TenLinhVuc": '"Lĩnh vực mẫu"',
        "KenhThucHien": '"2"',
        "ChuHoSo": '"Nguyễn Thị Giả Định"',
        "LoaiDoiTuong": '"1"',
        "MaDoiTuong": "null",
        "SoDienThoai": '"0000000001"',
        "TrichYeuHoSo": '"Hồ sơ mẫu"',
        "NgayNopHoSo": '"20261102081500"',
        "NgayTiepNhan": '"20261102084000"',
        "NgayHenTra": '"20261109170000"',
        "TrangThaiHoSo": f'"{status}"',
        "HinhThuc": '"1"',
        "DonViXuLy": '"Bộ phận một cửa Sở Ví Dụ"',
        "NoiNopHoSo": '"2"',
        "HoSoCoThanhPhanSoHoa": '"1"',
        "TaiLieuNop": '[{"TepDinhKemId":"1","TenTepDinhKem":"don.pdf","IsDeleted":"0",'
        '"DuongDanTaiTepTin":"https://onestop.example.vn/1","DuocSoHoa":"1"}]',
        "DanhSachLePhi": '[{"TenPhiLePhi":"Lệ phí mẫu","MaPhiLePhi":"LP01","Gia":"20000"}]',
        "DanhSachTepDinhKemKhac": '[{"TenGiayTo":"Ảnh","SoLuong":2,"LoaiGiayTo":1}]',
        "DanhSachHoSoBoSung": '[{"HoSoBoSungId":1,"TrangThaiBoSung":true}]',
        "DinhDanhCHS": '[{"LoaiDinhDanh":"2","SoDinhDanh":"000000001"}]',
        "DSKetNoiCSDL": '[{"MaCSDL":"7"}]',
    } | changes
    return "{" + ",".join(f'"{name}":{value}' for name, value in fields.items()) + "}"


def a_row(number: int, status: str, code: str = CODE) -> str:
    return (
        f'{{"MaHoSo":"{code}","NguoiXuLy":"Lê Văn Ví Dụ","ChucDanh":"Chuyên viên",'
        f'"ThoiDiemXuLy":"202611021{number:05d}","NoiDungXuLy":"Bước {number}",'
        f'"TrangThai":"{status}"}}'
    )


ROWS = [a_row(1, "2"), *(a_row(number, "4") for number in range(2, 24)), a_row(24, "9")]
"""Twenty-four rows: accepted, twenty-two steps of work, finished."""


def insert_duplicate_update_progress(system: Provincial) -> Sequence[Answer]:
    """The system of 2023: insert, the same again, update, rows in tens, then all once more."""
    finished = a_record(status="9", NgayKetThucXuLy='"20261108150000"')
    return [
        *system.insert_or_update(a_record()),
        *system.insert_or_update(a_record()),
        *system.insert_or_update(finished),
        *system.progress_in_tens(ROWS),
        *system.progress_in_tens(ROWS),
        system.find(CODE),
    ]


def check_then_insert_or_update(system: Provincial) -> Sequence[Answer]:
    """The system of 2020: look up, insert or update, one row for each change."""
    first, second = a_record(OLD_CODE), a_record(OLD_CODE, "4")
    return [
        *system.check_then_push(OLD_CODE, first),
        system.progress(a_row(1, "2", OLD_CODE)),
        *system.check_then_push(OLD_CODE, second),
        system.progress(a_row(2, "4", OLD_CODE)),
        system.find(OLD_CODE),
    ]


def refusals(system: Provincial) -> Sequence[Answer]:
    """What every system meets one day; clients tell these answers apart by their words."""

    def record(status: str = "2", code: str = REFUSED_CODE, **changes: str) -> str:
        return a_record(code, status, **changes)

    def row(number: int, status: str) -> str:
        return a_row(number, status, REFUSED_CODE)

    return [
        system.push(record(), updating="True"),
        system.progress(row(1, "2")),
        system.push(record(), record(), updating="False"),
        system.push(record("10"), updating="False"),
        system.push(record("4"), updating="True"),
        system.progress(row(1, "2")),
        system.progress(row(2, "10")),
        system.progress(row(3, "9"), row(4, "10")),
        system.progress(row(5, "4")),
        system.push(record("3", REJECTED_CODE), updating="False"),
        system.push(record("2", REJECTED_CODE), updating="True"),
        system.find("H38.12-261102-9999"),
        system.call("XoaHoSo"),
        system.progress(*(row(number, "4") for number in range(1, 12))),
        system.push(record(MaHoSo='""'), updating="False"),
    ]


BACKWARD = (
    "Hồ sơ H38.12-261102-0009 đang ở trạng thái Đã trả kết quả, "
    "không thể cập nhật lên trạng thái Đang xử lý"
)
REFUSALS = [
    "Hồ sơ H38.12-261102-0009 không tồn tại",
    "Hồ sơ H38.12-261102-0009 không tồn tại",
    "Dữ liệu không hợp lệ: một hồ sơ có trong data hai lần",
    "Thành công",
    BACKWARD,
    "Thành công",
    "Hồ sơ H38.12-261102-0009 chưa cập nhật trạng thái Đã xử lý xong",
    "Thành công",
    BACKWARD,
    "Thành công",
    "Hồ sơ H38.12-261102-0010 đã bị từ chối. không thể cập nhật trạng thái",
    "Thành công",
    "Không có dịch vụ này",
    "Dữ liệu không hợp lệ: data: quá nhiều dòng",
    "Dữ liệu không hợp lệ: data.0.MaHoSo: không được để trống",
]
"""The texts of that script, in its order."""


def without_a_session(system: Provincial) -> Sequence[Answer]:
    """A wrong password, no session, and a session of another day."""
    refused = system.login("nobody", "wrong")
    system.session = b""
    nothing = system.find(CODE)
    system.session = b"phien-hom-qua"
    return [refused, nothing, system.find(CODE)]


FRONT_CODE, OLDER_CODE = "H38.12-261102-0031", "H38.12-261102-0032"


def without_newer_fields(record: str) -> str:
    """Return a record as systems before 2023 write it."""
    told = json.loads(record)
    for name in ("KenhThucHien", "DinhDanhCHS"):
        del told[name]
    return json.dumps(told, ensure_ascii=False)


def bare_arrays(system: Provincial) -> Sequence[Answer]:
    """The front of 2021: a bare array, the unit and `isUpdating` in the query, no session."""
    unit = "000.00.00.H38"
    first, second = a_record(FRONT_CODE), a_record(FRONT_CODE, "4")
    older = without_newer_fields(a_record(OLDER_CODE))
    rows = f"[{a_row(1, '2', FRONT_CODE)},{a_row(2, '4', FRONT_CODE)}]"
    return [
        system.push_bare(first, unit=unit, updating="False"),
        system.push_bare(first, unit=unit, updating="False"),
        system.push_bare(second, unit=unit, updating="True"),
        system.front_post("CapNhatTienDoHoSoMC", rows),
        system.front_post("CapNhatTienDoHoSoMC", rows),
        system.push_bare(older, unit="000.00.12.H38", updating="False"),
        system.front_post("DongBoHoSoMC", f"[{second}]", "?isUpdating=True"),
        system.front_post("DongBoHoSoMC", f"[{second}]"),
        system.front_post("CapNhatTienDoHoSoMC", "{}"),
        system.front_post("CapNhatTienDoHoSoMC", f"[{a_row(3, '10', FRONT_CODE)}]"),
        system.front_post("DongBoHoSoMC", f"[{a_record(MaHoSo=EMPTY)}]"),
    ]


EMPTY = '""'


def double_encoded_reads(system: Provincial) -> Sequence[Answer]:
    """Reads of the front: the answer is a text that must be parsed once more."""
    return [
        system.front("LayDanhSachTTHC"),
        system.front("LayDanhSachTTHCDonVi", maDonVi="H53"),
        system.front("LayThuTuc", maTTHC="1.003560"),
        system.front("LayThuTuc", maTTHC="9.999999"),
        system.front("LayQDCB", idQDCB="1"),
        system.front("LayDanhMucLinhVuc"),
        system.front("LayDanhMucCoQuan"),
        system.front("LayDanhMucDanToc"),
        system.front("TraCuuTechID", mstorcmnd="000000000001"),
        system.front("TraCuuTechID", mstorcmnd="000000000009"),
        system.front("LayThuTuc"),
        system.front("XoaHoSo"),
    ]


def reported_statuses(system: Provincial) -> Sequence[Answer]:
    """A status of a promotion notice, alone and in its envelope; this front does not hold it."""
    told = (
        '{"TrangThai":"2","MaHoSo":"G02.24-261102-000009","MaHoSoDonVi":"H38.12-261102-0009",'
        '"NoiDung":"Tiếp nhận","NgayXuLy":"20261102150000"}'
    )
    return [
        system.front_post("DongBoTrangThaiHoSoKM", told),
        system.front_post("DongBoTrangThaiHoSoKM", f'{{"type":"2","data":{told}}}'),
    ]
