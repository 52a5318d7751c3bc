"""JSON of files of driving licences and of vehicle badges."""

from datetime import date
from typing import Annotated, Any, Final, Self

from pydantic import Field, StringConstraints

from app.fields import Day
from app.lookups.domain.asking import LookUp, Outcome
from app.lookups.domain.transport import FileStanding, LicenceFile, VehicleFile
from app.lookups.schemas.asking import REASON, OutcomeOut, ReasonIn
from app.lookups.schemas.shown import Limited, Shown
from app.platform.wire import ApiModel

FileCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9./\-]{0,49}$")]
Unit = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.]{1,35}$")]


class TransportPeriodIn(ApiModel):
    """Hồ sơ của một đơn vị trong một số ngày. / Files of a unit on at most 31 days."""

    unit_code: Unit = Field(description="Mã đơn vị xử lý. / Code of the unit.")
    first: Day = Field(alias="from", description="Từ ngày. / First day.")
    last: Day = Field(alias="to", description="Đến ngày. / Last day.")
    reason: ReasonIn


class LicenceFileIn(ApiModel):
    """Một hồ sơ theo mã. / A file by its code."""

    code: FileCode = Field(description="Mã hồ sơ. / Its code.")
    reason: ReasonIn


class HeldLicenceOut(Shown):
    """Giấy phép lái xe đã cấp. / A licence that is held."""

    number: str | None = Field(description="Số giấy phép. / Its number.")
    licence_class: str | None = Field(description="Hạng. / Class.")
    issued_by: str | None
    issued_on: date | None
    expires_on: date | None


class LicenceFileOut(Limited):
    """Hồ sơ giấy phép lái xe. / A licence file."""

    code: str
    portal_code: str | None = Field(description="Mã đăng ký ở Cổng. / Code at the portal.")
    full_name: str | None = Field(description="Họ tên. / Name.")
    unit: str | None
    kind: str | None = Field(description="Loại hồ sơ. / Kind of file.")
    wanted_class: str | None = Field(description="Hạng đề nghị. / Class asked for.")
    reason: str | None = Field(description="Lý do đổi. / Why it is exchanged.")
    received_on: date | None
    promised_on: date | None
    held: list[HeldLicenceOut]


class FileStandingOut(Limited):
    """Tình trạng một hồ sơ. / Where a file stands; moments as the ministry writes them."""

    code: str
    procedure_code: str | None
    service_name: str | None
    status_code: str | None
    status_name: str | None
    unit_code: str | None
    unit_name: str | None
    received_at: str | None
    due_at: str | None


class VehicleFileOut(Limited):
    """Hồ sơ phù hiệu xe. / A file of transport."""

    code: str
    procedure_code: str | None
    procedure_name: str | None
    summary: str | None = Field(description="Trích yếu. / Summary.")
    owner: str | None = Field(description="Chủ hồ sơ. / Owner.")
    unit: str | None
    unit_name: str | None
    status_code: str | None
    status_name: str | None
    received_on: date | None
    due_on: date | None
    finished_on: date | None
    returned_on: date | None


class LicenceFilesOut(OutcomeOut):
    """Các hồ sơ giấy phép lái xe. / Licence files."""

    items: list[LicenceFileOut]

    @classmethod
    def of(cls, look_up: LookUp, found: tuple[LicenceFile, ...] | None) -> Self:
        """Show them."""
        items = [LicenceFileOut.model_validate(one) for one in found or ()]
        return cls(**_outcome(look_up, found), items=items)


class LicenceFileAnswerOut(OutcomeOut):
    """Kết quả tra cứu một hồ sơ. / What came of asking for one file."""

    file: FileStandingOut | None = None

    @classmethod
    def of(cls, look_up: LookUp, found: FileStanding | None) -> Self:
        """Show it."""
        shown = None if found is None else FileStandingOut.model_validate(found)
        return cls(**_outcome(look_up, found), file=shown)


class VehicleFilesOut(OutcomeOut):
    """Các hồ sơ phù hiệu xe. / Files of transport."""

    items: list[VehicleFileOut]

    @classmethod
    def of(cls, look_up: LookUp, found: tuple[VehicleFile, ...] | None) -> Self:
        """Show them."""
        items = [VehicleFileOut.model_validate(one) for one in found or ()]
        return cls(**_outcome(look_up, found), items=items)


def _outcome(look_up: LookUp, found: object) -> dict[str, Any]:
    outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
    return {"lookup_id": look_up.id, "outcome": outcome, "outcome_label": outcome.label}


LICENCES: Final[dict[str, Any]] = {
    "unit_code": "000.00.12.H38",
    "from": "2026-11-02",
    "to": "2026-11-02",
    "reason": REASON,
}
VEHICLES: Final[dict[str, Any]] = LICENCES | {"unit_code": "000.00.13.H38"}
LICENCE: Final[dict[str, Any]] = {"code": "GIADINH-0001", "reason": REASON}
"""Examples that the document shows."""
