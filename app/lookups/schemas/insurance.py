"""JSON of look-ups at social insurance."""

from datetime import date
from typing import Annotated, Any, Final, Self

from pydantic import Field, StringConstraints, field_validator

from app.fields import Line
from app.lookups.domain.asking import LookUp, Outcome
from app.lookups.domain.citizens import Sex
from app.lookups.domain.insurance import InsuredCriteria, InsuredPerson
from app.lookups.schemas.asking import REASON, OutcomeOut, ReasonIn
from app.lookups.schemas.shown import Limited
from app.platform.wire import ApiModel

InsuranceNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$")]
PlaceCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,5}$")]

PERSON: Final[dict[str, Any]] = {"insurance_number": "0000000001", "reason": REASON}
CRITERIA: Final[dict[str, Any]] = {
    "full_name": "Nguyễn Thị Giả Định",
    "born": "1990-01-01",
    "sex": "female",
    "reason": REASON,
}
HOUSEHOLD: Final[dict[str, Any]] = CRITERIA | {"province_code": "10"}


class InsuredPersonIn(ApiModel):
    """Tra cứu theo mã số BHXH. / Whose insurance number it is."""

    insurance_number: InsuranceNumber = Field(description="Mã số BHXH. / Insurance number.")
    reason: ReasonIn


class CriteriaIn(ApiModel):
    """Tiêu chí tra cứu. / Who is meant."""

    full_name: Line = Field(max_length=200, description="Họ tên. / Full name.")
    born: str = Field(
        pattern=r"^[0-9]{4}(?:-[0-9]{2}-[0-9]{2})?$",
        description="Ngày sinh yyyy-MM-dd, hoặc năm sinh. / Day, or year, of birth.",
        examples=["1990-01-01"],
    )
    sex: Sex = Field(description="Giới tính. / Sex.")
    reason: ReasonIn

    @field_validator("born")
    @classmethod
    def _is_a_day(cls, born: str) -> str:
        date.fromisoformat(born if "-" in born else f"{born}-01-01")
        return born

    def criteria(self) -> InsuredCriteria:
        """Return them."""
        return InsuredCriteria(**self.model_dump(exclude={"reason"}))


class InsuranceNumberIn(CriteriaIn):
    """Tra cứu mã số BHXH theo tiêu chí. / The number of whoever fits."""

    province_code: PlaceCode = Field("", description="Mã tỉnh khai sinh. / Of the birth.")
    district_code: PlaceCode = Field("", description="Mã huyện khai sinh. / Of the birth.")
    commune_code: PlaceCode = Field("", description="Mã xã khai sinh. / Of the birth.")


class InsuredHouseholdIn(CriteriaIn):
    """Tra cứu hộ gia đình. / Everybody of a household."""

    province_code: PlaceCode = Field(description="Mã tỉnh. / Province.")
    household_book: str = Field("", max_length=50, description="Số sổ hộ khẩu. / Household book.")
    card_number: str = Field("", max_length=20, description="Mã thẻ BHYT. / Health card.")


class InsuredPersonOut(Limited):
    """Người tham gia BHXH, BHYT. / An insured person."""

    insurance_number: str = Field(description="Mã số BHXH. / Insurance number.")
    full_name: str | None
    born_on: date | None
    born_year: int | None
    sex: Sex | None
    household_code: str | None = Field(description="Mã hộ. / Code of the household.")
    household_book: str | None = Field(description="Số sổ cũ. / Old book.")
    address: str | None
    birth_province_code: str | None
    birth_district_code: str | None
    birth_commune_code: str | None


class InsuredPersonAnswerOut(OutcomeOut):
    """Kết quả tra cứu. / Whose number it is."""

    person: InsuredPersonOut | None

    @classmethod
    def of(cls, look_up: LookUp, found: InsuredPerson | None) -> Self:
        """Show what was found, or that nobody was."""
        outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            person=None if found is None else InsuredPersonOut.model_validate(found),
        )


class InsuranceNumberAnswerOut(OutcomeOut):
    """Mã số BHXH tìm được. / The number that was found."""

    insurance_number: str | None

    @classmethod
    def of(cls, look_up: LookUp, found: str | None) -> Self:
        """Show it."""
        outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            insurance_number=found,
        )


class InsuredHouseholdOut(OutcomeOut):
    """Các thành viên của hộ. / Everybody of the household."""

    members: list[InsuredPersonOut]

    @classmethod
    def of(cls, look_up: LookUp, found: tuple[InsuredPerson, ...] | None) -> Self:
        """Show them."""
        outcome = Outcome.FOUND if found else Outcome.NOT_FOUND
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            members=[InsuredPersonOut.model_validate(one) for one in found or ()],
        )
