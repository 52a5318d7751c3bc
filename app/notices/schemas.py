"""JSON of notices."""

from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from app.fields import Moment
from app.notices.domain.channels import Channel
from app.notices.domain.notices import Kind, Notice, State


class SilenceIn(BaseModel):
    """Nothing more is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SilenceOut(BaseModel):
    """It is silent."""

    model_config = ConfigDict(frozen=True)

    dossier_code: str = Field(description="Mã hồ sơ. / Dossier code.")
    is_silent: bool = Field(description="Không gửi tin. / No notices.")


class UserIn(BaseModel):
    """By which user id the Official Account knows a dossier's owner."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zalo_user_id: Annotated[SecretStr, Field(min_length=8, max_length=64)] | None = Field(
        description="Mã người dùng mà Official Account biết chủ hồ sơ, do hệ thống của người nộp "
        "cho biết; null: quên mã đã giữ. / User id by which the Official Account knows the owner, "
        "as the applicant's system learnt it; null: what is kept is forgotten."
    )


class UserOut(BaseModel):
    """What is kept, masked."""

    model_config = ConfigDict(frozen=True)

    dossier_code: str = Field(description="Mã hồ sơ. / Dossier code.")
    recipient: str | None = Field(
        description="Mã người dùng, đã che; null: không giữ mã nào. / User id, masked; null: none."
    )


USER: Final[dict[str, Any]] = {"zalo_user_id": "9999000000000000001"}
"""An example that the document shows."""


class NoticeOut(BaseModel):
    """A notice, its recipient masked."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Mã tin. / Its id.")
    dossier_code: str = Field(description="Mã hồ sơ. / Dossier code.")
    kind: Kind = Field(description="Mẫu tin. / Template.")
    audience: str = Field(description="Gửi cho chủ hồ sơ hay người theo dõi. / Owner or follower.")
    step: int = Field(description="Số dòng tiến độ gây ra tin. / Row of progress that caused it.")
    state: State = Field(description="Trạng thái gửi. / Delivery state.")
    channel: Channel | None = Field(description="Kênh đã gửi. / By which channel it went.")
    recipient: str | None = Field(description="Nơi nhận, đã che. / Recipient, masked.")
    attempts: int = Field(description="Số lần gửi. / Attempts.")
    reason: str | None = Field(
        description="Lý do chưa gửi được, hoặc vì sao kênh ưu tiên hơn không nhận. / Why it is not "
        "sent, or why a preferred channel did not take it."
    )
    due_at: Moment = Field(description="Gửi không sớm hơn. / Not sent before.")
    created_at: Moment = Field(description="Ghi nhận lúc. / Written down at.")
    sent_at: Moment | None = Field(description="Gửi lúc. / Sent at.")
    merged_into: str | None = Field(description="Gộp vào tin. / The one that says it too.")

    @classmethod
    def of(cls, notice: Notice) -> Self:
        """Return a notice."""
        plain = {name: getattr(notice, name) for name in cls.model_fields if hasattr(notice, name)}
        return cls(**plain, id=notice.notice_id, dossier_code=notice.dossier)
