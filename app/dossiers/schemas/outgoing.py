"""JSON of dossiers as the gateway answers it."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field
from typing_extensions import override

from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.dossier import Dossier, NationalState, Step
from app.dossiers.domain.filing import (
    Applicant,
    ApplicantKind,
    Channel,
    IdentityType,
    ResultDelivery,
)
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.quality import Finding, findings_of
from app.dossiers.domain.statuses import Status
from app.dossiers.schemas.due import DecisionOut, decisions_of
from app.dossiers.schemas.handling import HandlingOut
from app.dossiers.schemas.intake import IntakeOut
from app.dossiers.schemas.pieces import AttachmentOut, FeeOut, Out
from app.dossiers.schemas.quality import FindingOut
from app.fields import Moment


class NationalOut(Out):
    """Hồ sơ trên Cổng Dịch vụ công quốc gia. / How it stands with the national portal."""

    state: NationalState = Field(
        description="waiting: chờ gửi, delivered: đã nhận, deferred: sẽ gửi lại, refused: bị từ "
        "chối, not_connected: chưa kết nối, by_others: hệ thống khác gửi. / Only `delivered` "
        "covers every act so far; what is by_others is told by another system."
    )
    reason: str | None = Field(description="Lý do chưa gửi được. / Why it is held up.")
    delivered_at: Moment | None = Field(description="Lần gần nhất gửi được. / Last delivery.")

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Show how a dossier stands with the nation."""
        found = dossier.national
        return cls(state=found.state, reason=found.reason, delivered_at=found.delivered_at)


class ApplicantOut(Out):
    """Chủ hồ sơ. / The owner."""

    kind: ApplicantKind
    full_name: str
    identity_type: IdentityType | None
    identity_number: str | None
    phone: str | None
    email: str | None
    address: str | None

    @classmethod
    def of(cls, applicant: Applicant) -> Self:
        """Show an owner."""
        identity = applicant.identity
        return cls(
            kind=applicant.kind,
            full_name=applicant.full_name,
            identity_type=identity.kind if identity else None,
            identity_number=identity.number if identity else None,
            phone=applicant.phone,
            email=applicant.email,
            address=applicant.address,
        )


