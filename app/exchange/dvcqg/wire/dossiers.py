"""Records of `DongBoHoSoMC` and `CapNhatTienDoHoSoMC`: one-stop dossiers as the portal reads them.

Fields without a default are those that every known client fills. A record is always the whole
dossier: an update replaces what the portal holds.
"""

from typing import Literal

from pydantic import Field

from app.exchange.dvcqg.wire.fields import (
    Amount,
    Code,
    Content,
    Digits,
    FileName,
    Flag,
    Moment,
    Name,
    Number,
    PaperName,
    PersonName,
    PortalModel,
    Scalar,
    StatusCode,
    Summary,
    Text,
    Truth,
)


class SubmittedPaper(PortalModel):
    """Giấy tờ đã nộp: the portal fetches the file from `url` itself."""

    paper_id: str = Field(alias="TepDinhKemId")
    file_name: FileName = Field(alias="TenTepDinhKem")
    is_deleted: Truth = Field("False", alias="IsDeleted")
    component_code: str = Field("", alias="MaThanhPhanHoSo")
    url: str = Field(alias="DuongDanTaiTepTin")
    is_digitised: Flag = Field("0", alias="DuocSoHoa")
    reuse: Literal["0", "1", "2"] = Field("0", alias="DuocTaiSuDung")
    replacing_result_code: str = Field("", alias="MaKetQuaThayThe")
    from_personal_store: Flag = Field("0", alias="DuocLayTuKhoDMQG")


class Fee(PortalModel):
    """Phí, lệ phí: `amount` is whole đồng."""

    name: Name = Field(alias="TenPhiLePhi")
    code: str = Field("", alias="MaPhiLePhi")
    collection: str = Field("", alias="HinhThucThu")
    amount: Amount = Field(alias="Gia")
    kind: str = Field("", alias="LoaiPhiLePhi")


class OtherPaper(PortalModel):
    """Giấy tờ khác kèm theo, counted and not attached."""

    name: PaperName = Field(alias="TenGiayTo")
    quantity: Digits = Field("1", alias="SoLuong")
    kind: Digits = Field("", alias="LoaiGiayTo")


class SupplementRound(PortalModel):
    """Một lần yêu cầu bổ sung: what was asked, what came, and how the due date moved."""

    round_id: Number = Field(alias="HoSoBoSungId")
    requested_by: str = Field("", alias="NguoiYeuCauBoSung")
    request: Text = Field("", alias="NoiDungBoSung")
    requested_at: Moment = Field(None, alias="NgayBoSung")
    accepted_by: str = Field("", alias="NguoiTiepNhanBoSung")
    acceptance: Text = Field("", alias="ThongTinTiepNhan")
    accepted_at: Moment = Field(None, alias="NgayTiepNhanBoSung")
    is_complete: Truth = Field("False", alias="TrangThaiBoSung")
    papers: tuple[SubmittedPaper, ...] = Field((), alias="DanhSachGiayToBoSung")
    fees: tuple[Fee, ...] = Field((), alias="DanhSachLePhiBoSung")
    previous_due_at: Moment = Field(None, alias="NgayHenTraTruoc")
    new_due_at: Moment = Field(None, alias="NgayHenTraMoi")


class ResultPaper(PortalModel):
    """Giấy tờ kết quả: counted as electronic only with both `result_code` and `url`."""

    name: PaperName = Field(alias="TenGiayTo")
    component_code: str = Field("", alias="MaThanhPhanHoSo")
    paper_id: str = Field("", alias="GiayToId")
    url: str = Field("", alias="DuongDanTepTinKetQua")
    result_code: str = Field("", alias="MaGiayToKetQua")


class OwnerIdentity(PortalModel):
    """Định danh chủ hồ sơ: kind 1 is a personal identity of 12 digits, 2 a card of 9 digits."""

    kind: Number = Field(alias="LoaiDinhDanh")
    number: Code = Field(alias="SoDinhDanh", repr=False)


