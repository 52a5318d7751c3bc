"""Citizens as the population database tells of them (ns http://www.mic.gov.vn/dancu/1.0)."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.exchange.ngsp.wire.fields import Day, Listed, Scalar, ServiceFact, ServiceModel


def _as_name(value: Any) -> Any:
    """Read a name in three parts, of which the last often holds all, as one text."""
    if isinstance(value, Mapping):
        parts = (str(value.get(part) or "").strip() for part in ("Ho", "ChuDem", "Ten"))
        return " ".join(part for part in parts if part)
    return value or ""


def _as_block(value: Any) -> Any:
    return value or None


PersonName = Annotated[str, BeforeValidator(_as_name)]


class Place(ServiceFact):
    """An address by codes, with the rest in words; since 2025 there is no district."""

    province_code: Scalar = Field("", alias="MaTinhThanh")
    district_code: Scalar = Field("", alias="MaQuanHuyen")
    commune_code: Scalar = Field("", alias="MaPhuongXa")
    detail: Scalar = Field("", alias="ChiTiet")
    country: Scalar = Field("", alias="QuocGia")


PlaceBlock = Annotated[Place | None, BeforeValidator(_as_block)]


class Relative(ServiceFact):
    """Another person, as a citizen's record names them."""

    name: PersonName = Field("", alias="HoVaTen", repr=False)
    nationality: Scalar = Field("", alias="QuocTich")
    citizen_id: Scalar = Field("", alias="SoDinhDanh", repr=False)
    identity_card: Scalar = Field("", alias="SoCMND", repr=False)
    relation: Scalar = Field("", alias="QuanHe")


RelativeBlock = Annotated[Relative | None, BeforeValidator(_as_block)]


class Birthday(ServiceFact):
    """The day, or the year alone."""

    year: Scalar = Field("", alias="Nam")
    day: Day = Field(None, alias="NgayThangNam")


class CitizenRecord(ServiceFact):
    """Công dân."""

    citizen_id: Scalar = Field("", alias="SoDinhDanh", repr=False)
    identity_card: Scalar = Field("", alias="SoCMND", repr=False)
    name: PersonName = Field("", alias="HoVaTen", repr=False)
    sex: Scalar = Field("", alias="GioiTinh")
    ethnicity: Scalar = Field("", alias="DanToc")
    religion: Scalar = Field("", alias="TonGiao")
    marital_status: Scalar = Field("", alias="TinhTrangHonNhan")
    blood_group: Scalar = Field("", alias="NhomMau")
    born: Annotated[Birthday | None, BeforeValidator(_as_block)] = Field(
        None, alias="NgayThangNamSinh", repr=False
    )
    birth_registered: PlaceBlock = Field(None, alias="NoiDangKyKhaiSinh", repr=False)
    home_town: PlaceBlock = Field(None, alias="QueQuan", repr=False)
    residence: PlaceBlock = Field(None, alias="ThuongTru", repr=False)
    present_address: PlaceBlock = Field(None, alias="NoiOHienTai", repr=False)
    nationality: Scalar = Field("", alias="QuocTich")
    father: RelativeBlock = Field(None, alias="Cha", repr=False)
    mother: RelativeBlock = Field(None, alias="Me", repr=False)
    spouse: RelativeBlock = Field(None, alias="VoChong", repr=False)
    representative: RelativeBlock = Field(None, alias="NguoiDaiDien", repr=False)
    household_head: RelativeBlock = Field(None, alias="ChuHo", repr=False)
    household_number: Scalar = Field("", alias="SoSoHoKhau", repr=False)


class Collection(ServiceFact):
    """CongdanCollection: nobody in it means that nobody fits."""

    citizens: Annotated[tuple[CitizenRecord, ...], Listed] = Field((), alias="CongDan")


class Verified(ServiceFact):
    """KetQuaXacThucResponse."""

    exists: bool = Field(alias="TonTai")


