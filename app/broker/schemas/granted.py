"""JSON of grants, of requests for access, and of explained decisions."""

from datetime import datetime
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from app.broker.domain.deciding import Allowed, RefusalReason
from app.broker.domain.explaining import Explained, Question
from app.broker.domain.grants import EVERY_OPERATION, Grant, GrantState, Terms
from app.broker.domain.requests import AccessRequest, Changed, RequestState
from app.broker.schemas.registered import Code, Version
from app.fields import Line, Moment, Text
from app.platform.wire import ApiModel

_TERMS: Final[dict[str, Any]] = {
    "service": "land",
    "version": "1.0",
    "operations": ["GET /thuaDat/{id}"],
    "purpose": "Giải quyết thủ tục đăng ký biến động đất đai",
    "legal_basis": "Điều 133 Luật Đất đai 2024",
    "expires_at": "2027-12-31T23:59:59+07:00",
    "fields": ["so_to", "so_thua", "dien_tich"],
    "cache_seconds": 0,
}
REQUEST: Final = _TERMS
REASON: Final[dict[str, Any]] = {"reason": "Hệ thống đã ngừng sử dụng."}
REASONS: Final[dict[str, Any]] = {"reasons": "Mục đích khai thác chưa có căn cứ pháp lý."}
APPROVAL: Final[dict[str, Any]] = {"expires_at": "2027-06-30T23:59:59+07:00"}


def grant_example(client_id: str) -> dict[str, Any]:
    """Return the example of a grant for a client."""
    return {"client_id": client_id, **_TERMS}


class TermsIn(ApiModel):
    """Nội dung quyền sử dụng. / What is granted or asked for."""

    service: Code = Field(description="Mã dịch vụ. / Code of the service.")
    version: Version
    operations: tuple[Line, ...] = Field(
        (EVERY_OPERATION,),
        min_length=1,
        max_length=500,
        description="id các thao tác; mặc định mọi thao tác. / Ids of operations; all by default.",
    )
    purpose: Line = Field(max_length=500, description="Mục đích khai thác. / What for.")
    legal_basis: Line = Field(max_length=500, description="Căn cứ pháp lý. / Legal basis.")
    expires_at: Moment = Field(description="Hết hạn lúc. / Not good from then on.")
    fields: tuple[Line, ...] = Field(
        (),
        max_length=500,
        description="Trường được xem khi tra cứu; rỗng là tất cả. / For look-ups; empty is all.",
    )
    cache_seconds: int = Field(
        0, ge=0, le=30 * 86_400, description="Được lưu tạm bao lâu. / How long it may be kept."
    )

    @property
    def key(self) -> tuple[str, str]:
        """Which version is meant."""
        return self.service, self.version

    def terms(self) -> Terms:
        """Return the terms."""
        return Terms(
            operations=self.operations,
            purpose=self.purpose,
            legal_basis=self.legal_basis,
            expires_at=self.expires_at,
            fields=self.fields,
            cache_seconds=self.cache_seconds,
        )


class GrantIn(TermsIn):
    """Quyền sử dụng cấp cho một ứng dụng. / A grant for a client."""

    client_id: Line = Field(max_length=80, description="Mã ứng dụng. / Id of the client.")


class ReasonIn(ApiModel):
    """Lý do. / Why."""

    reason: Text = Field(max_length=2000)


class ReasonsIn(ApiModel):
    """Lý do từ chối, bằng văn bản. / The reasons of a refusal, in writing."""

    reasons: Text = Field(max_length=5000)


class ApprovalIn(ApiModel):
    """Cấp như đề nghị, hoặc thu hẹp. / Grant it as asked, or what is changed of it."""

    operations: tuple[Line, ...] | None = Field(None, min_length=1, max_length=500)
    fields: tuple[Line, ...] | None = Field(None, max_length=500)
    cache_seconds: int | None = Field(None, ge=0, le=30 * 86_400)
    expires_at: Moment | None = None

    def changed(self) -> Changed:
        """Return what is changed."""
        return Changed(self.operations, self.fields, self.cache_seconds, self.expires_at)


class NothingIn(ApiModel):
    """Không cần thêm gì. / Nothing more is to be said."""


