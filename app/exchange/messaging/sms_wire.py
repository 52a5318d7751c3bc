"""The four public wires of SMS, word for word (openapi/messages_sms.yaml)."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.platform.wire import WireModel

SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
BULK: Final = "http://impl.bulkSms.ws/"


class WireAnswer(BaseModel):
    """Something a service says; keys that we do not know are overlooked."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class WireMessage(WireModel):
    """Something that we say."""

    model_config = ConfigDict(validate_by_name=True)


class CitizenSms(WireMessage):
    """SendSms of an LGSP."""

    content: str = Field(alias="content", repr=False)
    sender: str = Field(alias="sender")
    receiver: str = Field(alias="receiver", repr=False)
    application: str = Field(alias="applicationTitle")


class CitizenAnswer(WireAnswer):
    """Its answer."""

    result: str = Field(alias="result")


class BrandParam(WireMessage):
    """One gap of a registered text."""

    number: str = Field(alias="NUM")
    content: str = Field(alias="CONTENT", repr=False)


class BrandRequest(WireMessage):
    """send_sms_list of a brandname service."""

    name: Literal["send_sms_list"] = Field("send_sms_list", alias="name")
    request_id: str = Field(alias="REQID")
    label: str = Field(alias="LABELID")
    contract_type: str = Field("1", alias="CONTRACTTYPEID")
    contract: str = Field(alias="CONTRACTID")
    template: str = Field(alias="TEMPLATEID")
    params: tuple[BrandParam, ...] = Field(alias="PARAMS", repr=False)
    scheduled_at: str = Field("", alias="SCHEDULETIME")
    mobiles: str = Field(alias="MOBILELIST", repr=False)
    is_operator: str = Field("0", alias="ISTELCOSUB")
    agent: str = Field(alias="AGENTID")
    user: str = Field(alias="APIUSER")
    password: str = Field(alias="APIPASS", repr=False)
    username: str = Field(alias="USERNAME")
    coding: str = Field("0", alias="DATACODING")


class BrandSms(WireMessage):
    """Its envelope."""

    request: BrandRequest = Field(alias="RQST")


class BrandReply(WireAnswer):
    """What it says."""

    error: str = Field(alias="ERROR")


class BrandAnswer(WireAnswer):
    """Its envelope."""

    reply: BrandReply = Field(alias="RPLY")


class AdapterSms(WireMessage):
    """A province's own adapter."""

    phone: str = Field(alias="soDienThoai", repr=False)
    content: str = Field(alias="noiDungthamSo", repr=False)
    template: str = Field(alias="idMauTin")
    send_at: str = Field("", alias="gioGui")
    software: str = Field(alias="maPhanMem")
    operator: str = Field("", alias="nhaMang")
    dossier: str = Field(alias="MaHoSo")
    agency: str = Field(alias="DonVi")
