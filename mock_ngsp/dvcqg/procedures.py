"""Invented administrative procedures (thủ tục hành chính), written as LayThuTuc gives them."""

from typing import Any

from mock_ngsp.codes import stands_under

Row = dict[str, Any]

_SAMPLE = "Cấp giấy xác nhận mẫu (thủ tục giả định để chạy thử)"
_PERMIT = "Cấp phép ví dụ (thủ tục giả định để chạy thử)"
_PUBLISHED = {
    "1.003560": (_SAMPLE, "G22"),
    "1.003560.H38": (_SAMPLE, "H38"),
    "1.003560.H53": (_SAMPLE, "H53"),
    "2.000001": (_PERMIT, "G22"),
    "2.000001.H38": (_PERMIT, "H38"),
    "2.000001.H53": (_PERMIT, "H53"),
}


_FAMILY = 500_000
"""Codes of the further procedures: 1.500001.H38 and on."""


class Procedures:
    """What is published since the last reset: six samples, and as many more as are asked for."""

    def __init__(self, further: int = 0) -> None:
        self._held: dict[str, Row] = {}
        for code, (name, publisher) in _PUBLISHED.items():
            self._add(code, name, publisher)
        for number in range(1, further + 1):
            name = f"Thủ tục giả định số {number}"
            self._add(f"1.{_FAMILY + number}.H38", name, "H38")

    def listed(self) -> list[dict[str, str]]:
        """Code and name of every procedure."""
        return [{"MATTHC": code, "TENTTHC": row["TENTTHC"]} for code, row in self._held.items()]

    def of_unit(self, unit: str) -> list[dict[str, str]]:
        """Code and name of the procedures that a unit, or one below it, publishes."""
        return [
            row
            for row in self.listed()
            if stands_under(self._held[row["MATTHC"]]["MACOQUANCONGBO"], unit)
        ]

    def details(self, code: str) -> list[Row]:
        """The full record, as an array of one; empty for an unknown code."""
        return [self._held[code]] if code in self._held else []

    def put(self, code: str, changes: Row) -> Row:
        """Change a procedure, or publish a new one; returns its record."""
        if code not in self._held:
            self._add(code, _SAMPLE, code[9:] or "G22")
        self._held[code] = self._held[code] | changes | {"MATTHC": code}
        return self._held[code]

    def drop(self, code: str) -> bool:
        """Publish a procedure no longer; False if there is none."""
        return self._held.pop(code, None) is not None

    def _add(self, code: str, name: str, publisher: str) -> None:
        number = str(len(self._held) + 1)
        self._held[code] = _scalars(number, code, name, publisher) | _lists(publisher)


def _scalars(number: str, code: str, name: str, publisher: str) -> dict[str, Any]:
    return {
        "ID": number,
        "MATTHC": code,
        "TENTTHC": name,
        "MACOQUANCONGBO": publisher,
        "LOAITTHC": "0",
        "MOTADOITUONGTHUCHIEN": "Công dân Việt Nam",
        "DIACHITIEPNHAN": "Bộ phận một cửa mẫu",
        "QUYETDINH": "01/QĐ-MAU",
        "YEUCAU": "Không có",
        "TUKHOA": "mẫu",
        "IDQUYETDINHCONGBO": "1",
        "TRANGTHAI": "1",
        "MOTACOQUANTHUCHIEN": "Cơ quan mẫu",
        "MOTACOQUANTHAMQUYEN": "Cơ quan mẫu",
        "MOTA": "Thủ tục giả định",
    }


def _lists(publisher: str) -> dict[str, Any]:
    agency = [{"MADONVI": publisher, "TENDONVI": "Cơ quan mẫu"}]
    return {
        "TRINHTUTHUCHIEN": [
            {"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Nộp"}, {"TENTRINHTU": "Nhận kết quả"}]}
        ],
        "CACHTHUCTHUCHIEN": [_channel("1"), _channel("2")],
        "THANHPHANHOSO": [{"TRUONGHOP": "", "GIAYTO": [_paper()]}],
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "G03-GD10", "TENLINHVUC": "Lĩnh vực mẫu"}],
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "1", "TENCAP": "Cấp tỉnh"}],
        "DOITUONGTHUCHIEN": [{"MADOITUONG": "1", "TENDOITUONG": "Công dân Việt Nam"}],
        "KETQUATHUCHIEN": [
            {"MAKETQUA": "KQ.G22.000001", "TENKETQUA": "Giấy xác nhận", "TENTEP": "", "URL": ""}
        ],
        "CANCUPHAPLY": [],
        "COQUANTHUCHIEN": agency,
        "COQUANCOTHAMQUYEN": agency,
        "COQUANDUOCUYQUYEN": [],
        "COQUANPHOIHOP": [],
        "TTHCLIENQUAN": [],
        "TTHCLIENTHONG": [],
    }


def _channel(channel: str) -> dict[str, Any]:
    fee = {"MAPHILEPHI": "LP01", "SOTIEN": "20000", "DONVI": "Đồng", "MOTA": "Lệ phí mẫu"}
    period = {"THOIGIANGIAIQUYET": "5", "DONVITINH": "Ngày làm việc", "MOTA": ""}
    return {
        "KENH": channel,
        "THOIGIAN": [period | {"PHILEPHI": [fee | {"TENTEP": "", "URL": ""}]}],
    }


def _paper() -> dict[str, str]:
    return {
        "MAGIAYTO": "TP01",
        "TENGIAYTO": "Đơn đề nghị",
        "TENMAUDON": "Mẫu 01",
        "URL": "",
        "SOBANCHINH": "1",
        "SOBANSAO": "0",
        "MA_KQ_THAYTHE": "",
    }
