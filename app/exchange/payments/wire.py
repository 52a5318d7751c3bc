"""The messages of the payment platform, PhienBan 1.0.6, by their wire names.

Each signed message lists, in `SIGNED`, which values its MaXacThuc covers and in which order.
"""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, JsonValue, StrictInt, StrictStr, StringConstraints

from app.exchange.dvcqg.wire.fields import PortalFact, PortalModel, Scalar


def _as_digits(value: Any) -> Any:
    """Read an integer as its digits; a truth or a fraction stays what it is, and is refused."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Amount = Annotated[
    str, BeforeValidator(_as_digits), StringConstraints(pattern=r"^(?:0|[1-9][0-9]{0,14})$")
]
"""Whole đồng in digits; a fraction is refused, even `.0`."""
Value = Annotated[Scalar, StringConstraints(pattern=r"^[^|\x00-\x1f\x7f]*$", max_length=200)]
"""A signed text without the separator."""
Content = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00]*$", max_length=1000)]
Time = Annotated[Scalar, StringConstraints(pattern=r"^(?:[0-9]{14})?$")]
"""Fourteen digits that are compared and handed back, never read: clients write hours to 12."""


class FeeLine(PortalModel):
    """One fee of the receipt."""

    kind: str = Field("", alias="LoaiPhiLePhi")
    code: str = Field(alias="MaPhiLePhi")
    name: str = Field(alias="TenPhiLePhi")
    amount: Amount = Field(alias="SoTien")


class PaidLine(PortalModel):
    """One sum that is to be paid now."""

    content: str = Field(alias="NoiDung")
    amount: Amount = Field(alias="SoTien")


class ReceiptFacts(PortalModel):
    """What the receipt will say; not signed. What only fines have stays empty."""

    service_kind: str = Field("2", alias="MaDichVu")
    online_service_code: str = Field(alias="MaDVC")
    online_service_name: str = Field(alias="TenDVC")
    procedure_code: str = Field(alias="MaTTHC")
    procedure_name: str = Field(alias="TenTTHC")
    agency_code: str = Field(alias="MaDonVi")
    agency_name: str = Field(alias="TenDonVi")
    dossier_code: str = Field(alias="MaHoSo")
    account: str = Field(alias="TKThuHuong")
    account_bank: str = Field(alias="MaNHThuHuong")
    account_holder: str = Field(alias="TenTKThuHuong")
    penalty_kind: str = Field("", alias="MaLoaiHinhThuPhat")
    penalty_name: str = Field("", alias="TenLoaiHinhThuPhat")
    decider_code: str = Field("", alias="MaCoQuanQD")
    decider_name: str = Field("", alias="TenCoQuanQD")
    treasury: str = Field("", alias="KhoBac")
    decided_on: str = Field("", alias="NgayQD")
    decision_number: str = Field("", alias="SoQD")
    violated_at: str = Field("", alias="ThoiGianViPham")
    violated_where: str = Field("", alias="DiaDiemViPham")
    violator: str = Field("", alias="TenNguoiViPham")
    budget_account: str = Field("", alias="TaiKhoanThuNSNN")
    content: str = Field(alias="NoiDungThanhToan")
    payer_name: str = Field(alias="HoTenNguoiNop", repr=False)
    payer_identity: str = Field(alias="SoCMNDNguoiNop", repr=False)
    payer_address: str = Field(alias="DiaChiNguoiNop", repr=False)
    payer_district: str = Field("", alias="HuyenNguoiNop")
    payer_province: str = Field("", alias="TinhNguoiNop")
    fees: tuple[FeeLine, ...] = Field(alias="PhiLePhi")
    sums: tuple[PaidLine, ...] = Field(alias="DSKhoanNop")


class Signed(PortalModel):
    """A message of ours that carries a signature."""

    SIGNED: ClassVar[tuple[str, ...]]

    seal: str = Field("", alias="MaXacThuc")

    def signed(self) -> Iterator[str]:
        """Give the signed values in the order of the wire."""
        return (str(getattr(self, name)) for name in self.SIGNED)


class Init(Signed):
    """Khởi tạo thanh toán: asks for the address where the owner pays."""

    SIGNED = (
        "kind", "version", "partner", "reference", "amount", "payment_kind", "channel", "device",
        "language", "currency", "bank", "content", "traded_at", "ip",
    )  # fmt: skip

    kind: Literal["INIT"] = Field("INIT", alias="LoaiBanTin")
    version: Literal["1.0.6"] = Field("1.0.6", alias="PhienBan")
    partner: Value = Field(alias="MaDoiTac")
    reference: Value = Field(alias="MaThamChieu")
    amount: Amount = Field(alias="SoTien")
    payment_kind: Literal["PAY"] = Field("PAY", alias="LoaiHinhThanhToan")
    channel: Literal["1"] = Field("1", alias="MaKenhThanhToan")
    device: Literal["1"] = Field("1", alias="MaThietBi")
    language: Literal["vi-VN"] = Field("vi-VN", alias="NgonNgu")
    currency: Literal["VND"] = Field("VND", alias="MaTienTe")
    bank: Literal["PAYMENT"] = Field("PAYMENT", alias="MaNganHang")
    content: Value = Field(alias="ThongTinGiaoDich")
    traded_at: Time = Field(alias="ThoiGianGD")
    ip: Value = Field(alias="Ip")
    receipt: ReceiptFacts = Field(alias="ThongTinBienLai", repr=False)


class Query(Signed):
    """Vấn tin and lấy biên lai: both name an order, and nothing more."""

    SIGNED = ("kind", "version", "partner", "reference", "traded_at")

    kind: Literal["QUERY", "GET_BILL"] = Field(alias="LoaiBanTin")
    version: Literal["1.0.6"] = Field("1.0.6", alias="PhienBan")
    partner: Value = Field(alias="MaDoiTac")
    reference: Value = Field(alias="MaThamChieu")
    traded_at: Time = Field(alias="ThoiGianGD")


class InitAnswer(PortalFact):
    """The envelope of INIT's answer: `message` is JSON once more."""

    error_code: StrictInt | StrictStr = Field(alias="error_code")
    message: JsonValue = Field(None, alias="message", repr=False)


