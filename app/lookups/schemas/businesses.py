"""JSON of look-ups at the business register."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StringConstraints

from app.fields import Day
from app.lookups.domain.asking import LookUp, Outcome
from app.lookups.domain.businesses import Business, BusinessKind, RegistrationFile
from app.lookups.schemas.asking import OutcomeOut, ReasonIn, TaxCode
from app.lookups.schemas.shown import Limited, Shown
from app.platform.wire import ApiModel

JournalNumber = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9./\-]{1,50}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^(?:[01]\d|2[0-3]):[0-5]\d$")]


class BusinessIn(ApiModel):
    """Tra cứu theo mã số. / A business by its code."""

    code: TaxCode = Field(description="Mã số doanh nghiệp, mã số thuế. / Business code, tax code.")
    reason: ReasonIn | None = Field(
        None, description="Nên nêu; cần thiết để ghi vào hồ sơ. / Wanted to write into a dossier."
    )


class RegistrationFileIn(ApiModel):
    """Tra cứu hồ sơ đăng ký. / A registration file by its number."""

    number: JournalNumber = Field(description="Số hồ sơ (in_journal_no). / Journal number.")


class RegistrationPeriodIn(ApiModel):
    """Các hồ sơ đăng ký của tối đa năm ngày. / Registration files of at most five days."""

    first: Day = Field(alias="from", strict=False, description="Từ ngày. / First day.")
    last: Day = Field(alias="to", strict=False, description="Đến ngày. / Last day.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Bỏ qua. / Files passed over.")
    limit: int = Field(100, ge=1, le=1000, description="Tối đa. / At most so many.")


class RegistrationDayIn(ApiModel):
    """Các hồ sơ đăng ký xử lý trong ngày. / Registration files handled today."""

    first: Clock = Field(alias="from", description="Từ giờ. / First time of day.")
    last: Clock = Field(alias="to", description="Đến giờ. / Last time of day.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Bỏ qua. / Files passed over.")
    limit: int = Field(100, ge=1, le=1000, description="Tối đa. / At most so many.")


class SeatOut(Shown):
    """Địa chỉ trụ sở. / The seat."""

    whole: str | None = Field(description="Địa chỉ đầy đủ. / In one line.")
    province_code: str | None
    province: str | None = Field(description="Tỉnh, thành phố. / Province.")
    district: str | None = Field(description="Quận, huyện (trước 7/2025). / District, until 2025.")
    commune_code: str | None
    commune: str | None = Field(description="Xã, phường. / Commune.")
    street: str | None = Field(description="Số nhà, đường. / House and street.")


class BusinessPersonOut(Shown):
    """Người đại diện. / Who stands for it."""

    full_name: str = Field(description="Họ tên. / Full name.")
    identity_kind: str | None = Field(description="Loại giấy tờ. / Kind of paper.")
    identity_number: str | None = Field(description="Số giấy tờ. / Its number.")


class BusinessActivityOut(Shown):
    """Ngành, nghề kinh doanh. / What it does."""

    code: str
    name: str
    is_main: bool = Field(description="Ngành chính. / The main one.")


class CapitalMemberOut(Shown):
    """Thành viên góp vốn. / Who put capital in."""

    name: str
    amount_vnd: Decimal | None = Field(description="Vốn góp, đồng. / Capital, đồng.")
    share_percent: Decimal | None = Field(description="Tỷ lệ, phần trăm. / Share, percent.")
    country: str | None


class BusinessOut(Limited):
    """Doanh nghiệp, hộ kinh doanh hoặc hợp tác xã. / A registered business."""

    kind: BusinessKind
    code: str = Field(description="Mã số. / Code.")
    name: str = Field(description="Tên. / Name.")
    foreign_name: str | None = Field(description="Tên nước ngoài. / Foreign name.")
    short_name: str | None = Field(description="Tên viết tắt. / Short name.")
    type_code: str | None
    type_name: str | None = Field(description="Loại hình. / Legal form.")
    founded_on: date | None = Field(description="Ngày đăng ký lần đầu. / Registered on.")
    changed_on: date | None = Field(description="Thay đổi gần nhất. / Last changed on.")
    changes: int | None = Field(description="Số lần thay đổi. / How often it was changed.")
    status_code: str | None
    status_name: str | None = Field(description="Tình trạng pháp lý. / Legal standing.")
    capital_vnd: Decimal | None = Field(description="Vốn, đồng. / Capital, đồng.")
    seat: SeatOut
    representatives: list[BusinessPersonOut]
    activities: list[BusinessActivityOut]
    members: list[CapitalMemberOut]


class BusinessAnswerOut(OutcomeOut):
    """Kết quả tra cứu đăng ký. / What the register knows."""

    business: BusinessOut | None = Field(description="Không có nếu not_found. / Null if none.")

    @classmethod
    def of(cls, look_up: LookUp, found: Business | None) -> Self:
        """Show what was found, or that nothing was."""
        outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            business=None if found is None else BusinessOut.model_validate(found),
        )


class RegistrationFileOut(Shown):
    """Hồ sơ đăng ký doanh nghiệp. / A file at the business register."""

    number: str = Field(description="Số hồ sơ. / Journal number.")
    kind: str | None
    enterprise_code: str | None = Field(description="Mã số doanh nghiệp. / Business code.")
    name: str | None = Field(description="Tên doanh nghiệp. / Its name.")
    received_on: date | None = Field(description="Ngày nhận. / Received on.")
    planned_on: date | None = Field(description="Ngày hẹn. / Promised for.")
    status: str | None = Field(description="Tình trạng xử lý. / Where it stands.")
    processed_on: date | None = Field(description="Ngày xử lý. / Decided on.")


class RegistrationFileAnswerOut(OutcomeOut):
    """Tình trạng một hồ sơ đăng ký. / Where a registration file stands."""

    file: RegistrationFileOut | None

    @classmethod
    def of(cls, look_up: LookUp, found: RegistrationFile | None) -> Self:
        """Show what was found, or that nothing was."""
        outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            file=None if found is None else RegistrationFileOut.model_validate(found),
        )


class RegistrationFilesOut(OutcomeOut):
    """Danh sách hồ sơ đăng ký. / Registration files."""

    items: list[RegistrationFileOut]
    total: int = Field(description="Tổng số theo cơ sở dữ liệu. / How many the register counts.")
