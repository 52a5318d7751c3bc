"""GPLX, driving licences: files of the ministry of transport's system, by session and service."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from mock_ngsp.clock import VIETNAM
from mock_ngsp.dvcqg.sessions import Account, Sessions
from mock_ngsp.ngsp.asking import Asked, Guard, Operation, UnreadableError
from mock_ngsp.ngsp.magic import Outcome, magic_of
from mock_ngsp.wire import Answer, json_answer

Content = dict[str, Any]

SERVICE: Final = "licences"
CONTEXT: Final = "apiDVC-GPLX"
DEFAULT_ACCOUNT: Final = Account("mock-licences", "mock-password-of-licences")
UNIT: Final = "000.00.12.H38"
_TTL: Final = timedelta(minutes=30)
MAGIC: Final = (
    *magic_of(SERVICE, "donViXuLy", UNIT, lambda end: f"000.00.{end}.H38"),
    *magic_of(SERVICE, "mahoso", "GIADINH-0001", lambda end: f"GIADINH-{end}"),
)
_LOST: Final = frozenset(one.value for one in MAGIC if one.outcome is Outcome.NOT_FOUND)
_DONE, _EXPIRED, _WRONG = 0, -2, -1
_PAPER: Final = {"Base64": "JVBERi0xLjQK", "DuongDan": "/GIADINH-0001/1", "TenTaiLieu": "don.pdf"}


@dataclass(slots=True)
class Licences:
    """The sessions, and the files at the beginning: one a day for the unit of the seed."""

    sessions: Sessions = field(default_factory=lambda: Sessions(DEFAULT_ACCOUNT, _TTL))

    def listed(self, unit: str, first: date, last: date, today: date) -> list[Content]:
        """A file for each day of a span, up to today."""
        if unit != UNIT:
            return []
        days = (min(last, today) - first).days
        return [_file(first + timedelta(days=ahead)) for ahead in range(days + 1)]

    def found(self, code: str) -> list[Content]:
        """One file as a look-up shows it."""
        if code in _LOST or not code.startswith("GIADINH-"):
            return []
        return [
            {
                "MaTTHC": "1.000001", "MaDVC": "1.000001.01", "TenDVC": "Đổi giấy phép lái xe",
                "MaHoSo": code, "HoTenNguoiNop": "Nguyễn Thị Giả Định", "MaTrangThai": "4",
                "TrangThaiHoSo": "Đang xử lý", "DonViXuLy": "Sở Giả Định", "MaDonViXuLy": UNIT,
                "NgayNop": "20261102080000", "NgayTiepNhan": "20261102084000",
                "NgayHenTra": "20261109170000", "HinhThucNhanKQ": "0",
            }
        ]  # fmt: skip


def answer_login(asked: Asked) -> Answer:
    """`mapi/login`: a session, or none."""
    try:
        content = asked.json()
    except UnreadableError:
        return _told(_WRONG, "body")
    name, password = str(content.get("username", "")), str(content.get("password", ""))
    session = asked.universe.ngsp.licences.sessions.open(name, password, _now(asked))
    if session is None:
        return _told(_WRONG, "Sai tai khoan hoac mat khau")
    return json_answer({"error_code": _DONE, "result": [], "session": session})


def answer_service(asked: Asked) -> Answer:
    """`mapi/g`: the service stands in the body, with the session."""
    try:
        content = asked.json()
    except UnreadableError:
        return _told(_WRONG, "body")
    licences = asked.universe.ngsp.licences
    if not licences.sessions.alive(str(content.get("session", "")), _now(asked)):
        return _told(_EXPIRED, "Phiên làm việc đã hết hạn")
    act = _SERVICES.get(str(content.get("service")))
    return _told(_WRONG, "service") if act is None else act(asked, content)


def _found(asked: Asked, content: Content) -> Answer:
    rows = asked.universe.ngsp.licences.found(str(content.get("mahoso", "")))
    return json_answer({"error_code": _DONE, "data": rows})


def _paper(_asked: Asked, content: Content) -> Answer:
    is_known = content.get("duongdanteptin") == _PAPER["DuongDan"]
    return json_answer({"error_code": _DONE, "TepTinDinhKem": [_PAPER] if is_known else []})


def _listed(asked: Asked, content: Content) -> Answer:
    try:
        first, last = (date.fromisoformat(str(content.get(f"ngayNhan{one}"))) for one in (1, 2))
    except ValueError:
        return _told(_WRONG, "ngayNhan1, ngayNhan2")
    today = _now(asked).astimezone(VIETNAM).date()
    rows = asked.universe.ngsp.licences.listed(str(content.get("donViXuLy")), first, last, today)
    return json_answer({"error_code": _DONE, "data": rows})


def _file(day: date) -> Content:
    """What a row holds; people and numbers are invented."""
    licence = {
        "sogplx": "000000000001", "soserigplx": "GD000001", "noicapgplx": "Sở Giả Định",
        "ngaycapgplx": "2016-11-02", "ngayhethangplx": "2026-11-02", "hanggplxgplx": "B",
        "ngaytrungtuyen": "2016-10-20",
    }  # fmt: skip
    paper = {"magiayto": "DON", "tengiayto": "Đơn đề nghị", "filedinhkem": "/GIADINH-0001/1"}
    texts = {
        "maDangKyCu": "", "maDangKyDvc": f"DVC{day:%Y%m%d}", "maHoSo": f"GPLX-{day:%Y%m%d}-1",
        "hoTen": "Nguyễn Thị Giả Định", "hoTenIn": "NGUYEN THI GIA DINH", "hoDem": "Nguyễn Thị Giả",
        "ten": "Định", "gioiTinh": "F", "ngaySinh": "1990-05-02", "quocTich": "VNM",
        "soCmnd": "000000000001", "soCmndCu": "", "noiCapCmnd": "Cục Giả Định",
        "ngayCapCmnd": "2021-07-01", "noiCuTru": "Thôn Ví Dụ", "dvhcNoiCuTru": "10",
        "noiThuongTru": "Thôn Ví Dụ", "dvhcNoiThuongTru": "10", "anhChanDung": "",
        "maDonVi": UNIT, "ngayNhanHoSo": f"{day:%Y-%m-%d}", "nguoiNhanHoSo": "CB-0001",
        "ngayHenTraGplx": f"{day + timedelta(days=7):%Y-%m-%d}", "loaiHoSo": "DOI",
        "noiHocLaiXe": "", "namHocLaiXe": "", "hangDaoTao": "B", "soNamLaiXe": "10",
        "soKmLxAnToan": "", "lyDoDoiGplx": "Hết hạn", "mucDichDoiGplx": "", "maDonViVpdk": "",
    }  # fmt: skip
    return texts | {"gplxDaCap": [licence], "hoSoDinhKem": [paper]}


def refused(_asked: Asked) -> Answer:
    """What the system says when it does not want to."""
    return _told(_WRONG, "Don vi chua duoc cap quyen")


def _told(code: int, words: str) -> Answer:
    return json_answer({"error_code": code, "message": words})


def _now(asked: Asked) -> datetime:
    return asked.universe.clock.now()


def _subject(asked: Asked) -> str:
    return asked.text("donViXuLy") or asked.text("mahoso")


_SERVICES: Final[dict[str, Callable[[Asked, Content], Answer]]] = {
    "DanhSachHoSo": _listed,
    "TraCuuHoSo": _found,
    "LayTaiLieuHoSo": _paper,
}
OPERATIONS: Final = (
    Operation(
        SERVICE, CONTEXT, "tcdbdvcdata/mapi/login", "POST", answer_login, lambda _: "", refused,
        guard=Guard.OPEN,
    ),
    Operation(
        SERVICE, CONTEXT, "tcdbdvcdata/mapi/g", "POST", answer_service, _subject, refused,
        guard=Guard.OPEN,
    ),
)  # fmt: skip
