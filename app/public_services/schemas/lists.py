"""JSON of the public lists of dossiers: codes, names of the catalogue, and times."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.statuses import Status
from app.fields import Moment
from app.public_services.store.tracking import Listed, Tally


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class ListedOut(_Seen):
    """Một hồ sơ trong danh sách công khai. / A dossier in a public list."""

    code: str = Field(description="Mã hồ sơ. / Dossier code.")
    procedure_code: str
    procedure_name: str = Field(description="Theo danh mục. / As the catalogue names it.")
    agency_code: str
    agency_name: str
    status: Status
    status_label: str
    received_at: Moment
    due_at: Moment | None
    finished_at: Moment | None
    days_late: int = Field(description="Số ngày tròn đã quá hẹn. / Whole days past its due date.")

    @classmethod
    def of(cls, one: Listed, now: datetime) -> Self:
        """Show a dossier; one that was finished is as late as it was then."""
        ended = one.finished_at or now
        late = max(0, (ended - one.due_at).days) if one.due_at else 0
        return cls(
            code=one.code,
            procedure_code=one.procedure_code,
            procedure_name=one.procedure_name,
            agency_code=one.agency_code,
            agency_name=one.agency_name,
            status=one.status,
            status_label=one.status.label,
            received_at=one.received_at,
            due_at=one.due_at,
            finished_at=one.finished_at,
            days_late=late,
        )


class TallyOut(_Seen):
    """Số hồ sơ của một cơ quan. / How many dossiers of an agency."""

    agency_code: str
    agency_name: str
    received: int = Field(description="Tiếp nhận trong ngày. / Received on the day.")
    finished: int = Field(description="Giải quyết xong trong ngày. / Finished on the day.")
    late: int = Field(description="Đang quá hạn, lúc này. / In hand and late, now.")


class DayOut(_Seen):
    """Một ngày của các cơ quan. / A day of the agencies."""

    on: date
    agencies: list[TallyOut] = Field(
        description="Cơ quan có hồ sơ; theo mã. / Those with any, by code."
    )

    @classmethod
    def of(cls, on: date, tallies: list[Tally]) -> Self:
        """Show a day."""
        return cls(on=on, agencies=[TallyOut.model_validate(one) for one in tallies])
