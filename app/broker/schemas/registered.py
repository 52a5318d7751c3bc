"""JSON of services: in to be registered or revised, out to be read."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app import codes
from app.broker.domain.errors import OperationRefusedError
from app.broker.domain.lifecycle import CODE, CONTEXT, VERSION
from app.broker.domain.operations import Operation
from app.broker.domain.service import (
    Contact,
    PersonalData,
    Protocol,
    RouteOrder,
    Service,
    ServiceState,
    Upstream,
)
from app.broker.schemas.parts import ContactIn, CredentialName, OperationIn, UpstreamIn
from app.fields import AgencyCode, Day, Line, Moment, Text
from app.platform.wire import ApiModel

Code = Annotated[str, StringConstraints(pattern=CODE, max_length=64)]
Version = Annotated[str, StringConstraints(pattern=VERSION, max_length=16)]
Context = Annotated[str, StringConstraints(pattern=CONTEXT, max_length=64)]

BODY: Final[dict[str, Any]] = {
    "owner_code": "H38.12",
    "title": "Tra cứu giá đất",
    "description": "Giá đất theo số tờ, số thửa.",
    "protocol": "rest",
    "upstreams": [
        {
            "url": "https://datdai.example.vn/api",
            "weight": 1,
            "order": 0,
            "via": "lgsp",
            "credential": "land-lgsp",
        },
    ],
    "operations": [
        {"method": "GET", "pattern": "/thuaDat/{id}", "name": "Thông tin thửa đất"},
        {"method": "POST", "pattern": "/thuaDat/timKiem", "name": "Tìm thửa đất"},
    ],
    "contact": {"unit": "Văn phòng đăng ký đất đai", "email": "dkdd@example.vn"},
    "route": "lgsp",
    "personal_data": "basic",
}
EXAMPLE: Final[dict[str, Any]] = {
    "code": "land-prices",
    "version": "1.0",
    "context": "apiGiaDat",
    "tenant_code": "H38",
    **BODY,
}


class RevisionIn(ApiModel):
    """Những gì thay đổi được của một phiên bản. / What of a version may change."""

    owner_code: AgencyCode = Field(description="Cơ quan cung cấp. / Who provides it.")
    title: Line = Field(max_length=300, description="Tên dịch vụ. / Its name.")
    description: Text | None = Field(None, max_length=5000)
    protocol: Protocol = Field(description="Giao thức của dịch vụ. / What it speaks.")
    upstreams: tuple[UpstreamIn, ...] = Field(min_length=1, max_length=20)
    operations: tuple[OperationIn, ...] = Field(
        (),
        max_length=500,
        description="Có thể bỏ trống khi sẽ nộp bản mô tả. / Empty where a document will say them.",
    )
    contact: ContactIn
    route: RouteOrder = Field(
        RouteOrder.LGSP_NGSP,
        description="Thứ tự kết nối (TT 13/2017/TT-BTTTT, đ.17): chỉ gọi địa chỉ của tuyến nêu ở "
        "đây, hết địa chỉ gọi được của tuyến trước mới sang tuyến sau. / Order of connection: only "
        "addresses of these routes are called, a later route's when none of the former's answers.",
    )
    personal_data: PersonalData = Field(
        description="Loại dữ liệu cá nhân. / Which personal data passes."
    )
    shared_with: tuple[AgencyCode, ...] = Field(
        (),
        max_length=100,
        description="Thành viên khác cũng được dùng. / Other members that may be granted it.",
    )
    subsystem: str = Field(
        "", max_length=64, pattern=r"^[A-Za-z0-9'()+,.=?-]*$", description="X-Road subsystem."
    )
    timeout_seconds: float = Field(30, gt=0, le=600, description="Chờ tối đa. / Time-out.")
    max_body_bytes: int = Field(
        64 * 2**20, ge=1024, le=2 * 2**30, description="Nội dung lớn nhất. / Largest body."
    )
    credential: CredentialName | None = Field(
        None,
        description="Tên bí mật dùng để gọi các địa chỉ không nêu bí mật riêng. / Name of the "
        "secret to call those addresses with that name none of their own.",
    )


class ServiceIn(RevisionIn):
    """Một phiên bản mới. / A new version."""

    code: Code = Field(description="Mã dịch vụ. / Its code.")
    version: Version = Field(description="Phiên bản. / Its version, e.g. 1.0 or p1.0.")
    context: Context = Field(
        description="Đoạn đầu của đường dẫn gọi dịch vụ. / First segment of its paths here."
    )
    tenant_code: AgencyCode = Field(
        description="Thành viên đứng tên đăng ký, cấp quyền. / In whose name it is registered."
    )

    def service(self) -> Service:
        """Return what is to be registered.

        Raises:
            OperationRefusedError: if an operation is none.
        """
        return service_of(
            self, (self.code, self.version), self.context, codes.AgencyCode(self.tenant_code)
        )


def service_of(
    said: RevisionIn, key: tuple[str, str], context: str, tenant: codes.AgencyCode
) -> Service:
    """Return what is said of a version.

    Raises:
        OperationRefusedError: if an operation is none.
    """
    return Service(
        code=key[0],
        version=key[1],
        context=context,
        owner=codes.AgencyCode(said.owner_code),
        tenant=tenant,
        protocol=said.protocol,
        title=said.title,
        upstreams=tuple(
            Upstream(one.url, one.weight, one.order, one.via, one.credential)
            for one in said.upstreams
        ),
        operations=tuple(map(_operation, range(len(said.operations)), said.operations)),
        contact=Contact(said.contact.unit, said.contact.email, said.contact.phone),
        route=said.route,
        personal_data=said.personal_data,
        shared_with=tuple(map(codes.AgencyCode, said.shared_with)),
        description=said.description or "",
        subsystem=said.subsystem,
        timeout_seconds=said.timeout_seconds,
        max_body_bytes=said.max_body_bytes,
        credential=said.credential,
    )


def _operation(place: int, said: OperationIn) -> Operation:
    try:
        return Operation.of(said.method, said.pattern, said.name)
    except ValueError as error:
        pointer = f"/operations/{place}"
        raise OperationRefusedError(pointer, "sai phương thức hoặc khuôn", str(error)) from None


class RetiresIn(ApiModel):
    """Ngày ngừng phục vụ. / From when on it is no longer served."""

    retires_on: Day = Field(description="Ngày ngừng. / That day it is refused.")


class OperationOut(BaseModel):
    """Một thao tác. / One operation; grants name its id."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(examples=["GET /thuaDat/{id}"])
    method: str
    pattern: str
    name: str

    @classmethod
    def of(cls, operation: Operation) -> Self:
        """Show an operation."""
        return cls(
            id=operation.id,
            method=operation.method,
            pattern=operation.pattern.text,
            name=operation.name,
        )


