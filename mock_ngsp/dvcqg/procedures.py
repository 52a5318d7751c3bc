"""Invented administrative procedures (thủ tục hành chính), written as LayThuTuc gives them."""

from typing import Any

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


def listed() -> list[dict[str, str]]:
    """Code and name of every procedure."""
    return [{"MATTHC": code, "TENTTHC": name} for code, (name, _) in _PUBLISHED.items()]


def details(code: str) -> list[dict[str, Any]]:
    """The full record, as an array of one; empty for an unknown code."""
    if code not in _PUBLISHED:
        return []
    name, publisher = _PUBLISHED[code]
    number = list(_PUBLISHED).index(code) + 1
    return [_scalars(str(number), code, name, publisher) | _lists(publisher)]


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
