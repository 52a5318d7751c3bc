"""Members in files and answers."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from app import codes
from app.catalogue.domain import Member, MemberKind
from app.catalogue.schemas.texts import Name
from app.fields import AgencyCode, Day
from app.platform.wire import ApiModel


def _older(code: codes.AgencyCode) -> codes.AgencyCode:
    if code.canonical == code:
        raise ValueError("not a spelling of QCVN 102:2016")
    return code


OlderSpelling = Annotated[AgencyCode, AfterValidator(_older)]


class MemberIn(ApiModel):
    """A member in a catalogue file.

    `code` may come in either spelling. Without `qcvn` its QCVN spelling follows from the code
    by the algorithm; null says there is none.
    """

    code: AgencyCode
    qcvn: OlderSpelling | None = None
    name: Name
    kind: MemberKind
    parent: AgencyCode | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    successor: AgencyCode | None = None

    def member(self) -> Member:
        """Return what the entry says, codes in the spelling of today."""
        code = codes.AgencyCode(self.code.canonical)
        return Member(
            code=code,
            qcvn=self.qcvn if "qcvn" in self.model_fields_set else self._derived(),
            name=self.name,
            kind=self.kind,
            parent=_canonical(self.parent),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            successor=_canonical(self.successor),
        )

    def _derived(self) -> str | None:
        given = None if self.code.canonical == self.code else str(self.code)
        return given or codes.AgencyCode(self.code.canonical).qcvn


def _canonical(code: codes.AgencyCode | None) -> codes.AgencyCode | None:
    return None if code is None else codes.AgencyCode(code.canonical)


class MemberOut(ApiModel):
    """A member as it is shown."""

    code: str = Field(
        description="Mã định danh theo QĐ 20/2020/QĐ-TTg. / Identity code by QĐ 20/2020.",
        examples=["H38.12"],
    )
    qcvn: str | None = Field(
        description="Mã theo QCVN 102:2016/BTTTT, nếu có. / Code by QCVN 102:2016, if any.",
        examples=["000.00.12.H38"],
    )
    name: str = Field(description="Tên cơ quan, tổ chức. / Name.")
    kind: MemberKind = Field(
        description="Khối: nhà nước, Đảng, HĐND, Mặt trận và đoàn thể, doanh nghiệp. / "
        "State, party, people's council, front and unions, enterprise."
    )
    parent: str | None = Field(description="Mã đơn vị cấp trên. / Code of the one above it.")
    valid_from: date | None = Field(
        description="Ngày bắt đầu hiệu lực. / First day the code is in force."
    )
    valid_to: date | None = Field(
        description="Ngày mã bị đóng. / Day from which the code is no longer in force."
    )
    successor: str | None = Field(
        description="Mã thay thế khi đã đóng. / Code that took its place."
    )
    is_open: bool = Field(description="Hôm nay còn hiệu lực. / In force today.")

    @classmethod
    def of(cls, member: Member, day: date) -> Self:
        """Return what is shown of a member on `day`."""
        return cls(
            code=member.code,
            qcvn=member.qcvn,
            name=member.name,
            kind=member.kind,
            parent=member.parent,
            valid_from=member.valid_from,
            valid_to=member.valid_to,
            successor=member.successor,
            is_open=member.is_open(day),
        )
