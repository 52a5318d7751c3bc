"""JSON of the forms of civil status: a birth, a death, a marriage, and papers with them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.fields import Day, Line
from app.lookups.domain.citizens import Sex
from app.lookups.domain.civil_status import (
    AttachedPaper,
    Birth,
    Death,
    Marriage,
    Parent,
    Requester,
)
from app.platform.wire import ApiModel

Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{6,20}$")]


class ParentIn(ApiModel):
    """Cha hoặc mẹ. / Mother or father."""

    full_name: Line = Field(max_length=200, description="Họ tên. / Full name.")
    born_on: Day | None = Field(None, description="Ngày sinh. / Birthday.")
    ethnicity: Line | None = Field(None, max_length=50, description="Dân tộc. / Ethnicity.")
    nationality: Line | None = Field(None, max_length=50, description="Quốc tịch. / Nationality.")
    residence: Line | None = Field(None, max_length=500, description="Nơi cư trú. / Residence.")
    paper_kind: Line | None = Field(None, max_length=50, description="Loại giấy tờ. / Paper.")
    paper_number: Number | None = Field(None, description="Số giấy tờ. / Its number.")

    def parent(self) -> Parent:
        """Return it."""
        return Parent(**self.model_dump())


class RequesterIn(ApiModel):
    """Người yêu cầu. / Who asks for it."""

    full_name: Line = Field(max_length=200, description="Họ tên. / Full name.")
    paper_number: Number | None = Field(None, description="Số giấy tờ. / Number of a paper.")
    relation: Line | None = Field(None, max_length=100, description="Quan hệ. / Relation.")
    note: Line | None = Field(None, max_length=500, description="Ghi chú. / Note.")


class BirthIn(ApiModel):
    """Nội dung đăng ký khai sinh. / The form of a birth."""

    full_name: Line = Field(max_length=200, description="Họ tên trẻ. / Name of the child.")
    sex: Sex = Field(description="Giới tính. / Sex.")
    born_on: Day = Field(description="Ngày sinh. / Birthday.")
    birthplace: Line | None = Field(None, max_length=500, description="Nơi sinh. / Birthplace.")
    home_town: Line | None = Field(None, max_length=500, description="Quê quán. / Home town.")
    ethnicity: Line | None = Field(None, max_length=50, description="Dân tộc. / Ethnicity.")
    nationality: Line | None = Field(None, max_length=50, description="Quốc tịch. / Nationality.")
    mother: ParentIn | None = Field(None, description="Mẹ. / Mother.")
    father: ParentIn | None = Field(None, description="Cha. / Father.")
    requester: RequesterIn

    def birth(self) -> Birth:
        """Return the form."""
        plain = ("full_name", "sex", "born_on", "birthplace", "home_town", "ethnicity")
        return Birth(
            **{name: getattr(self, name) for name in (*plain, "nationality")},
            requester=Requester(**self.requester.model_dump()),
            mother=None if self.mother is None else self.mother.parent(),
            father=None if self.father is None else self.father.parent(),
        )


class AttachedPaperIn(ApiModel):
    """Giấy tờ gửi kèm. / A paper that goes with it."""

    title: Line = Field(max_length=500, description="Tên giấy tờ. / Its title.")
    file_name: Line = Field(max_length=255, description="Tên tệp. / Name of the file.")
    content: Base64 = Field(description="Nội dung, base64. / Content in base64.")
    kind: str = Field("", max_length=50, description="Mã loại giấy tờ. / Code of its kind.")

    def paper(self) -> AttachedPaper:
        """Return it."""
        return AttachedPaper(**self.model_dump())


class DeathIn(ApiModel):
    """Nội dung đăng ký khai tử. / The form of a death."""

    deceased: ParentIn = Field(description="Người đã chết. / Who died.")
    sex: Sex = Field(description="Giới tính. / Sex.")
    died_on: Day = Field(description="Ngày chết. / Day of the death.")
    died_at: Line | None = Field(None, max_length=500, description="Nơi chết. / Where.")
    cause: Line | None = Field(None, max_length=500, description="Nguyên nhân. / Of what.")
    notice_kind: Line | None = Field(
        None, max_length=50, description="Loại giấy báo tử. / Kind of the notice of death."
    )
    notice_number: Line | None = Field(
        None, max_length=50, description="Số giấy báo tử. / Its number."
    )
    requester: RequesterIn

    def death(self) -> Death:
        """Return the form."""
        plain = ("sex", "died_on", "died_at", "cause", "notice_kind", "notice_number")
        return Death(
            **{name: getattr(self, name) for name in plain},
            deceased=self.deceased.parent(),
            requester=Requester(**self.requester.model_dump()),
        )


class MarriageIn(ApiModel):
    """Nội dung đăng ký kết hôn. / The form of a marriage."""

    husband: ParentIn = Field(description="Bên nam. / The man.")
    wife: ParentIn = Field(description="Bên nữ. / The woman.")
    requester: RequesterIn

    def marriage(self) -> Marriage:
        """Return the form."""
        requester = Requester(**self.requester.model_dump())
        return Marriage(self.husband.parent(), self.wife.parent(), requester)
