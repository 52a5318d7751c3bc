"""JSON of dossiers as clients send it; each field names its Vietnamese term."""

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from app import codes
from app.dossiers.domain.dossier import Step
from app.dossiers.domain.errors import NamedTwiceError
from app.dossiers.domain.filing import (
    Agency,
    Applicant,
    ApplicantKind,
    Channel,
    Fee,
    FeeKind,
    FiledProcedure,
    Filing,
    Identity,
    IdentityType,
    ResultDelivery,
    Times,
)
from app.dossiers.domain.statuses import Status
from app.dossiers.schemas.actors import ActorIn
from app.dossiers.schemas.intake import IntakeIn
from app.dossiers.schemas.papers import AttachmentIn
from app.fields import AgencyCode, DossierCode, Line, Moment, ProcedureCode, Text
from app.platform.wire import ApiModel

Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 .()-]{5,28}[0-9]$")]
Email = Annotated[
    str, StringConstraints(pattern=r"^[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+\.[^\s@\x00-\x1f]+$")
]

EXAMPLE: Final[dict[str, Any]] = {
    "code": "H38.12-261102-0007",
    "procedure_code": "1.003560.H38",
    "procedure_name": "Cấp giấy xác nhận mẫu (thủ tục giả định để chạy thử)",
    "sector_code": "G03-GD10",
    "sector_name": "Lĩnh vực mẫu",
    "agency_code": "000.00.12.H38",
    "channel": "online",
    "applicant": {
        "kind": "citizen",
        "full_name": "Nguyễn Thị Giả Định",
        "identity_type": "citizen_id",
        "identity_number": "000000000001",
        "phone": "0000000001",
        "email": "gia.dinh@example.vn",
        "address": "Thôn Ví Dụ, xã Ví Dụ, tỉnh Lào Cai",
    },
    "summary": "Hồ sơ mẫu để chạy thử toàn tuyến",
    "submitted_at": "2026-11-02T08:15:00+07:00",
    "received_at": "2026-11-02T08:40:00+07:00",
    "due_at": "2026-11-09T17:00:00+07:00",
    "result_delivery": "postal",
    "attachments": [
        {
            "component_code": "TP01",
            "name": "don-de-nghi.pdf",
            "url": "https://onestop.example.vn/files/0007/don-de-nghi.pdf",
            "digitised": True,
        }
    ],
    "fees": [{"code": "LP01", "name": "Lệ phí mẫu", "amount_vnd": 20000, "kind": "fee"}],
}

STEP_EXAMPLE: Final = {
    "status": "accepted",
    "happened_at": "2026-11-02T08:45:00+07:00",
    "staff_name": "Trần Văn Ví Dụ",
    "staff_title": "Chuyên viên",
    "department": "Bộ phận một cửa",
    "content": "Hồ sơ đầy đủ, đã tiếp nhận",
}


class ApplicantIn(ApiModel):
    """Chủ hồ sơ. / The owner of the dossier."""

    kind: ApplicantKind = Field(description="Loại đối tượng. / Who the owner is.")
    full_name: Line = Field(max_length=300, description="Họ tên hoặc tên tổ chức. / Name.")
    identity_type: IdentityType = Field(description="Loại giấy tờ. / Kind of identity number.")
    identity_number: Line = Field(max_length=50, description="Số giấy tờ. / Identity number.")
    phone: Phone | None = Field(None, description="Số điện thoại. / Telephone.")
    email: Email | None = Field(None, max_length=254, description="Thư điện tử. / E-mail.")
    address: Line | None = Field(None, max_length=500, description="Địa chỉ. / Address.")

    def applicant(self) -> Applicant:
        """Return the owner.

        Raises:
            InvalidIdentityError: if the number does not have the form of its kind.
        """
        identity = Identity(self.identity_type, self.identity_number)
        return Applicant(self.kind, self.full_name, identity, self.phone, self.email, self.address)


class FeeIn(ApiModel):
    """Phí, lệ phí. / A fee."""

    code: Line = Field(max_length=50, description="Mã phí, lệ phí. / Code.")
    name: Line = Field(max_length=500, description="Tên phí, lệ phí. / Name.")
    amount_vnd: int = Field(ge=0, le=10**12, description="Số tiền, đồng. / Amount in whole đồng.")
    kind: FeeKind = Field(
        FeeKind.FEE, description="fee: lệ phí, charge: phí. / A fixed due, or paid for a service."
    )