class PaymentPage(PortalFact):
    """What the message says when a payment may begin."""

    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00]+$", max_length=2000)] = (
        Field(alias="UrlThanhToan")
    )


class Confirmation(PortalFact):
    """Xác nhận thanh toán: what became of an order, as the platform tells it of itself.

    Its `LoaiBanTin` is not public; one that is ours cannot be a confirmation.
    """

    SIGNED: ClassVar[tuple[str, ...]] = (
        "kind", "code", "partner", "reference", "amount", "currency", "transaction", "bank",
        "traded_at", "content",
    )  # fmt: skip

    kind: Annotated[Value, StringConstraints(min_length=1)] = Field(alias="LoaiBanTin")
    code: Annotated[Value, StringConstraints(min_length=1)] = Field(alias="MaLoi")
    partner: Value = Field(alias="MaDoiTac")
    reference: Annotated[Value, StringConstraints(min_length=1, max_length=100)] = Field(
        alias="MaThamChieu"
    )
    amount: Amount = Field(alias="SoTien")
    currency: Value = Field(alias="MaTienTe")
    transaction: Annotated[Value, StringConstraints(max_length=100)] = Field("", alias="MaGiaoDich")
    bank: Annotated[Value, StringConstraints(max_length=100)] = Field("", alias="MaNganHang")
    traded_at: Time = Field("", alias="ThoiGianGD")
    content: Content = Field("", alias="ThongTinGiaoDich", repr=False)
    seal: Annotated[str, StringConstraints(max_length=64)] = Field(alias="MaXacThuc")

    def signed(self) -> Iterator[str]:
        """Give the signed values in the order of the wire."""
        return (str(getattr(self, name)) for name in self.SIGNED)


class QueryAnswer(Confirmation):
    """What QUERY is answered: a confirmation, and where the transaction stands."""

    state: Scalar = Field("", alias="TrangThaiGD")


class Acknowledgement(Signed):
    """What a confirmation is answered; its signed order is not public, so this one is ours."""

    SIGNED = ("code", "words", "partner", "traded_at", "reference")

    code: str = Field(alias="MaLoi")
    words: str = Field(alias="MoTaLoi")
    partner: str = Field(alias="MaDoiTac")
    traded_at: str = Field(alias="ThoiGianGD")
    reference: str = Field(alias="MaThamChieu")


class FeeLookUp(PortalFact):
    """Tra cứu thanh toán hồ sơ: the portal asks what is to be paid for a dossier."""

    dossier_code: Annotated[str, StringConstraints(min_length=1, max_length=50)] = Field(
        alias="MaHoSo"
    )


class PayableFee(ReceiptFacts):
    """What is to be paid, and under which names it is confirmed."""

    look_up_code: str = Field(alias="MaTraCuuTT")
    transaction_id: str = Field(alias="transaction_id")
    client_id: str = Field(alias="client_id")
    amount: Amount = Field(alias="SoTien")