class ServiceOut(BaseModel):
    """Một phiên bản của dịch vụ. / A version of a service.

    `upstreams` and `credential` are shown to its own people only.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    version: str
    context: str = Field(description="Đoạn đầu của đường dẫn. / First segment of its paths.")
    title: str
    description: str
    owner_code: str
    tenant_code: str
    shared_with: list[str]
    protocol: Protocol
    protocol_label: str
    route: RouteOrder
    route_label: str
    personal_data: PersonalData
    personal_data_label: str
    state: ServiceState
    state_label: str
    is_default: bool = Field(description="Gọi không nêu phiên bản thì dùng. / For calls without.")
    operations: list[OperationOut]
    contact: ContactIn
    subsystem: str
    timeout_seconds: float
    max_body_bytes: int
    upstreams: list[UpstreamIn] | None
    credential: str | None
    blocked_at: Moment | None = Field(
        description="Đang tạm khoá từ lúc này. / Nobody may call it, since then."
    )
    block_reason: str | None = Field(description="Lý do khoá. / Why; callers read it.")
    created_at: Moment | None
    published_at: Moment | None
    deprecated_on: date | None
    retires_on: date | None = Field(description="Ngày ngừng phục vụ. / No longer served from.")
    description_digest: str | None = Field(description="SHA-256 của bản mô tả. / Of its document.")

    @classmethod
    def of(cls, service: Service, day: date, *, is_own: bool) -> Self:
        """Show a version as it is on a day, with everything to its own people."""
        state = service.state_on(day)
        upstreams = [UpstreamIn(**asdict(one)) for one in service.upstreams]
        contact, block = service.contact, service.block
        return cls(
            code=service.code,
            version=service.version,
            context=service.context,
            title=service.title,
            description=service.description,
            owner_code=service.owner,
            tenant_code=service.tenant,
            shared_with=[str(one) for one in service.shared_with],
            protocol=service.protocol,
            protocol_label=service.protocol.label,
            route=service.route,
            route_label=service.route.label,
            personal_data=service.personal_data,
            personal_data_label=service.personal_data.label,
            state=state,
            state_label=state.label,
            is_default=service.is_default,
            operations=[OperationOut.of(one) for one in service.operations],
            contact=ContactIn(unit=contact.unit, email=contact.email, phone=contact.phone),
            subsystem=service.subsystem,
            timeout_seconds=service.timeout_seconds,
            max_body_bytes=service.max_body_bytes,
            upstreams=upstreams if is_own else None,
            credential=service.credential if is_own else None,
            blocked_at=None if block is None else block.at,
            block_reason=None if block is None else block.reason,
            created_at=service.created_at,
            published_at=service.published_at,
            deprecated_on=service.deprecated_on,
            retires_on=service.retired_on,
            description_digest=service.description_digest,
        )


class VersionsOut(BaseModel):
    """Các phiên bản của một dịch vụ. / The versions of a service."""

    model_config = ConfigDict(frozen=True)

    code: str
    versions: list[ServiceOut]