class DatabaseUse(PortalModel):
    """A national database that was consulted for the dossier."""

    database_code: str = Field(alias="MaCSDL")


class DossierRecord(PortalModel):
    """Hồ sơ một cửa: one dossier, whole."""

    code: Code = Field(alias="MaHoSo")
    procedure_code: Code = Field(alias="MaTTHC")
    procedure_name: Name = Field(alias="TenTTHC")
    sector_code: Code = Field(alias="MaLinhVuc")
    sector_name: Name = Field(alias="TenLinhVuc")
    channel: Literal["1", "2", "3"] = Field(alias="KenhThucHien")
    receipt_number: str = Field("", alias="SoBienNhan")
    owner_name: str = Field("", alias="ChuHoSo", repr=False)
    owner_identity_number: str = Field("", alias="SoGiayToChuHoSo", repr=False)
    owner_kind: Literal["1", "2", "3", "4"] = Field(alias="LoaiDoiTuong")
    owner_account_id: Scalar = Field("", alias="MaDoiTuong", repr=False)
    other_information: Text = Field("", alias="ThongTinKhac")
    email: str = Field("", alias="Email", repr=False)
    fax: str = Field("", alias="Fax", repr=False)
    phone: str = Field("", alias="SoDienThoai", repr=False)
    summary: Summary = Field(alias="TrichYeuHoSo", repr=False)
    submitted_at: Moment = Field(None, alias="NgayNopHoSo")
    received_at: Moment = Field(alias="NgayTiepNhan")
    due_at: Moment = Field(alias="NgayHenTra")
    status: StatusCode = Field(alias="TrangThaiHoSo")
    finished_at: Moment = Field(None, alias="NgayKetThucXuLy")
    returned_at: Moment = Field(None, alias="NgayTra")
    rejected_at: Moment = Field(None, alias="NgayTuChoi")
    return_information: str = Field("", alias="ThongTinTra")
    result_delivery: Flag = Field(alias="HinhThuc")
    processing_unit: Name = Field(alias="DonViXuLy")
    note: Text = Field("", alias="GhiChu")
    filed_at_place: Literal["1", "2"] = Field("2", alias="NoiNopHoSo")
    has_digitised_component: Flag = Field("0", alias="HoSoCoThanhPhanSoHoa")
    is_account_verified: Flag = Field("0", alias="TaiKhoanDuocXacThucVoiVNeID")
    online_payment: Literal["0", "1", "2", "3"] = Field("0", alias="DuocThanhToanTrucTuyen")
    papers: tuple[SubmittedPaper, ...] = Field((), alias="TaiLieuNop")
    fees: tuple[Fee, ...] = Field((), alias="DanhSachLePhi")
    other_papers: tuple[OtherPaper, ...] = Field((), alias="DanhSachTepDinhKemKhac")
    supplement_rounds: tuple[SupplementRound, ...] = Field((), alias="DanhSachHoSoBoSung")
    result_papers: tuple[ResultPaper, ...] = Field((), alias="DanhSachGiayToKetQua")
    owner_identities: tuple[OwnerIdentity, ...] = Field(alias="DinhDanhCHS")
    database_uses: tuple[DatabaseUse, ...] = Field((), alias="DSKetNoiCSDL")


class ProgressRow(PortalModel):
    """Một dòng tiến độ: who did what to a dossier, when, and where it stands since."""

    dossier_code: Code = Field(alias="MaHoSo")
    officer: PersonName = Field(alias="NguoiXuLy", repr=False)
    position: str = Field("", alias="ChucDanh")
    processed_at: Moment = Field(alias="ThoiDiemXuLy")
    department: str = Field("", alias="PhongBanXuLy")
    content: Content = Field(alias="NoiDungXuLy", repr=False)
    status: StatusCode = Field(alias="TrangThai")
    started_at: Moment = Field(None, alias="NgayBatDau")
    due_at: Moment = Field(None, alias="NgayKetThucTheoQuyDinh")
