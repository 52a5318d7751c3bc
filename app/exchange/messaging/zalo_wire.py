"""Zalo's wire: ZNS messages and tokens (openapi/messages_zalo.yaml)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pydantic import Field

from app.exchange.messaging.sms_wire import WireAnswer, WireMessage

UNREACHABLE: Final[Mapping[int, str]] = MappingProxyType(
    dict.fromkeys((-108, -114, -118, -119), "không gửi được tới số này")
)
"""Codes of a number that Zalo cannot reach: no valid number, no account, wants no such messages.

They are inferred from common knowledge of the service, not from a client.
"""

BAD_TOKEN: Final = frozenset({-124, -216})
"""Codes of an access token that is not good (any more); inferred."""


class TemplateData(WireMessage):
    """The gaps of a registered template, as provinces name them."""

    banner: str = Field("", alias="banner")
    holder: str = Field(alias="ten_nguoi_dan", repr=False)
    code: str = Field(alias="ma_ho_so")
    status: str = Field(alias="trang_thai")
    procedure: str = Field(alias="ten_dich_vu")
    words: str = Field(alias="loi_nhan", repr=False)
    link: str = Field(alias="cta_link")
    icon: str = Field("", alias="cta_icon")
    link_text: str = Field("Tra cứu", alias="cta_text")


class TemplateMessage(WireMessage):
    """A message by a registered template; `tracking_id` is ours."""

    phone: str = Field(alias="phone", repr=False)
    template_id: str = Field(alias="template_id")
    data: TemplateData = Field(alias="template_data", repr=False)
    tracking_id: str = Field(alias="tracking_id")


class ZaloAnswer(WireAnswer):
    """What Zalo says of a message."""

    error: int = Field(alias="error")


class TokenAnswer(WireAnswer):
    """A pair of tokens; the refresh token is good for one use."""

    access_token: str = Field(alias="access_token", min_length=1, repr=False)
    refresh_token: str = Field(alias="refresh_token", min_length=1, repr=False)
    expires_in: int = Field(alias="expires_in", gt=0)