class Birth(ServiceModel):
    """When somebody was born, as it is asked: a day, or a year."""

    day: str | None = Field(None, alias="NgayThangNam", repr=False)
    year: str | None = Field(None, alias="Nam", repr=False)


class LookUpRequest(ServiceModel):
    """TraCuuThongTinCongDan; the order of the first four is part of the wire."""

    request_id: str = Field(alias="MaYeuCau")
    service: str = Field(alias="MaDVC")
    integration: str = Field("037", alias="MaTichHop")
    officer: str = Field(alias="MaCanBo")
    unit: str | None = Field(None, alias="MaDonVi")
    account: str | None = Field(None, alias="TaiKhoan")
    citizen_id: str | None = Field(None, alias="SoDinhDanh", repr=False)
    identity_card: str | None = Field(None, alias="SoCMND", repr=False)
    name: str = Field(alias="HoVaTen", repr=False)
    born: Birth = Field(alias="NgayThangNamSinh", repr=False)


class VerifyRequest(ServiceModel):
    """XacThucThongTinCongDanRequest."""

    request_id: str = Field(alias="MaYeuCau")
    service: str = Field(alias="MaDichVu")
    officer: str = Field(alias="MaCanBo")
    citizen_id: str | None = Field(None, alias="SoDinhDanh", repr=False)
    identity_card: str | None = Field(None, alias="SoCMND", repr=False)
    name: str = Field(alias="HoVaTen", repr=False)


class MessageRequest(ServiceModel):
    """The flat JSON of a provincial gateway's face; empty texts where nothing is known."""

    name: str = Field(alias="HoVaTen", repr=False)
    citizen_id: str = Field("", alias="SoDinhDanh", repr=False)
    identity_card: str = Field("", alias="SoCMND", repr=False)
    day: str = Field("", alias="NgayThangNam", repr=False)
    year: str = Field("", alias="Nam", repr=False)
    integration: str = Field("037", alias="MaTichHop")
    service: str = Field(alias="MaDVC")
    officer: str = Field(alias="MaCanBo")
    request_id: str = Field(alias="MaYeuCau")


class MessageAnswer(ServiceFact):
    """Its answer: the whole XML as a text."""

    code: Scalar = Field(alias="error_code")
    message: Scalar = Field("", alias="message", repr=False)


class FlatRequest(ServiceModel):
    """The question of a provincial gateway that answers with JSON."""

    request_id: str = Field(alias="maYeuCau")
    service: str = Field(alias="maDVC")
    officer: str = Field(alias="maCanBo")
    citizen_id: str = Field("", alias="soDinhDanh", repr=False)
    identity_card: str = Field("", alias="soCMND", repr=False)
    name: str = Field(alias="hoVaTen", repr=False)
    born: str = Field("", alias="ngayThangNam", repr=False)
    account: str = Field("", alias="userNameService")


class FlatBody(ServiceFact):
    """Where its answer has the collection; null where nobody fits."""

    collection: Annotated[Collection | None, BeforeValidator(_as_block)] = Field(
        None, alias="CongdanCollection"
    )


class FlatAnswer(ServiceFact):
    """Its answer: the XML written as JSON (how is inferred)."""

    body: FlatBody = Field(alias="Body", repr=False)


class WrappedRequest(ServiceModel):
    """A provincial gateway's envelope around the XML."""

    bearer: str = Field(alias="accessToken", repr=False)
    adapter: str = Field(alias="lgspAccessToken", repr=False)
    hashed: str = Field(alias="AuthHash", repr=False)
    xml: str = Field(alias="data", repr=False)


class AdapterKey(ServiceModel):
    """What lgspAccessToken says, in base64."""

    key: str = Field(alias="AccessKey", repr=False)
    secret: str = Field(alias="SecretKey", repr=False)
    application: str = Field("", alias="AppName")
    partner: str = Field("", alias="PartnerCode")
    customer: str = Field("", alias="PartnerCodeCus")
