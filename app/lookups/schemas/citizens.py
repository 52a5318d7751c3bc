"""JSON of look-ups at the population database."""

from datetime import date
from typing import Annotated, Any, Final, Self

from pydantic import Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from app.fields import Line
from app.lookups.domain.asking import LookUp, Outcome
from app.lookups.domain.citizens import Citizen, Sex, WhoIsAsked
from app.lookups.schemas.asking import REASON, OutcomeOut, ReasonIn
from app.lookups.schemas.shown import Limited, Shown
from app.platform.wire import ApiModel

CitizenNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
CardNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")]

VERIFY: Final[dict[str, Any]] = {
    "citizen_id": "000000000001",
    "full_name": "Nguyễn Thị Giả Định",
    "reason": REASON,
}
LOOK_UP: Final[dict[str, Any]] = VERIFY | {"born": "1990-01-01"}


class NameIn(ApiModel):
    """Số định danh hoặc số CMND, và họ tên. / Number or card, and name."""

    citizen_id: CitizenNumber | None = Field(None, description="Số định danh. / Personal number.")
    identity_card: CardNumber | None = Field(None, description="Số CMND cũ. / Old card.")
    full_name: Line = Field(max_length=200, description="Họ, chữ đệm và tên. / Full name.")

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.citizen_id is None) == (self.identity_card is None):
            raise PydanticCustomError("one_of", "exactly one of citizen_id and identity_card")
        return self

    def who(self) -> WhoIsAsked:
        """Return who is asked about."""
        return WhoIsAsked(self.full_name, self.citizen_id, self.identity_card)


class WhoIn(NameIn):
    """Số, họ tên và ngày sinh phải khớp cùng một người. / All of one person."""

    born: str = Field(
        pattern=r"^[0-9]{4}(?:-[0-9]{2}-[0-9]{2})?$",
        description="Ngày sinh yyyy-MM-dd, hoặc năm sinh. / Day, or year, of birth.",
        examples=["1990-01-01"],
    )

    @field_validator("born")
    @classmethod
    def _is_a_day(cls, born: str) -> str:
        date.fromisoformat(born if "-" in born else f"{born}-01-01")
        return born

    @override
    def who(self) -> WhoIsAsked:
        return WhoIsAsked(self.full_name, self.citizen_id, self.identity_card, self.born)


class NamedIn(NameIn):
    """Xác thực một công dân. / Whether number and name are one citizen's."""

    reason: ReasonIn


class CitizenIn(WhoIn):
    """Tra cứu một công dân. / Look a citizen up."""

    reason: ReasonIn


class CitizenPlaceOut(Shown):
    """Địa chỉ. / An address."""

    province_code: str | None
    district_code: str | None = Field(description="Mã huyện (trước 7/2025). / Until July 2025.")
    commune_code: str | None
    detail: str | None = Field(description="Thôn, số nhà. / House and street.")
    country: str | None


class RelatedPersonOut(Shown):
    """Người liên quan. / Another person whom the record names."""

    full_name: str | None
    nationality: str | None
    citizen_id: str | None
    identity_card: str | None
    relation: str | None = Field(description="Quan hệ với chủ hộ. / To the head of the household.")


class CitizenOut(Limited):
    """Thông tin công dân, chỉ các trường được cấp. / A citizen; only granted fields are there."""

    citizen_id: str = Field("", description="Số định danh. / Personal number.")
    full_name: str = Field("", description="Họ, chữ đệm và tên. / Full name.")
    identity_card: str | None = Field(None, description="Số CMND cũ. / Old card.")
    sex: Sex | None = Field(None, description="Giới tính. / Sex.")
    born_on: date | None = Field(None, description="Ngày sinh. / Birthday.")
    born_year: int | None = Field(None, description="Năm sinh. / Year of birth.")
    ethnicity_code: str | None = Field(None, description="Mã dân tộc. / Ethnicity.")
    religion_code: str | None = Field(None, description="Mã tôn giáo. / Religion.")
    marital_status_code: str | None = Field(None, description="Mã hôn nhân. / Marital status.")
    blood_group_code: str | None = Field(None, description="Mã nhóm máu. / Blood group.")
    nationality: str | None = Field(None, description="Quốc tịch. / Nationality.")
    birth_registered_at: CitizenPlaceOut | None = Field(None, description="Nơi đăng ký khai sinh.")
    home_town: CitizenPlaceOut | None = Field(None, description="Quê quán. / Home town.")
    residence: CitizenPlaceOut | None = Field(None, description="Thường trú. / Residence.")
    present_address: CitizenPlaceOut | None = Field(None, description="Nơi ở hiện tại. / Now at.")
    father: RelatedPersonOut | None = Field(None, description="Cha. / Father.")
    mother: RelatedPersonOut | None = Field(None, description="Mẹ. / Mother.")
    spouse: RelatedPersonOut | None = Field(None, description="Vợ, chồng. / Spouse.")
    representative: RelatedPersonOut | None = Field(None, description="Người đại diện.")
    household_head: RelatedPersonOut | None = Field(None, description="Chủ hộ. / Its head.")
    household_number: str | None = Field(None, description="Số sổ hộ khẩu. / Household book.")


class CitizenAnswerOut(OutcomeOut):
    """Kết quả tra cứu công dân. / What the population database knows."""

    citizen: CitizenOut | None = Field(description="Không có nếu not_found. / Null if none.")

    @classmethod
    def of(cls, look_up: LookUp, found: Citizen | None) -> Self:
        """Show what was found, or that nobody was."""
        outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            citizen=None if found is None else CitizenOut.model_validate(found),
        )


class VerificationOut(OutcomeOut):
    """Kết quả xác thực. / Whether number and name are one citizen's."""

    exists: bool = Field(description="Có công dân khớp. / There is such a citizen.")

    @classmethod
    def of(cls, look_up: LookUp, found: bool | None) -> Self:  # noqa: FBT001 -- what was found
        """Show it."""
        outcome = Outcome.FOUND if found else Outcome.NOT_FOUND
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            exists=bool(found),
        )
