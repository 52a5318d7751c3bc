"""What a client may be told: by its scope alone, or by the grant that the broker holds."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from app.lookups.domain.asking import Reason
from app.platform.errors import ForbiddenError, Invalid


@dataclass(frozen=True, slots=True)
class Leave:
    """What a look-up may tell: `fields` of a record, None for all of them.

    `grant` is the broker's, None where a scope alone decides; then nothing is kept and no
    purpose is fixed.
    """

    fields: frozenset[str] | None
    grant: str | None = None
    purpose: str | None = None
    cache_seconds: int = 0

    def check_purpose(self, reason: Reason | None) -> None:
        """Demand that it is asked for what was granted.

        Raises:
            PurposeNotGrantedError: if it is asked for something else, or without a purpose.
        """
        if self.purpose is None:
            return
        if reason is None or _plain(reason.purpose) != _plain(self.purpose):
            raise PurposeNotGrantedError(self.grant or "")

    def shows(self, name: str) -> bool:
        """Tell whether a field may be told."""
        return self.fields is None or name in self.fields


BY_SCOPE: Final = Leave(None)
"""Everything, on the scope's word: for records that are not of a person."""


def by_scope(fields: Collection[str]) -> Leave:
    """Return what a scope alone allows: these fields."""
    return Leave(frozenset(fields))


class LookUpNotGrantedError(ForbiddenError):
    """The register knows the service, and the client has no good grant for this operation."""

    slug = "lookup-not-granted"
    title = "Chưa được cấp quyền khai thác dịch vụ này"
    title_en = "The look-up is not granted"

    def __init__(self, service: str) -> None:
        super().__init__(
            "Ứng dụng chưa có quyền sử dụng nghiệp vụ này của dịch vụ, hoặc quyền đã hết hiệu lực; "
            "hãy gửi đề nghị khai thác.",
            "The client has no grant for this operation of the service, or it is no longer good; "
            "ask for access.",
            extensions={"service": service},
        )


class PurposeNotGrantedError(ForbiddenError):
    """It is asked for another purpose than the grant's."""

    slug = "purpose-not-granted"
    title = "Ngoài mục đích được cấp"
    title_en = "Not the granted purpose"

    def __init__(self, grant: str) -> None:
        super().__init__(
            "Mục đích nêu ra không phải mục đích của quyền sử dụng đã cấp.",
            "The purpose is not that of the grant.",
            errors=[Invalid("/reason/purpose", "khác mục đích được cấp", "not as granted")],
            extensions={"grant": grant},
        )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
