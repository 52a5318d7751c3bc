"""Judicial records, second generation, and what is returned to the portal of linked services."""

from pydantic import Field, JsonValue

from app.exchange.ngsp.wire.fields import Scalar, ServiceFact, ServiceModel


class Address(ServiceModel):
    """An address in codes and words."""

    province_code: str = Field("", alias="maTinhThanh")
    province: str = Field("", alias="tenTinhThanh")
    district_code: str = Field("", alias="maQuanHuyen")
    district: str = Field("", alias="tenQuanHuyen")
    commune_code: str = Field("", alias="maPhuongXa")
    commune: str = Field("", alias="tenPhuongXa")
    street: str = Field("", alias="dcChiTiet", repr=False)


class Stay(ServiceModel):
    """Where the applicant lived."""

    begins: str = Field(alias="tuNgay")
    ends: str = Field(alias="denNgay")
    place: str = Field(alias="noiCuTru", repr=False)
    job: str = Field("", alias="ngheNghiep")
    workplace: str = Field("", alias="noiLamViec")


class FormFile(ServiceModel):
    """One of `fileHoSo`: a file, its bytes in base64."""

    kind: str = Field(alias="tenLoaiFile")
    name: str = Field(alias="tenFile")
    content: str = Field(alias="noiDungFile", repr=False)


class Form(ServiceModel):
    """`toKhai`: what the applicant declares."""

    promised_on: str = Field("", alias="ngayHenTra")
    form: str = Field(alias="loaiPhieu")
    with_ban: str = Field("", alias="yeuCauCDNCV")
    purpose_code: str = Field("", alias="maMucDich")
    purpose: str = Field("", alias="mucDich")
    purpose_name: str = Field("", alias="tenMucDich")
    copies: str = Field(alias="soLuongCap")
    full_name: str = Field(alias="nycHoTen", repr=False)
    other_name: str = Field("", alias="nycTenGoiKhac", repr=False)
    gender: str = Field(alias="nycGioiTinh")
    born: str = Field(alias="nycNgaySinh", repr=False)
    identity_type: str = Field(alias="nycLoaiGiayTo")
    identity_number: str = Field(alias="nycSoGiayTo", repr=False)
    identity_issued_on: str = Field("", alias="nycNgayCapGiayTo")
    identity_issued_by: str = Field("", alias="nycNoiCapGiayTo")
    nationality: str = Field(alias="nycQuocTich")
    ethnicity: str = Field("", alias="nycDanToc")
    phone: str = Field("", alias="nycDienThoai", repr=False)
    email: str = Field("", alias="nycEmail", repr=False)
    father_name: str = Field("", alias="nycHoTenCha", repr=False)
    mother_name: str = Field("", alias="nycHoTenMe", repr=False)
    spouse_name: str = Field("", alias="nycHoTenVoChong", repr=False)
    residence: Address | None = Field(None, alias="nycThuongTru")
    temporary_residence: Address | None = Field(None, alias="nycTamTru")
    birth_place: Address | None = Field(None, alias="nycNoiSinh")
    stays: tuple[Stay, ...] = Field((), alias="nycCuTru")
    father_born: str = Field("", alias="chaNgaySinh", repr=False)
    mother_born: str = Field("", alias="meNgaySinh", repr=False)
    spouse_born: str = Field("", alias="voChongNgaySinh", repr=False)
    by_mandate: str = Field("", alias="uyQuyen")
    mandator_name: str = Field("", alias="nuqHoTen", repr=False)
    mandator_born: str = Field("", alias="nuqNgaySinh", repr=False)
    mandator_identity_type: str = Field("", alias="nuqLoaiGiayTo")
    mandator_identity: str = Field("", alias="nuqSoGiayTo", repr=False)
    mandator_relation: str = Field("", alias="nuqMoiQuanHe")
    files: tuple[FormFile, ...] = Field((), alias="fileHoSo")


