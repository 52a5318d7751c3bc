"""MaXacThuc: the signed values in their order, then the secret, with bars between; SHA-256, hex."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

INIT = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan",
    "MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich",
    "ThoiGianGD", "Ip",
)  # fmt: skip
ASKING = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
"""Of QUERY and of GET_BILL."""
TELLING = (
    "LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich",
    "MaNganHang", "ThoiGianGD", "ThongTinGiaoDich",
)  # fmt: skip
"""Of the confirmation, and of the answer to QUERY."""


def signature(content: Mapping[str, Any], names: tuple[str, ...], secret: str) -> str:
    """The signature of these values of a message."""
    text = "".join(f"{content[name]}|" for name in names) + secret
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def is_signed(content: Mapping[str, Any], names: tuple[str, ...], secret: str) -> bool:
    """Tell whether a message carries the signature of its values, letter for letter."""
    wanted = signature(content, names, secret)
    return hmac.compare_digest(wanted.encode(), str(content["MaXacThuc"]).encode())
