"""Refusals about notices and followers."""

from app.platform.errors import (
    ConflictError,
    Invalid,
    NotFoundError,
    RefusedError,
    UnavailableError,
)


class ChannelNotOfferedError(UnavailableError):
    """The province sends nothing by this channel."""

    slug = "channel-not-offered"
    title = "Kênh nhận tin chưa được cung cấp"
    title_en = "The channel is not offered"

    def __init__(self) -> None:
        super().__init__(
            "Kênh nhận tin này chưa được cung cấp.", "Nothing is sent by this channel here."
        )


class InvalidAddressError(RefusedError):
    """The address is none of the channel."""

    slug = "invalid-address"
    title = "Địa chỉ nhận tin không hợp lệ"
    title_en = "The address is not valid"

    def __init__(self) -> None:
        super().__init__(
            "Địa chỉ nhận tin phải là số di động Việt Nam; với kênh email là hộp thư, với kênh oa "
            "là mã người dùng của Official Account.",
            "The address must be a Vietnamese mobile number; a mailbox for email, a user id of the "
            "Official Account for oa.",
            errors=[Invalid("/address", "không phải địa chỉ của kênh này", "not of this channel")],
        )


class InvalidUserIdError(RefusedError):
    """The user id is none of an Official Account."""

    slug = "invalid-user-id"
    title = "Mã người dùng Zalo không hợp lệ"
    title_en = "The user id is not valid"

    def __init__(self) -> None:
        super().__init__(
            "Mã người dùng Official Account gồm 8 đến 64 chữ cái không dấu, chữ số, _ hoặc -.",
            "A user id of the Official Account is 8 to 64 letters, digits, _ or -.",
            errors=[Invalid("/zalo_user_id", "không phải mã người dùng", "not a user id")],
        )


class TooManyFollowersError(ConflictError):
    """A dossier has as many followers as it may."""

    slug = "too-many-followers"
    title = "Hồ sơ đã đủ người nhận tin"
    title_en = "Too many followers"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"Mỗi hồ sơ có tối đa {limit} nơi nhận tin.",
            f"A dossier has at most {limit} followers.",
            extensions={"limit": limit},
        )


class UnknownFollowerError(NotFoundError):
    """There is no such follower of the dossier, or the code is not theirs."""

    slug = "unknown-follower"
    title = "Không xác nhận được"
    title_en = "Unknown follower or code"

    def __init__(self) -> None:
        super().__init__(
            "Mã nhận tin hoặc mã xác nhận không đúng, hoặc đã hết hạn.",
            "The follower or the code is wrong, or it has run out.",
        )
