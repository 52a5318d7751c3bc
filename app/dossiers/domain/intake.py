"""How a dossier came in: through which door, how its owner was known, and who signed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class IntakeSource(StrEnum):
    """Nguồn tiếp nhận."""

    COUNTER = "counter"
    PORTAL = "portal"
    POST = "post"
    ZALO = "zalo"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _SOURCES[self]


_SOURCES: Final[Mapping[IntakeSource, str]] = {
    IntakeSource.COUNTER: "Bộ phận một cửa",
    IntakeSource.PORTAL: "Cổng dịch vụ công",
    IntakeSource.POST: "Bưu chính công ích",
    IntakeSource.ZALO: "Zalo",
}


class Entry(StrEnum):
    """By which of its ways an online dossier came, where that is known.

    Filed at the national portal and sent down (for any procedure, or as a promotion notice), filed
    here after the portal's deep link, or pulled from a ministry's system.
    """

    PUSH = "push"
    PROMOTION = "promotion_notice"
    DEEP_LINK = "deep_link"
    MINISTRY = "ministry_system"


class Authentication(StrEnum):
    """How the owner was known: by face, by an account, or not at all."""

    NONE = "none"
    IN_PERSON = "in_person"
    VNEID = "vneid"
    NATIONAL_PORTAL = "national_portal"
    PROVINCE_ACCOUNT = "province_account"
    ZALO = "zalo"


class SigningMeans(StrEnum):
    """With what somebody signed: by hand, or with a digital signature kept in one of three ways."""

    PAPER = "paper"
    CARD = "card"
    REMOTE = "remote"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's signature under the application."""

    signer_name: str
    means: SigningMeans
    signed_at: datetime | None = None
    provider: str | None = None
    certificate_serial: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Cách hồ sơ đến; `authentication` None when nobody said.

    `reference` is the code it has where it was born, `account` the TechID of the owner there.
    """

    source: IntakeSource
    authentication: Authentication | None = None
    signatures: tuple[Signature, ...] = ()
    entry: Entry | None = None
    reference: str | None = None
    account: str | None = None

    @property
    def is_verified_account(self) -> bool:
        """Whether the owner came with an account that VNeID vouches for."""
        return self.authentication is Authentication.VNEID
