"""Settings of notices: channels, pace, and the services that carry them."""

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import AnyHttpUrl, BaseModel, Field, field_validator

_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_GAPS = ("{user_id}", "{text}")


class NoticeSettings(BaseModel):
    """How owners and followers are told; a channel without its address is not offered."""

    notice_channels: tuple[Literal["oa", "zalo", "sms", "email"], ...] = Field(
        ("oa", "zalo", "sms", "email"),
        description="Channels of notices, the preferred one first: oa is a message of our Zalo "
        "Official Account to whoever's user id is known, zalo a ZNS to a telephone number.",
    )
    notice_owners: bool = Field(
        default=True, description="Owners are told at the telephone or mailbox they filed with."
    )
    notice_quiet_hours: str = Field(
        "21:00-07:00",
        pattern=rf"^(off|{_CLOCK}-{_CLOCK})$",
        description="No notice goes in these hours of Vietnam, or `off`.",
    )
    notice_gather_seconds: float = Field(
        120.0, ge=0, le=86_400, description="A notice of progress waits so long for the next one."
    )
    notice_spacing_minutes: float = Field(
        30.0, ge=0, le=1440, description="Least time between two notices of progress of a dossier."
    )
    notice_latest_hours: float = Field(
        24.0, gt=0, le=720, description="What is older is told no more."
    )
    sms_url: AnyHttpUrl | None = Field(
        None, description="Address that takes SMS; unset: none are sent."
    )
    sms_shape: Literal["dong_thap", "vnpt", "viettel", "province"] = Field(
        "dong_thap",
        description="Its wire: an LGSP's SendSms, VNPT brandname, Viettel bulk SMS (SOAP), or a "
        "province's adapter.",
    )
    sms_brand: str = Field(
        "LGSP", max_length=20, description="Sender (brandname), LABELID or ServiceID."
    )
    sms_account: str = Field(
        "", max_length=100, description="APIUSER or User of our account; empty with a bearer."
    )
    sms_secret_file: Path | None = Field(
        None, description="File with the bearer, APIPASS or Password of SMS."
    )
    sms_agent: str = Field(
        "", max_length=50, description="AGENTID, CPCode or maPhanMem of our account."
    )
    sms_contract: str = Field(
        "", max_length=50, description="CONTRACTID or idMauTin of our account."
    )
    sms_template: str = Field("", max_length=50, description="TEMPLATEID of our account.")
    sms_longest: int = Field(
        160, ge=40, le=612, description="Signs of one SMS; a longer text is cut."
    )
    zalo_url: AnyHttpUrl | None = Field(
        None, description="Address that takes ZNS messages; unset: none are sent."
    )
    zalo_token_url: AnyHttpUrl | None = Field(
        None, description="Address that gives Zalo access tokens for a refresh token."
    )
    zalo_app_id: str = Field("", max_length=50, description="`app_id` of our Zalo application.")
    zalo_secret_file: Path | None = Field(
        None, description="File with the secret key of the application."
    )
    zalo_refresh_token_file: Path | None = Field(
        None,
        description="File with the first refresh token; later ones are kept in the database.",
    )
    zalo_templates: dict[str, str] = Field(
        default_factory=dict,
        description="Template id of ZNS for progress, supplement, result, apology and confirm.",
    )
    zalo_oa_url: AnyHttpUrl | None = Field(
        None,
        description="Address that takes messages of our Zalo Official Account (not publicly "
        "known); unset: none are sent.",
    )
    zalo_oa_body: dict[str, Any] = Field(
        {"recipient": {"user_id": "{user_id}"}, "message": {"text": "{text}"}},
        description="Body of such a message (not publicly known): {user_id} and {text} are filled "
        "in wherever they stand in its values, {message_id} too.",
    )
    zalo_oa_refusals: dict[int, str] = Field(
        {
            -201: "không có người dùng này",
            -213: "người nhận chưa quan tâm Official Account",
            -227: "tài khoản người nhận không hoạt động",
            -230: "người nhận không còn tương tác với Official Account",
            -232: "người nhận không còn tương tác với Official Account",
            -244: "người nhận chặn tin của Official Account",
        },
        description="Codes that say that a user can never be written to, in words (not publicly "
        "known); the next channel is then tried. After any other code it is tried again.",
    )
    zalo_oa_longest: int = Field(
        2000, ge=100, le=10_000, description="Signs of such a message; a longer text is cut."
    )
    mail_host: str | None = Field(None, description="SMTP server; unset: no mail is sent.")
    mail_port: int = Field(587, ge=1, le=65_535, description="Its port.")
    mail_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection to it is protected."
    )
    mail_username: str = Field("", description="Our account there; empty: none.")
    mail_password_file: Path | None = Field(None, description="File with its password.")
    mail_from: str = Field("", max_length=200, description="Sender of mails.")

    @field_validator("zalo_oa_body")
    @classmethod
    def _has_gaps(cls, body: dict[str, Any]) -> dict[str, Any]:
        if missing := [gap for gap in _GAPS if gap not in json.dumps(body)]:
            raise ValueError(f"{' and '.join(missing)} must stand in it")
        return body
