"""Messages as openapi/messages_sms.yaml and openapi/messages_zalo.yaml word them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Number = Annotated[str, StringConstraints(pattern=r"^84[035789][0-9]{8}$")]
Plain = Annotated[str, StringConstraints(min_length=1, max_length=612, pattern=r"^[\x20-\x7e]+$")]
"""Text without diacritics."""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TinCongDan(_Closed):
    """SendSms of an LGSP."""

    content: Plain
    sender: str = Field(min_length=1)
    receiver: Number
    applicationTitle: str = Field(min_length=1)


class ThamSo(_Closed):
    """One gap of a registered text."""

    NUM: str = Field(pattern=r"^[0-9]+$")
    CONTENT: Plain


class YeuCauBrandname(_Closed):
    """send_sms_list."""

    name: Literal["send_sms_list"]
    REQID: str = Field(min_length=1)
    LABELID: str
    CONTRACTTYPEID: str
    CONTRACTID: str
    TEMPLATEID: str
    PARAMS: list[ThamSo] = Field(min_length=1)
    SCHEDULETIME: str
    MOBILELIST: Number
    ISTELCOSUB: Literal["0", "1"]
    AGENTID: str
    APIUSER: str
    APIPASS: str
    USERNAME: str
    DATACODING: str


class TinBrandname(_Closed):
    """Its envelope."""

    RQST: YeuCauBrandname


class TinTinh(_Closed):
    """A province's adapter."""

    soDienThoai: Number
    noiDungthamSo: Plain
    idMauTin: str
    gioGui: str
    maPhanMem: str
    nhaMang: str
    MaHoSo: str
    DonVi: str


class DuLieuMau(_Closed):
    """The gaps of a ZNS template."""

    banner: str
    ten_nguoi_dan: str
    ma_ho_so: str
    trang_thai: str
    ten_dich_vu: str
    loi_nhan: str
    cta_link: str
    cta_icon: str
    cta_text: str


class TinZns(_Closed):
    """A message by a template."""

    phone: Number
    template_id: str = Field(min_length=1)
    template_data: DuLieuMau
    tracking_id: str = Field(min_length=1)


class NguoiNhan(_Closed):
    """Who follows the account."""

    user_id: str = Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")


class NoiDungTin(_Closed):
    """What it says to them."""

    text: str = Field(min_length=1, max_length=2000)


class TinOa(_Closed):
    """A message of an Official Account; its shape is inferred."""

    recipient: NguoiNhan
    message: NoiDungTin
