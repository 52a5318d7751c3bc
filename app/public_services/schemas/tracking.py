"""JSON of where a dossier stands: no field of it names a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.dossier import Step
from app.dossiers.domain.statuses import Status
from app.fields import Moment
from app.public_services.domain.standing import Holder, apology_of, said_of, standing_of
from app.public_services.store.tracking import Looked


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class StageOut(_Seen):
    """Một mốc của hồ sơ. / A stage the dossier has reached."""

    status: Status
    status_label: str
    at: Moment = Field(description="Thời điểm. / When.")
    text: str = Field(description="Đã diễn ra việc gì. / What happened, in plain words.")

    @classmethod
    def of(cls, step: Step) -> Self:
        """Show a step."""
        return cls(
            status=step.status,
            status_label=step.status.label,
            at=step.happened_at,
            text=said_of(step),
        )


class StandingOut(_Seen):
    """Đang ở đâu. / What happens now, what comes next, and who has it."""

    now: str = Field(description="Hiện nay. / What happens now.")
    next_step: str = Field(description="Bước tiếp theo. / What comes next.")
    held_by: Holder = Field(description="Ai đang giữ. / Who has to do something.")
    holder_name: str = Field(description="Tên cơ quan, nếu là cơ quan. / Name; no person's.")
    is_late: bool = Field(description="Đã quá ngày hẹn. / Past its due date.")


class ApologyOut(_Seen):
    """Xin lỗi và hẹn lại. / The apology and the new date."""

    at: Moment
    due_before: Moment
    due_after: Moment
    text: str


class PublicStatusOut(_Seen):
    """Trạng thái hồ sơ cho người nộp. / Where a dossier stands, for its owner."""

    code: str = Field(description="Mã hồ sơ. / Dossier code.")
    procedure_name: str = Field(description="Thủ tục, theo danh mục. / As the catalogue names it.")
    agency_name: str = Field(description="Cơ quan giải quyết. / Agency.")
    status: Status = Field(description="Trạng thái. / Status.")
    status_label: str = Field(description="Tên trạng thái. / Its Vietnamese name.")
    submitted_at: Moment | None = Field(description="Ngày nộp. / When it was submitted.")
    received_at: Moment = Field(description="Ngày tiếp nhận. / When it was received.")
    due_at: Moment | None = Field(description="Ngày hẹn trả. / When the result is due.")
    finished_at: Moment | None = Field(description="Ngày xử lý xong. / When it was finished.")
    standing: StandingOut
    apology: ApologyOut | None = Field(description="Nếu đã xin lỗi và hẹn lại. / If there is one.")
    url: str = Field(description="Trang tra cứu, in được thành mã QR. / The page for people.")
    timeline: list[StageOut] = Field(description="Các mốc, cũ trước. / Stages, oldest first.")

    @classmethod
    def of(cls, looked: Looked, *, now: datetime, url: str) -> Self:
        """Show what is public of a dossier."""
        dossier, extension = looked.dossier, looked.dossier.handling.extension
        return cls(
            code=dossier.code,
            procedure_name=looked.procedure_name,
            agency_name=dossier.filing.agency.name,
            status=dossier.status,
            status_label=dossier.status.label,
            submitted_at=dossier.filing.times.submitted_at,
            received_at=dossier.filing.times.received_at,
            due_at=dossier.due_at,
            finished_at=dossier.ends.finished_at,
            standing=StandingOut.model_validate(standing_of(dossier, now)),
            apology=None
            if extension is None
            else ApologyOut(
                at=extension.happened_at,
                due_before=extension.due_before,
                due_after=extension.due_after,
                text=apology_of(extension),
            ),
            url=url,
            timeline=_stages(looked.steps),
        )


def _stages(steps: Sequence[Step]) -> list[StageOut]:
    return [StageOut.of(step) for step in steps]