class _TermsOut(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    client_id: str
    member_code: str
    service: str = Field(examples=["land"])
    version: str = Field(examples=["1.0"])
    operations: list[str]
    purpose: str
    legal_basis: str
    expires_at: Moment
    fields: list[str]
    cache_seconds: int


class GrantOut(_TermsOut):
    """Quyền sử dụng. / A grant."""

    state: GrantState
    state_label: str
    given_at: Moment
    suspended_at: Moment | None
    revoked_at: Moment | None
    reason: str | None = Field(description="Lý do tạm dừng, thu hồi. / Why it does not count.")
    request_id: str | None = Field(description="Cấp theo đề nghị nào. / The request behind it.")

    @classmethod
    def of(cls, grant: Grant, now: datetime) -> Self:
        """Show a grant as it is at a moment."""
        state = grant.state_at(now)
        return cls(
            **_said(grant.id, grant, grant.terms),
            state=state,
            state_label=state.label,
            given_at=grant.given_at,
            suspended_at=grant.suspended_at,
            revoked_at=grant.revoked_at,
            reason=grant.reason,
            request_id=grant.request,
        )


class AccessRequestOut(_TermsOut):
    """Đề nghị khai thác. / A request for access."""

    state: RequestState
    state_label: str
    asked_at: Moment
    due_at: Moment = Field(description="Hạn 2 ngày làm việc. / Within two working days.")
    is_late: bool = Field(description="Quá hạn, hoặc quyết định muộn. / Late, or decided late.")
    decided_at: Moment | None
    decided_by: str | None
    reasons: str | None = Field(description="Lý do từ chối. / Why it was refused.")
    grant_id: str | None

    @classmethod
    def of(cls, request: AccessRequest, now: datetime) -> Self:
        """Show a request as it is at a moment."""
        return cls(
            **_said(request.id, request, request.terms),
            state=request.state,
            state_label=request.state.label,
            asked_at=request.asked_at,
            due_at=request.due_at,
            is_late=request.is_late(now),
            decided_at=request.decided_at,
            decided_by=request.decided_by,
            reasons=request.reasons,
            grant_id=request.grant,
        )


def _said(name: str, of: Grant | AccessRequest, terms: Terms) -> dict[str, Any]:
    code, _, version = of.service.partition("/")
    return {
        "id": name,
        "client_id": of.client_id,
        "member_code": str(of.member),
        "service": code,
        "version": version,
        "operations": list(terms.operations),
        "purpose": terms.purpose,
        "legal_basis": terms.legal_basis,
        "expires_at": terms.expires_at,
        "fields": list(terms.fields),
        "cache_seconds": terms.cache_seconds,
    }


class QuestionIn(ApiModel):
    """Lời gọi cần giải thích. / A call to be explained."""

    client_id: Line = Field(max_length=80)
    version: Version | None = None
    method: Line = Field(max_length=20, examples=["GET"])
    path: str = Field(
        max_length=2000,
        pattern=r"^[ -~]*$",
        description="Phần sau context và phiên bản, như khi gửi. / Behind context and version.",
    )

    def question(self) -> Question:
        """Return what is asked."""
        return Question(self.client_id, self.version, self.method, self.path)


class ExplanationOut(BaseModel):
    """Quyết định, với lý do. / The decision, and why."""

    model_config = ConfigDict(frozen=True)

    is_allowed: bool
    reason: RefusalReason | None
    text: str
    text_en: str
    version: str | None
    operation: str | None = Field(description="Thao tác khớp đường dẫn. / What the path means.")
    grant_id: str | None = Field(description="Quyền đã xét. / The grant that counts.")
    is_client_revoked: bool = Field(
        description="Ứng dụng đã bị thu hồi. / No token of its is good."
    )

    @classmethod
    def of(cls, explained: Explained) -> Self:
        """Show an explained decision."""
        decision = explained.decision
        reason = None if isinstance(decision, Allowed) else decision.reason
        text, text_en = _ALLOWED if reason is None else _REASONS[reason]
        return cls(
            is_allowed=reason is None,
            reason=reason,
            text=text,
            text_en=text_en,
            version=None if decision.service is None else decision.service.version,
            operation=None if decision.operation is None else decision.operation.id,
            grant_id=None if decision.grant is None else decision.grant.id,
            is_client_revoked=explained.client.revoked_at is not None,
        )


_ALLOWED: Final = ("Được phép theo quyền đã cấp.", "Allowed by the grant.")
_REASONS: Final[dict[RefusalReason, tuple[str, str]]] = {
    RefusalReason.UNSAFE_PATH: (
        "Đường dẫn có thể được hiểu theo nhiều cách.",
        "The path could be read in more than one way.",
    ),
    RefusalReason.UNKNOWN_SERVICE: (
        "Không có phiên bản này, hoặc dịch vụ không mở cho đơn vị của ứng dụng.",
        "There is no such version, or the service is not open to the client's member.",
    ),
    RefusalReason.NOT_PUBLISHED: (
        "Phiên bản chưa công bố hoặc đã ngừng.",
        "The version is not published yet, or retired.",
    ),
    RefusalReason.NO_OPERATION: (
        "Không có thao tác nào khớp phương thức và đường dẫn.",
        "No operation has this method and path.",
    ),
    RefusalReason.NOT_GRANTED: (
        "Ứng dụng chưa được cấp thao tác này.",
        "The client was not granted this operation.",
    ),
    RefusalReason.EXPIRED: ("Quyền đã hết hạn.", "The grant has expired."),
    RefusalReason.SUSPENDED: ("Quyền đang tạm dừng.", "The grant is suspended."),
    RefusalReason.REVOKED: ("Quyền đã bị thu hồi.", "The grant was revoked."),
    RefusalReason.BLOCKED: ("Dịch vụ đang tạm khoá.", "The service is blocked."),
}
