"""Promotion notices (thông báo khuyến mại) as the national portal sends them down."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from app.codes import AgencyCode, ProcedureCode
from app.dossiers.domain.errors import InvalidIdentityError
from app.dossiers.domain.filing import (
    Agency,
    Applicant,
    ApplicantKind,
    Attachment,
    Channel,
    Facts,
    FiledProcedure,
    Filing,
    Identity,
    IdentityType,
    ResultDelivery,
    Times,
)
from app.dossiers.domain.intake import Authentication, Entry, Intake, IntakeSource
from app.dossiers.domain.received import ReceivedFile
from app.dossiers.use_cases.announcing import Change
from app.exchange.dvcqg.wire.fields import Listed, Moment, PortalFact, PortalModel, Scalar, Truth
from app.facades.dvcqg.domain import InvalidRecordError
from app.facades.dvcqg.schemas.reading import read_as
from app.platform.contents import Content

_SUMMARY: Final = "Thông báo thực hiện khuyến mại"
_LONGEST_SUMMARY: Final = 1000
_LONGEST_NAME: Final = 300
_ENCODED: Final = 4 / 3

Required = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
Absent = BeforeValidator(lambda told: "" if told is None else told)
"""Reads null as nothing."""
FileName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class MerchantAddress(PortalModel):
    """Địa chỉ doanh nghiệp."""

    province: Scalar = Field("", alias="MaTinh")
    district: Scalar = Field("", alias="MaHuyen")
    commune: Scalar = Field("", alias="MaXa")
    detail: Scalar = Field("", alias="DiaChiChiTiet")


class InlineFile(PortalModel):
    """Tài liệu nộp, its bytes inline."""

    name: FileName = Field(alias="TenTepDinhKem", min_length=1)
    content: str = Field(alias="Base64", min_length=1, repr=False)


class PromotionNotice(PortalModel):
    """Thông báo thực hiện khuyến mại; the required ones are those the known receiver demands."""

    reference: Required = Field(alias="MaHoSo")
    procedure: Required = Field(alias="MaTTHC")
    document_number: Scalar = Field("", alias="SoVanBan")
    submitted_at: Moment = Field(None, alias="NgayNopHoSo")
    merchant: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)
    ] = Field(alias="TenThuongNhan", repr=False)
    address: MerchantAddress | None = Field(None, alias="DiaChiDoanhNghiep", repr=False)
    phone: Scalar = Field("", alias="DienThoai", repr=False)
    fax: Scalar = Field("", alias="Fax", repr=False)
    email: Scalar = Field("", alias="Email", repr=False)
    tax_code: Required = Field(alias="MaSoThue", repr=False)
    contact: Scalar = Field("", alias="NguoiLienHe", repr=False)
    contact_phone: Scalar = Field("", alias="SoDienThoaiNguoiLienHe", repr=False)
    programme: Scalar = Field("", alias="TenChuongTrinhKhuyenMai")
    form: Scalar = Field("", alias="HinhThucKhuyenMai")
    begins: Scalar = Field("", alias="ThoiGianKhuyenMaiTu")
    ends: Scalar = Field("", alias="ThoiGianKhuyenMaiDen")
    goods: Scalar = Field("", alias="HangHoaDichVuKhuyenMai")
    quantity: Scalar = Field("", alias="SoLuongHangHoaDichVu")
    customers: Scalar = Field("", alias="KhachHang")
    prizes: Scalar = Field("", alias="CoCauGiaiThuong")
    total_value: Scalar = Field("", alias="TongGiaTriHangHoa")
    content: Scalar = Field("", alias="NoiDungChiTiet")
    partners: Scalar = Field("", alias="TenCacThuongNhanCungThucHien")
    application_name: Annotated[FileName, Absent] = Field("", alias="TenTepDonDangKy")
    application: Annotated[str, Absent] = Field("", alias="TepDonDangKy", repr=False)
    papers: Annotated[tuple[InlineFile, ...], Listed] = Field(
        (), alias="TaiLieuNop", max_length=50, repr=False
    )

    def files(self, *, longest: int) -> tuple[ReceivedFile, ...]:
        """Return the files, the application first, each at most so many bytes.

        Raises:
            InvalidRecordError: names the first that is no base64, empty or too large.
        """
        if bool(self.application) != bool(self.application_name):
            raise InvalidRecordError("TepDonDangKy: tệp và tên tệp phải đi cùng nhau")
        found = []
        if self.application:
            data = _decoded(self.application, at="TepDonDangKy", longest=longest)
            found.append(ReceivedFile(self.application_name, Content.of(data)))
        for place, paper in enumerate(self.papers):
            data = _decoded(paper.content, at=f"TaiLieuNop.{place}.Base64", longest=longest)
            found.append(ReceivedFile(paper.name, Content.of(data)))
        return tuple(found)

    def said(self) -> Facts:
        """Return what it says, in its own words, without the bytes of its files."""
        told = self.model_dump(mode="json", exclude={"application", "papers"})
        papers = [paper.name for paper in self.papers]
        return {name: value for name, value in told.items() if value} | (
            {"TaiLieuNop": papers} if papers else {}
        )


class FormerNotice(PortalFact):
    """Thông tin đã nộp: what else it repeats of the notice is kept as it comes."""

    model_config = ConfigDict(extra="allow")

    reference: Required = Field(alias="MaHoSoQGDNP")


class ChangedNotice(PortalFact):
    """Điều chỉnh thông báo: only these names are publicly known, others are kept."""

    model_config = ConfigDict(extra="allow")

    reference: Required = Field(alias="MaHoSoQG")
    former: FormerNotice = Field(alias="ThongTinDaNop", repr=False)
    changes: dict[str, Any] = Field(default_factory=dict, alias="ThongTinSuaDoi", repr=False)
    reason: Scalar = Field("", alias="LyDoDieuChinh")
    file_name: FileName = Field("", alias="TenTepDangKy")
    file_url: Annotated[str, StringConstraints(max_length=2000)] = Field("", alias="URLTepDangKy")


class PromotionChange(PortalModel):
    """The envelope of a change."""

    service: Annotated[str, StringConstraints(max_length=100)] = Field("", alias="service")
    is_updating: Truth = Field("False", alias="isUpdating")
    changed: ChangedNotice = Field(alias="data", repr=False)

    def change(self) -> Change:
        """Return what it comes to."""
        said = self.changed
        papers: tuple[Attachment, ...] = ()
        if said.file_url:
            name = said.file_name or said.file_url.rpartition("/")[2][:500] or said.reference
            papers = (Attachment("", name, said.file_url, digitised=True),)
        return Change(
            reference=said.reference,
            former=said.former.reference,
            reason=said.reason,
            content=said.model_dump(mode="json"),
            papers=papers,
            is_updating=self.is_updating == "True",
        )


def promotion_of(content: dict[str, Any]) -> PromotionNotice | PromotionChange:
    """Read a notice, or a change of one: told apart by the envelope that only a change has.

    Raises:
        InvalidRecordError: names every wrong place.
    """
    if "data" in content:
        return read_as(PromotionChange, content)
    return read_as(PromotionNotice, content)


def filing_of(
    notice: PromotionNotice, *, agency: AgencyCode, account: str, now: datetime
) -> Filing:
    """Return a notice as what its agency receives online.

    Raises:
        InvalidRecordError: if the procedure's code is none.
    """
    return Filing(
        procedure=FiledProcedure(procedure_of(notice), "", "", ""),
        agency=Agency(agency, ""),
        channel=Channel.ONLINE,
        applicant=_applicant(notice),
        summary=(notice.programme or _SUMMARY)[:_LONGEST_SUMMARY],
        times=Times(now, submitted_at=notice.submitted_at),
        result_delivery=ResultDelivery.DIRECT,
        intake=Intake(
            IntakeSource.PORTAL,
            Authentication.NATIONAL_PORTAL,
            entry=Entry.PROMOTION,
            reference=notice.reference,
            account=account,
        ),
    )


def procedure_of(notice: PromotionNotice) -> ProcedureCode:
    """Return the procedure of a notice.

    Raises:
        InvalidRecordError: if its code is none.
    """
    try:
        return ProcedureCode(notice.procedure)
    except ValueError:
        raise InvalidRecordError("MaTTHC: không đúng định dạng") from None


def _applicant(notice: PromotionNotice) -> Applicant:
    return Applicant(
        kind=ApplicantKind.ENTERPRISE,
        full_name=notice.merchant[:_LONGEST_NAME],
        identity=_identity(notice.tax_code),
        phone=notice.phone or None,
        email=notice.email or None,
        address=(notice.address.detail or None) if notice.address else None,
    )


def _identity(tax_code: str) -> Identity:
    try:
        return Identity(IdentityType.TAX_CODE, tax_code)
    except InvalidIdentityError:
        return Identity(IdentityType.OTHER, tax_code)


def _decoded(text: str, *, at: str, longest: int) -> bytes:
    if len(text) > (longest + 3) * _ENCODED:
        raise InvalidRecordError(f"{at}: quá lớn")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidRecordError(f"{at}: không phải base64") from None
    if not data:
        raise InvalidRecordError(f"{at}: tệp rỗng")
    if len(data) > longest:
        raise InvalidRecordError(f"{at}: quá lớn")
    return data