class Keyed(ServiceModel):
    """A message with our key in its body, put there when it is sent: it is kept nowhere else."""

    key: str = Field("", alias="authKey", repr=False)


class Submission(Keyed):
    """`DataLGSP`."""

    province_code: str = Field(alias="maTinh")
    province: str = Field("", alias="tenTinh")
    number: str = Field(alias="maHoSoMCDT")
    source_code: str = Field("", alias="nguonDangKy")
    source: str = Field("", alias="tenNguonDangKy")
    received_on: str = Field(alias="ngayTiepNhan")
    form: Form = Field(alias="toKhai")


class SubmissionAnswer(ServiceFact):
    """What is said of a declaration; its words decide."""

    status: Scalar = Field("", alias="status")
    words: Scalar = Field("", alias="statusDescription")
    error_code: Scalar = Field("", alias="errorCode")
    error: Scalar = Field("", alias="errorDescription")


class Poll(Keyed):
    """A question where a declaration stands."""

    province_code: str = Field(alias="maTinh")
    number: str = Field(alias="maHoSoMCDT")


class Result(ServiceFact):
    """`ketQuaXuLy`: the record itself."""

    number: Scalar = Field("", alias="soPhieuLLTP")
    issued_on: Scalar = Field("", alias="ngayCapPhieu")
    form: Scalar = Field("", alias="loaiPhieu")
    made_by: Scalar = Field("", alias="nguoiLapPhieu")
    signed_by: Scalar = Field("", alias="nguoiKy")
    signer_title: Scalar = Field("", alias="chucVu")
    convictions: Scalar = Field("", alias="tinhTrangAnTich", repr=False)
    convictions_name: Scalar = Field("", alias="tenTinhTrangAnTich", repr=False)
    ban: Scalar = Field("", alias="thongTinCDNCV", repr=False)
    ban_name: Scalar = Field("", alias="tenThongTinCDNCV", repr=False)
    pdf: Scalar = Field("", alias="phieuLLTP", repr=False)
    revoked_by: Scalar = Field("", alias="quyetDinhThuHoi")


class Standing(ServiceFact):
    """Where one declaration stands."""

    number: Scalar = Field(alias="maHoSoMCDT")
    code: Scalar = Field(alias="trangThaiXuLy")
    result: Result | None = Field(None, alias="ketQuaXuLy")


class PollAnswer(ServiceFact):
    """The answer to a question: no value, no such declaration."""

    status: Scalar = Field(alias="status")
    words: Scalar = Field("", alias="statusDescription")
    value: tuple[Standing, ...] | None = Field(None, alias="value")


class ReturnedResult(ServiceModel):
    """`ketQuaXuLy` of a record that a province made; the PDF in base64."""

    number: str = Field(alias="soPhieuLLTP")
    issued_on: str = Field(alias="ngayCapPhieu")
    signed_by: str = Field("", alias="nguoiKy")
    signer_title: str = Field("", alias="chucVu")
    pdf: str = Field("", alias="phieuLLTP", repr=False)


class Returned(ServiceModel):
    """`traKetQuaHoSoLLTP`."""

    province_code: str = Field(alias="maTinh")
    province: str = Field("", alias="tenTinh")
    number: str = Field(alias="maHoSoMCDT")
    code: str = Field(alias="trangThaiXuLy")
    name: str = Field("", alias="tenTrangThaiXuLy")
    refused_because: str = Field("", alias="lyDoTuChoi")
    promised_on: str = Field("", alias="ngayHenTraKetQua")
    kind: str = Field("", alias="type")
    result: ReturnedResult | None = Field(None, alias="ketQuaXuLy")


class ReturnAnswer(ServiceFact):
    """What the portal of linked services says."""

    code: Scalar = Field(alias="statusCode")
    data: JsonValue = Field(None, alias="data")
    words: Scalar = Field("", alias="errorDetail")