class DossierLineOut(Out):
    """Một hồ sơ trong danh sách, không có dữ liệu cá nhân. / A dossier in a list."""

    code: str = Field(description="Mã hồ sơ. / Dossier code.")
    status: Status = Field(description="Trạng thái hồ sơ. / Status.")
    status_label: str = Field(description="Tên trạng thái. / Its Vietnamese name.")
    procedure_code: str = Field(description="Mã thủ tục hành chính. / Procedure.")
    procedure_name: str
    agency_code: str = Field(description="Mã định danh theo QĐ 20/2020. / Agency, root first.")
    agency_name: str
    channel: Channel = Field(description="Kênh thực hiện. / How it came in.")
    submitted_at: Moment | None = Field(description="Ngày nộp. / When it was submitted.")
    received_at: Moment = Field(description="Ngày tiếp nhận. / When the agency received it.")
    due_at: Moment | None = Field(description="Ngày hẹn trả. / When the result is due.")
    changed_at: Moment = Field(description="Lần thay đổi gần nhất. / Last change here.")
    has_refused_part: bool = Field(
        description="Có phần liên thông bị từ chối hoặc dừng. / Another agency refused its part."
    )
    national: NationalOut

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Show a dossier briefly."""
        filing = dossier.filing
        return cls(
            code=dossier.code,
            status=dossier.status,
            status_label=dossier.status.label,
            procedure_code=filing.procedure.code,
            procedure_name=filing.procedure.name,
            agency_code=filing.agency.code,
            agency_name=filing.agency.name,
            channel=filing.channel,
            submitted_at=filing.times.submitted_at,
            received_at=filing.times.received_at,
            due_at=dossier.due_at,
            changed_at=dossier.changed_at,
            has_refused_part=dossier.handling.has_refused_part,
            national=NationalOut.of(dossier),
        )


class DossierOut(DossierLineOut):
    """Hồ sơ một cửa. / A one-stop dossier, whole."""

    tracking_code: str = Field(
        description="Mã tra cứu, trao cho người nộp. / The owner's key to the public status."
    )
    sector_code: str = Field(description="Mã lĩnh vực. / Sector.")
    sector_name: str
    applicant: ApplicantOut
    summary: str = Field(description="Trích yếu hồ sơ. / Summary.")
    result_delivery: ResultDelivery = Field(description="Hình thức trả. / How it is returned.")
    attachments: list[AttachmentOut]
    fees: list[FeeOut]
    intake: IntakeOut
    due_history: list[DecisionOut] = Field(
        description="Ngày hẹn trả từ đâu mà có, lần cuối đang có hiệu lực. / How the due date came "
        "about; the last one is in force."
    )
    handling: HandlingOut
    finished_at: Moment | None = Field(description="Ngày xử lý xong. / When it was finished.")
    returned_at: Moment | None = Field(description="Ngày trả kết quả. / When it was returned.")
    rejected_at: Moment | None = Field(description="Ngày từ chối. / When it was rejected.")
    created_at: Moment = Field(description="Khi hệ thống nhận. / When the gateway took it in.")
    findings: list[FindingOut] = Field(
        description="Cổng quốc gia sẽ từ chối hoặc đếm sai điều gì. / What the national portal "
        "would refuse or miscount."
    )

    @classmethod
    @override
    def of(cls, dossier: Dossier, further: Sequence[Finding] = ()) -> Self:
        """Show a dossier to its own agency, with findings that it does not say itself."""
        filing, ends = dossier.filing, dossier.ends
        return cls(
            **vars(DossierLineOut.of(dossier)),
            tracking_code=dossier.tracking_code,
            sector_code=filing.procedure.sector_code,
            sector_name=filing.procedure.sector_name,
            applicant=ApplicantOut.of(filing.applicant),
            summary=filing.summary,
            result_delivery=filing.result_delivery,
            attachments=[AttachmentOut.of(paper) for paper in filing.attachments],
            fees=[FeeOut.of(fee) for fee in filing.fees],
            intake=IntakeOut.of(filing.came_in),
            due_history=decisions_of(dossier.promise),
            handling=HandlingOut.of(dossier.handling),
            finished_at=ends.finished_at,
            returned_at=ends.returned_at,
            rejected_at=ends.rejected_at,
            created_at=dossier.created_at,
            findings=[FindingOut.of(one) for one in (*findings_of(dossier), *further)],
        )


class ProgressOut(Out):
    """Một bước xử lý. / A step of the work."""

    number: int = Field(description="Số thứ tự tăng dần. / Growing number.")
    act: ActName = Field(description="Việc đã làm. / What was done.")
    status: Status
    status_label: str
    happened_at: Moment
    actor: ActorKind | None = Field(
        description="Vai của người thực hiện. / In which part they acted; null: not said."
    )
    staff_name: str
    staff_title: str | None
    department: str | None
    content: str
    started_at: Moment | None
    due_at: Moment | None

    @classmethod
    def of(cls, number: int, step: Step) -> Self:
        """Show a step."""
        return cls(
            number=number,
            act=step.act,
            status=step.status,
            status_label=step.status.label,
            happened_at=step.happened_at,
            actor=step.actor,
            staff_name=step.staff_name,
            staff_title=step.staff_title,
            department=step.department,
            content=step.content,
            started_at=step.started_at,
            due_at=step.due_at,
        )


class ActOut(ProgressOut):
    """Một việc đã làm và hồ sơ sau việc đó. / An act, and where the dossier stands since."""

    dossier_due_at: Moment | None = Field(
        description="Ngày hẹn trả của hồ sơ. / When the result is due."
    )
    handling: HandlingOut

    @classmethod
    def done(cls, number: int, step: Step, dossier: Dossier) -> Self:
        """Show an act."""
        return cls(
            **vars(ProgressOut.of(number, step)),
            dossier_due_at=dossier.due_at,
            handling=HandlingOut.of(dossier.handling),
        )
