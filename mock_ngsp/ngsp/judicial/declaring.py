"""The nation hands an application to a province: it gets a code, then tells the form under it."""

import base64
from dataclasses import dataclass
from typing import Any, Final

import httpx

from mock_ngsp.ngsp.judicial.second_wire import Content

GIVE, TAKE = "/LLTP/LayMaHoSo", "/LLTP/TaoHoSo"
_PDF: Final = base64.b64encode(b"%PDF-1.4\n% to khai mau\n%%EOF\n").decode()


@dataclass(frozen=True, slots=True)
class Desk:
    """A province that takes applications: its address, and the code in the query."""

    url: str
    CodeGet: str


def form_of(number: str, changes: Content) -> Content:
    """A form for a code, `changes` in place of what `toKhai` says by itself."""
    form = {
        "loaiPhieu": "1",
        "yeuCauCDNCV": "0",
        "mucDich": "Bổ sung hồ sơ xin việc",
        "soLuongCap": "1",
        "nycHoTen": "Nguyễn Thị Giả Định",
        "nycGioiTinh": "0",
        "nycNgaySinh": "02/05/1990",
        "nycLoaiGiayTo": "3",
        "nycSoGiayTo": "000000000001",
        "nycQuocTich": "1",
        "nycDienThoai": "0000000001",
        "nycThuongTru": {
            "maTinhThanh": "10", "tenTinhThanh": "Tỉnh Lào Cai", "maPhuongXa": "02680",
            "tenPhuongXa": "Xã Giả Định", "dcChiTiet": "Thôn Ví Dụ",
        },
        "quaTrinhCTNNNLV": [
            {"tuNgay": "05/2004", "denNgay": "11/2026", "noiCuTru": "Thôn Ví Dụ"}
        ],
        "giayToDinhKem": [
            {"tenLoaiFile": "Tờ khai", "tenFile": "to-khai.pdf", "noiDungFile": _PDF}
        ],
    }  # fmt: skip
    return {
        "maTinh": "10",
        "tenTinh": "Tỉnh Lào Cai",
        "maHoSoMCDT": number,
        "ngayTiepNhan": "02/11/2026 09:00:00",
        "nguonDangKy": "2",
        "tenNguonDangKy": "VNeID",
        "toKhai": form | changes,
        "thongTinBienLai": {},
    }


async def hand(desk: Desk, number: str | None, changes: Content) -> Content:
    """Hand an application to a province, under a new code unless one is given; what it said."""
    given = await _sent("GET", desk, GIVE, None) if number is None else None
    code = number or _data(given)
    if code is None:
        return {"given": given, "taken": None}
    return {"given": given, "taken": await _sent("POST", desk, TAKE, form_of(code, changes))}


def _data(given: Content | None) -> str | None:
    answer = (given or {}).get("answer")
    found = answer.get("data") if isinstance(answer, dict) else None
    return found if isinstance(found, str) else None


async def _sent(method: str, desk: Desk, path: str, body: Any) -> Content:
    query = {"CodeGet": desk.CodeGet}
    try:
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
            url = desk.url.rstrip("/") + path
            answer = await http.request(method, url, params=query, json=body)
    except httpx.TransportError as wrong:
        return {"http_status": None, "answer": None, "problem": type(wrong).__name__}
    try:
        content = answer.json()
    except ValueError:
        content = None
    return {"http_status": answer.status_code, "answer": content, "problem": None}