class DossierIn(ApiModel):
    """Hồ sơ một cửa gửi lên. / A one-stop dossier as submitted."""

    code: DossierCode | None = Field(
        None, description="Mã hồ sơ; vắng thì hệ thống sinh. / Its code; made here when absent."
    )
    procedure_code: ProcedureCode = Field(description="Mã thủ tục hành chính. / Procedure.")
    procedure_name: Line | None = Field(
        None, max_length=1000, description="Tên thủ tục. / Its name; the catalogue's when absent."
    )
    sector_code: Line | None = Field(None, max_length=50, description="Mã lĩnh vực. / Sector.")
    sector_name: Line | None = Field(None, max_length=500, description="Tên lĩnh vực. / Its name.")
    agency_code: AgencyCode = Field(
        description="Mã định danh đơn vị xử lý, một trong hai cách viết. / Agency, either spelling."
    )
    channel: Channel = Field(description="Kênh thực hiện. / How it came in.")
    applicant: ApplicantIn
    summary: Text = Field(max_length=1000, description="Trích yếu hồ sơ. / Summary.")
    submitted_at: Moment | None = Field(None, description="Ngày nộp. / When it was submitted.")
    received_at: Moment = Field(description="Ngày tiếp nhận. / When the agency received it.")
    due_at: Moment | None = Field(None, description="Ngày hẹn trả. / When the result is due.")
    result_delivery: ResultDelivery = Field(
        ResultDelivery.DIRECT, description="Hình thức trả kết quả. / How the result is returned."
    )
    attachments: tuple[AttachmentIn, ...] = Field(
        (), max_length=200, description="Tài liệu nộp. / Papers handed in."
    )
    fees: tuple[FeeIn, ...] = Field((), max_length=100, description="Phí, lệ phí. / Fees.")
    intake: IntakeIn | None = Field(
        None, description="Cách hồ sơ đến; vắng thì theo kênh. / How it came in."
    )

    def filing(self) -> Filing:
        """Return what was filed; names that were left out are empty.

        Raises:
            InvalidIdentityError: if the identity number does not have the form of its kind.
            DueTooEarlyError: if it is due before it was received.
            IntakeMismatchError: if it did not come in through a door of its channel.
        """
        return Filing(
            procedure=FiledProcedure(
                codes.ProcedureCode(self.procedure_code),
                self.procedure_name or "",
                self.sector_code or "",
                self.sector_name or "",
            ),
            agency=Agency(self.agency_code, ""),
            channel=self.channel,
            applicant=self.applicant.applicant(),
            summary=self.summary,
            times=Times(self.received_at, self.submitted_at, self.due_at),
            result_delivery=self.result_delivery,
            attachments=tuple(one.paper() for one in self.attachments),
            fees=tuple(Fee(fee.code, fee.name, fee.amount_vnd, fee.kind) for fee in self.fees),
            intake=None if self.intake is None else self.intake.intake(),
        )


class ProgressIn(ApiModel):
    """Một bước xử lý. / A step of the work."""

    status: Status = Field(description="Trạng thái mới. / The new status.")
    actor: ActorIn | None = Field(
        None, description="Người thực hiện; vắng: không rõ. / Who acts; absent: not said."
    )
    happened_at: Moment | None = Field(None, description="Thời điểm xử lý. / When; absent: now.")
    staff_name: Line | None = Field(
        None, max_length=50, description="Người xử lý. / Who; absent: the agency."
    )
    staff_title: Line | None = Field(None, max_length=200, description="Chức danh. / Position.")
    department: Line | None = Field(None, max_length=300, description="Phòng ban. / Department.")
    content: Text | None = Field(
        None, max_length=2000, description="Nội dung xử lý. / What was done; absent: the status."
    )
    started_at: Moment | None = Field(None, description="Ngày bắt đầu. / Start of the step.")
    due_at: Moment | None = Field(
        None, description="Ngày kết thúc theo quy định. / When the step is due."
    )

    def step(self, now: datetime) -> Step:
        """Return the step; who acted and what was done may stay empty.

        Raises:
            NamedTwiceError: if whoever acts is named in `actor` and beside it.
        """
        said = (self.staff_name, self.staff_title, self.department)
        actor = None if self.actor is None else self.actor.actor()
        if actor is not None and any(said):
            raise NamedTwiceError
        name, title, department = (
            said if actor is None else (actor.name, actor.title, actor.department)
        )
        return Step(
            status=self.status,
            happened_at=self.happened_at or now,
            staff_name=name or "",
            content=self.content or "",
            staff_title=title,
            department=department,
            started_at=self.started_at,
            due_at=self.due_at,
            actor=None if actor is None else actor.kind,
        )
