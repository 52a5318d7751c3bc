"""JSON of what national data can fill of a dossier's form."""

from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.dossiers.domain.filing import ApplicantKind, IdentityType
from app.lookups.domain.asking import Outcome
from app.lookups.schemas.asking import REASON, ReasonIn, TaxCode
from app.lookups.schemas.businesses import BusinessOut
from app.lookups.schemas.citizens import CitizenOut, WhoIn
from app.lookups.schemas.shown import Shown
from app.platform.wire import ApiModel

PREFILL: Final[dict[str, Any]] = {
    "citizen": {
        "citizen_id": "000000000001",
        "full_name": "Nguyễn Thị Giả Định",
        "born": "1990-01-01",
    },
    "with_insurance": True,
    "reason": REASON,
}


class PrefillIn(ApiModel):
    """Chủ hồ sơ là ai, cần điền gì. / Who owns the dossier, and what is wanted."""

    citizen: WhoIn | None = Field(None, description="Công dân. / A citizen.")
    business_code: TaxCode | None = Field(None, description="Doanh nghiệp. / An enterprise.")
    with_insurance: bool = Field(
        default=False, description="Kèm mã số BHXH của công dân. / With the insurance number."
    )
    reason: ReasonIn

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if self.citizen is None and self.business_code is None:
            raise PydanticCustomError("one_of", "citizen, business_code, or both")
        return self


class FilledApplicantOut(Shown):
    """Chủ hồ sơ như POST /v1/dossiers nhận. / The owner as POST /v1/dossiers takes them."""

    kind: ApplicantKind
    full_name: str | None
    identity_type: IdentityType | None
    identity_number: str | None
    address: str | None


class PartOut(Shown):
    """Một lần tra cứu để điền. / A look-up that was made for it."""

    look_up_id: str
    service: str
    operation: str
    outcome: Outcome = Field(description="Kết quả; các phần khác vẫn được điền. / What came of it.")


class PrefillOut(BaseModel):
    """Dữ liệu quốc gia điền được gì. / What national data can fill."""

    model_config = ConfigDict(frozen=True)

    applicant: FilledApplicantOut | None
    verified: list[str] = Field(
        description="Chỗ trong biểu mẫu đã được dữ liệu quốc gia xác nhận (JSON pointer). / Places "
        "of the form that national data vouches for."
    )
    citizen: CitizenOut | None
    business: BusinessOut | None
    insurance_number: str | None = Field(description="Mã số BHXH, BHYT. / Insurance number.")
    parts: list[PartOut]
