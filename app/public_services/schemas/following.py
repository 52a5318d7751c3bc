"""JSON of those who ask to be told of a dossier."""

from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.fields import Moment
from app.notices.domain.channels import Channel
from app.notices.domain.notices import Follower
from app.platform.wire import ApiModel

FOLLOW: Final[dict[str, Any]] = {"channel": "sms", "address": "0000000111"}
CONFIRM: Final[dict[str, Any]] = {"code": "000000"}


class FollowIn(ApiModel):
    """By which channel, and where."""

    channel: Channel = Field(description="Kênh nhận tin. / Channel.")
    address: Annotated[str, StringConstraints(min_length=3, max_length=200)] = Field(
        description="Số di động, hộp thư, hoặc mã người dùng Official Account. / Mobile number, "
        "mailbox, or user id of the Official Account."
    )


class ConfirmIn(ApiModel):
    """The code that was sent."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] = Field(
        description="Mã xác nhận. / Confirmation code."
    )


class EndIn(ApiModel):
    """Nothing more is said."""


class FollowerOut(BaseModel):
    """A follower, the address masked."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Mã nhận tin. / Id of the follower.")
    channel: Channel
    recipient: str = Field(description="Nơi nhận, đã che. / Where, masked.")
    is_confirmed: bool = Field(description="Đã xác nhận. / Confirmed.")
    is_ended: bool = Field(description="Đã ngừng. / Ended.")
    code_until: Moment = Field(description="Mã xác nhận có hiệu lực đến. / The code is good until.")

    @classmethod
    def of(cls, follower: Follower) -> Self:
        """Return a follower."""
        return cls(
            id=follower.follower_id,
            channel=follower.channel,
            recipient=follower.recipient,
            is_confirmed=follower.confirmed_at is not None,
            is_ended=follower.ended_at is not None,
            code_until=follower.code_until,
        )
