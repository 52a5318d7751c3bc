"""JSON of the public status: no field of it names a person."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.statuses import Status
from app.fields import Moment


class StageOut(BaseModel):
    """Một mốc của hồ sơ. / A stage the dossier has reached."""

    model_config = ConfigDict(frozen=True)

    status: Status
    status_label: str
    at: Moment = Field(description="Thời điểm. / When.")


class PublicStatusOut(BaseModel):
    """Trạng thái hồ sơ cho người nộp. / Where a dossier stands, for its owner."""

    model_config = ConfigDict(frozen=True)

    code: str = Field(description="Mã hồ sơ. / Dossier code.")
    procedure_name: str = Field(description="Thủ tục. / Procedure.")
    agency_name: str = Field(description="Cơ quan giải quyết. / Agency.")
    status: Status = Field(description="Trạng thái. / Status.")
    status_label: str = Field(description="Tên trạng thái. / Its Vietnamese name.")
    submitted_at: Moment | None = Field(description="Ngày nộp. / When it was submitted.")
    received_at: Moment = Field(description="Ngày tiếp nhận. / When it was received.")
    due_at: Moment | None = Field(description="Ngày hẹn trả. / When the result is due.")
    finished_at: Moment | None = Field(description="Ngày xử lý xong. / When it was finished.")
    timeline: list[StageOut] = Field(description="Các mốc, cũ trước. / Stages, oldest first.")

    @classmethod
    def of(cls, dossier: Dossier, steps: Sequence[Step]) -> Self:
        """Show what is public of a dossier."""
        return cls(
            code=dossier.code,
            procedure_name=dossier.filing.procedure.name,
            agency_name=dossier.filing.agency.name,
            status=dossier.status,
            status_label=dossier.status.label,
            submitted_at=dossier.filing.times.submitted_at,
            received_at=dossier.filing.times.received_at,
            due_at=dossier.due_at,
            finished_at=dossier.ends.finished_at,
            timeline=[
                StageOut(status=step.status, status_label=step.status.label, at=step.happened_at)
                for step in steps
            ],
        )
