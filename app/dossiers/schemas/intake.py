"""How a dossier came in, in and out."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.intake import (
    Authentication,
    Entry,
    Intake,
    IntakeSource,
    Signature,
    SigningMeans,
)
from app.fields import Line, Moment
from app.platform.wire import ApiModel


class SignatureIn(ApiModel):
    """Người ký. / Somebody's signature under the application."""

    signer_name: Line = Field(max_length=300, description="Người ký. / Who signed.")
    means: SigningMeans = Field(
        description="paper: ký tay, card: USB token hay thẻ, remote: ký số từ xa, mobile: ký số "
        "trên thiết bị di động. / With what."
    )
    signed_at: Moment | None = Field(None, description="Thời điểm ký. / When.")
    provider: Line | None = Field(
        None, max_length=200, description="Nhà cung cấp chữ ký số. / Certification provider."
    )
    certificate_serial: Line | None = Field(
        None, max_length=100, description="Số chứng thư. / Serial number of the certificate."
    )


class IntakeIn(ApiModel):
    """Cách hồ sơ đến. / How a dossier came in."""

    source: IntakeSource = Field(
        description="counter: một cửa, portal: cổng dịch vụ công, post: bưu chính, zalo: Zalo. / "
        "Through which door."
    )
    authentication: Authentication | None = Field(
        None,
        description="none: không, in_person: trực tiếp, vneid: VNeID, national_portal: tài khoản "
        "Cổng quốc gia, province_account: tài khoản tỉnh, zalo: Zalo. / How the owner was known.",
    )
    signatures: tuple[SignatureIn, ...] = Field((), max_length=20, description="Người ký. / Who.")
    entry: Literal[Entry.DEEP_LINK] | None = Field(
        None,
        description="deep_link: người nộp đến từ liên kết của Cổng quốc gia. / The owner came by "
        "the national portal's link.",
    )

    def intake(self) -> Intake:
        """Return how it came in."""
        signatures = (
            Signature(
                one.signer_name, one.means, one.signed_at, one.provider, one.certificate_serial
            )
            for one in self.signatures
        )
        return Intake(self.source, self.authentication, tuple(signatures), self.entry)


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class SignatureOut(_Seen):
    """Chữ ký. / A signature."""

    signer_name: str
    means: SigningMeans
    signed_at: Moment | None
    provider: str | None
    certificate_serial: str | None


class IntakeOut(_Seen):
    """Cách hồ sơ đến. / How a dossier came in."""

    source: IntakeSource
    authentication: Authentication | None = Field(description="null: không rõ. / Not said.")
    signatures: list[SignatureOut]
    entry: Entry | None = Field(
        description="push, promotion_notice: Cổng quốc gia gửi xuống; deep_link: liên kết của "
        "Cổng; ministry_system: lấy từ hệ thống của bộ. / By which way it came; null: not known."
    )
    reference: str | None = Field(
        description="Mã ở nơi hồ sơ được nộp. / Its code where it was born."
    )

    @classmethod
    def of(cls, intake: Intake) -> Self:
        """Show how it came in."""
        return cls.model_validate(intake)
