"""Parts of a dossier in other agencies, in and out."""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from app import codes
from app.dossiers.domain.parts import Part, PartState
from app.dossiers.schemas.acts import COUNTER, ActIn
from app.fields import AgencyCode, DossierCode, Line, Moment, ProcedureCode
from app.platform.wire import ApiModel


class PartIn(ApiModel):
    """Một phần liên thông. / Another agency's part."""

    name: Line = Field(max_length=1000, description="Tên phần việc. / What it is.")
    agency_code: AgencyCode = Field(description="Cơ quan giải quyết phần này. / Whose it is.")
    procedure_code: ProcedureCode = Field(description="Thủ tục của phần này. / Its procedure.")
    after: tuple[int, ...] = Field(
        (), max_length=50, description="Số của các phần phải xong trước. / Parts done before it."
    )
    due_at: Moment | None = Field(
        None, description="Hạn riêng; vắng thì tính theo thủ tục. / Due; computed when absent."
    )

    def part(self) -> Part:
        """Return the part; its number follows from its place."""
        return Part(
            number=0,
            name=self.name,
            agency=self.agency_code,
            procedure=codes.ProcedureCode(self.procedure_code),
            after=tuple(self.after),
            due_at=self.due_at,
        )


class PartsIn(ActIn):
    """Mở các phần liên thông. / Giving other agencies their parts."""

    parts: tuple[PartIn, ...] = Field(min_length=1, max_length=20)

    def what(self) -> tuple[Part, ...]:
        """Return the parts."""
        return tuple(one.part() for one in self.parts)


class PartOut(BaseModel):
    """Một phần liên thông. / A part, and how it stands with its agency."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    number: int
    name: str
    agency: str
    procedure: str
    agency_before: str | None = Field(
        description="Cơ quan cũ, đã đóng trước khi mở phần này. / Whose it was before that closed."
    )
    after: list[int]
    state: PartState = Field(
        description="waiting: chờ phần trước, open: đang giải quyết, done: xong, refused: bị từ "
        "chối hoặc dừng. / How it stands."
    )
    code: DossierCode | None = Field(description="Mã hồ sơ của phần. / Its own dossier.")
    due_at: Moment | None = Field(description="Hạn riêng. / Its own due date.")


class PartOfOut(BaseModel):
    """Hồ sơ mà hồ sơ này là một phần. / The dossier that this one is a part of."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    code: DossierCode
    number: int


BIRTH: Final[dict[str, Any]] = {
    "actor": COUNTER,
    "parts": [
        {
            "name": "Đăng ký khai sinh (phần mẫu)",
            "agency_code": "H38.61",
            "procedure_code": "2.900001.H38",
        },
        {
            "name": "Đăng ký thường trú (phần mẫu)",
            "agency_code": "H38.11",
            "procedure_code": "2.900001.H38",
            "after": [1],
        },
        {
            "name": "Cấp thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi (phần mẫu)",
            "agency_code": "H38.13",
            "procedure_code": "1.003560.H38",
            "after": [2],
        },
    ],
}
"""Birth registration, then residence, then the health-insurance card."""
