"""Civil status (hộ tịch) at the Ministry of Justice, both generations, by wire names."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.exchange.ngsp.wire.fields import Day, Listed, Scalar, ServiceFact, ServiceModel


def _as_block(value: Any) -> Any:
    return value or None


class BirthForm(ServiceModel):
    """The form of a birth; what is not known is left out."""

    child_name: str = Field(alias="nksHoTen", repr=False)
    child_sex: str = Field(alias="nksGioiTinh")
    child_born: str = Field(alias="nksNgaySinh", repr=False)
    child_born_in_words: str | None = Field(None, alias="nksNgaySinhBangChu", repr=False)
    child_birthplace: str | None = Field(None, alias="nksNoiSinh", repr=False)
    child_home_town: str | None = Field(None, alias="nksQueQuan", repr=False)
    child_ethnicity: str | None = Field(None, alias="nksDanToc")
    child_nationality: str | None = Field(None, alias="nksQuocTich")
    registration_kind: str | None = Field(None, alias="nksLoaiKhaiSinh")
    mother_name: str | None = Field(None, alias="meHoTen", repr=False)
    mother_born: str | None = Field(None, alias="meNgaySinh", repr=False)
    mother_ethnicity: str | None = Field(None, alias="meDanToc")
    mother_nationality: str | None = Field(None, alias="meQuocTich")
    mother_residence: str | None = Field(None, alias="meNoiCuTru", repr=False)
    mother_paper: str | None = Field(None, alias="meLoaiGiayToTuyThan")
    mother_number: str | None = Field(None, alias="meSoGiayToTuyThan", repr=False)
    father_name: str | None = Field(None, alias="chaHoTen", repr=False)
    father_born: str | None = Field(None, alias="chaNgaySinh", repr=False)
    father_ethnicity: str | None = Field(None, alias="chaDanToc")
    father_nationality: str | None = Field(None, alias="chaQuocTich")
    father_residence: str | None = Field(None, alias="chaNoiCuTru", repr=False)
    father_paper: str | None = Field(None, alias="chaLoaiGiayToTuyThan")
    father_number: str | None = Field(None, alias="chaSoGiayToTuyThan", repr=False)
    requester_name: str = Field(alias="nycHoTen", repr=False)
    requester_number: str | None = Field(None, alias="nycSoGiayToTuyThan", repr=False)
    requester_relation: str | None = Field(None, alias="nycQuanHe")
    requester_note: str | None = Field(None, alias="nycGhiChu", repr=False)


class DeathForm(ServiceModel):
    """The form of a death; of its names `nkt…` and `giayBaoTu…` are known to exist."""

    name: str = Field(alias="nktHoTen", repr=False)
    sex: str = Field(alias="nktGioiTinh")
    born: str | None = Field(None, alias="nktNgaySinh", repr=False)
    ethnicity: str | None = Field(None, alias="nktDanToc")
    nationality: str | None = Field(None, alias="nktQuocTich")
    residence: str | None = Field(None, alias="nktNoiCuTru", repr=False)
    paper: str | None = Field(None, alias="nktLoaiGiayToTuyThan")
    number: str | None = Field(None, alias="nktSoGiayToTuyThan", repr=False)
    died: str = Field(alias="nktNgayChet", repr=False)
    place: str | None = Field(None, alias="nktNoiChet", repr=False)
    cause: str | None = Field(None, alias="nktNguyenNhanChet", repr=False)
    notice_kind: str | None = Field(None, alias="giayBaoTuLoai")
    notice_number: str | None = Field(None, alias="giayBaoTuSo")
    requester_name: str = Field(alias="nycHoTen", repr=False)
    requester_number: str | None = Field(None, alias="nycSoGiayToTuyThan", repr=False)
    requester_relation: str | None = Field(None, alias="nycQuanHe")
    requester_note: str | None = Field(None, alias="nycGhiChu", repr=False)


class MarriageForm(ServiceModel):
    """The form of a marriage; its names are composed as those of a birth are."""

    husband_name: str = Field(alias="chongHoTen", repr=False)
    husband_born: str | None = Field(None, alias="chongNgaySinh", repr=False)
    husband_ethnicity: str | None = Field(None, alias="chongDanToc")
    husband_nationality: str | None = Field(None, alias="chongQuocTich")
    husband_residence: str | None = Field(None, alias="chongNoiCuTru", repr=False)
    husband_paper: str | None = Field(None, alias="chongLoaiGiayToTuyThan")
    husband_number: str | None = Field(None, alias="chongSoGiayToTuyThan", repr=False)
    wife_name: str = Field(alias="voHoTen", repr=False)
    wife_born: str | None = Field(None, alias="voNgaySinh", repr=False)
    wife_ethnicity: str | None = Field(None, alias="voDanToc")
    wife_nationality: str | None = Field(None, alias="voQuocTich")
    wife_residence: str | None = Field(None, alias="voNoiCuTru", repr=False)
    wife_paper: str | None = Field(None, alias="voLoaiGiayToTuyThan")
    wife_number: str | None = Field(None, alias="voSoGiayToTuyThan", repr=False)
    requester_name: str = Field(alias="nycHoTen", repr=False)
    requester_number: str | None = Field(None, alias="nycSoGiayToTuyThan", repr=False)
    requester_relation: str | None = Field(None, alias="nycQuanHe")
    requester_note: str | None = Field(None, alias="nycGhiChu", repr=False)


Form = BirthForm | DeathForm | MarriageForm


class Submission(ServiceModel):
    """What both generations write around a form that is a text."""

    unit: int = Field(alias="maDonVi")
    module: str = Field(alias="module")
    received_at: str = Field(alias="ngayTiepNhan")
    form: str = Field(alias="data", repr=False)


class FirstSubmission(Submission):
    """Body of dangKyHoTich; the form is XML."""

    code: str = Field(alias="maHoSo")


class LinkedFile(ServiceModel):
    """A paper of a linked registration, in base64."""

    id: str = Field(alias="id")
    kind: str = Field("", alias="loaiGiayTo")
    title: str = Field(alias="tenGiayTo", repr=False)
    file_name: str = Field(alias="tenTepDinhKem", repr=False)
    is_cancelled: str = Field("0", alias="huyGiayTo")
    content: str = Field(alias="duLieuTepDinhKem", repr=False)


class LinkedSubmission(Submission):
    """Body of a linked registration; the form is JSON."""

    linked_code: str = Field("", alias="maHoSoLT")
    code: str = Field(alias="maHoSoMCDT")
    files: tuple[LinkedFile, ...] = Field((), alias="fileDinhKem", repr=False)


class FirstQuestion(ServiceModel):
    """Body of traTrangThaiHoSo and ketQuaDangKyHS."""

    unit: int = Field(alias="maDonVi")
    code: str = Field(alias="maHoSo")


class LinkedQuestion(ServiceModel):
    """Asks for the results of some linked registrations."""

    codes: tuple[str, ...] = Field(alias="maDinhDanhHoSo")
    province: str = Field(alias="maTinh")
    module: str = Field(alias="module")


class Envelope(ServiceFact):
    """What every answer has: status 1 for done, 0 with a code and words otherwise."""

    status: Scalar = Field(alias="status")
    error_code: Scalar = Field("", alias="errorCode")
    error_words: Scalar = Field("", alias="errorDescription", repr=False)


class Result(ServiceFact):
    """What a finished registration came to; the papers are PDFs in base64."""

    number: Scalar = Field("", alias="soDangKy")
    book: Scalar = Field("", alias="quyenSo")
    page: Scalar = Field("", alias="trangSo")
    registered_on: Day = Field(None, alias="ngayDangKy")
    citizen_id: Scalar = Field("", alias="soDinhDanh", repr=False)
    birth_paper: Scalar = Field("", alias="giayKhaiSinh", repr=False)
    death_paper: Scalar = Field("", alias="giayKhaiTu", repr=False)


ResultBlock = Annotated[Result | None, BeforeValidator(_as_block)]


class Standing(ServiceFact):
    """Where a registration stands; its code stands there in the second generation."""

    code: Scalar = Field("", alias="maHoSoMCDT")
    state: Scalar = Field("", alias="trangThai")
    note: Scalar = Field("", alias="ghiChu", repr=False)
    result: ResultBlock = Field(None, alias="ketQuaXuLy", repr=False)


class StateAnswer(Envelope):
    """Answer of traTrangThaiHoSo."""

    value: Annotated[Standing | None, BeforeValidator(_as_block)] = None


class ResultAnswer(Envelope):
    """Answer of ketQuaDangKyHS."""

    value: ResultBlock = Field(None, repr=False)


class LinkedAnswer(Envelope):
    """Answer for linked registrations."""

    value: Annotated[tuple[Standing, ...], Listed] = ()
