"""JSON of services and of the decisions on them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from app.catalogue.schemas import ProcedureOut
from app.fields import DAY_AS_WRITTEN, AgencyCode, Line, Moment, ProcedureCode
from app.platform.wire import ApiModel
from app.public_services.domain.offers import (
    Decision,
    Kind,
    Level,
    NationalData,
    Offer,
    Paper,
    Post,
    Service,
    Wish,
)
from app.public_services.store.offers import Offered, Shown

Price = Annotated[
    int | None, Field(ge=0, le=10**9, description="Giá cước công bố, đồng. / Published, in đồng.")
]
Day = Annotated[
    date,
    Field(ge=date(1990, 1, 1), lt=date(2200, 1, 1), strict=False, examples=["2026-11-01"]),
    DAY_AS_WRITTEN,
]

EXAMPLE: Final[dict[str, Any]] = {
    "agency_code": "H38.12",
    "number": "1234/QĐ-UBND",
    "signed_on": "2026-10-20",
    "effective_from": "2026-11-01",
    "service": {
        "level": "province",
        "kind": "full",
        "on_national_portal": True,
        "post": {"receives": True, "returns": True, "returning_price_vnd": 30000},
        "online_payment": True,
        "national_data": ["population"],
        "is_priority": True,
    },
}


class PostIn(ApiModel):
    """Bưu chính công ích. / Public postal service."""

    receives: bool = Field(
        default=False, description="Nhận hồ sơ qua bưu chính. / Papers come by post."
    )
    returns: bool = Field(
        default=False, description="Trả kết quả qua bưu chính. / Results go by post."
    )
    receiving_price_vnd: Price = None
    returning_price_vnd: Price = None


class ServiceIn(ApiModel):
    """Toàn bộ trạng thái mà quyết định ấn định. / All that a decision says of a service."""

    level: Level = Field(description="Cấp thực hiện. / Level of administration.")
    kind: Kind = Field(
        description="Toàn trình, một phần, hay chỉ cung cấp thông tin. / How far it goes online."
    )
    old_level: int | None = Field(
        None, ge=1, le=4, description="Mức độ cũ, trước NĐ 42/2022. / Level of before."
    )
    is_open: bool = Field(default=True, description="Đang cung cấp, không tạm dừng. / Not stopped.")
    on_national_portal: bool = Field(
        default=False, description="Có trên Cổng Dịch vụ công quốc gia. / On the national portal."
    )
    post: PostIn = Field(default=PostIn(), description="Nhận, trả qua bưu chính. / By post.")
    online_payment: bool = Field(default=False, description="Thanh toán trực tuyến. / Paid online.")
    national_data: tuple[NationalData, ...] = Field(
        default=(), max_length=20, description="CSDL dùng để thay giấy tờ. / Data looked up."
    )
    is_priority: bool = Field(
        default=False,
        description="Thuộc danh mục dịch vụ công ưu tiên dùng dữ liệu quốc gia. / On the list.",
    )
    is_chosen: bool = Field(
        default=False, description="Được chọn đưa lên trực tuyến trước. / Chosen to go first."
    )

    def service(self) -> Service:
        """Return what is said."""
        said = self.model_dump() | {"post": Post(**self.post.model_dump())}
        return Service(**said)


class DecisionIn(ApiModel):
    """Một quyết định về một dịch vụ. / A decision on a service."""

    agency_code: AgencyCode = Field(
        description="Cơ quan; quyết định cũng có hiệu lực cho mọi đơn vị dưới nó chưa có quyết "
        "định riêng. / Agency, and all below it that have none of their own."
    )
    number: Line = Field(max_length=100, description="Số, ký hiệu quyết định. / Its number.")
    signed_on: Day = Field(description="Ngày ký. / Day of signing.")
    effective_from: Day = Field(
        description="Ngày hiệu lực, có thể đã qua hay chưa tới. / May be past or to come."
    )
    supersedes: int | None = Field(
        None,
        ge=1,
        lt=2**63,
        description="id của quyết định bị thay thế, nếu nó sẽ không còn hiệu lực. / id of a "
        "decision that shall not take effect any more.",
    )
    service: ServiceIn

    def paper(self) -> Paper:
        """Return the document that decides."""
        return Paper(self.number, self.signed_on, self.effective_from, self.supersedes)


class ImportedDecisionIn(DecisionIn):
    """Một quyết định trong tệp. / A decision in a file."""

    procedure_code: ProcedureCode


def wishes_of(given: Sequence[ImportedDecisionIn], digest: str) -> Sequence[Wish]:
    """Return what the decisions of a file wish for; `digest` is the file's.

    Raises:
        OldLevelMismatchError, PriceWithoutPostError: if one says what cannot be.
    """
    return [
        Wish(
            one.procedure_code,
            one.agency_code,
            one.paper(),
            one.service.service(),
            digest,
            at=f"/decisions/{place}",
        )
        for place, one in enumerate(given)
    ]


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True)


class NamedOut(_Seen):
    """Mã và tên. / A code with its name."""

    code: str
    name: str


class ServiceOut(_Seen):
    """Trạng thái của dịch vụ công. / The status of a service."""

    level: Level
    level_label: str
    kind: Kind
    kind_label: str
    old_level: int | None = Field(description="Mức độ cũ, nếu quyết định nêu. / Old level 1-4.")
    is_open: bool = Field(description="Đang cung cấp, không tạm dừng. / Open, not suspended.")
    on_national_portal: bool
    post: PostIn
    online_payment: bool
    national_data: list[NamedOut]
    is_priority: bool
    is_chosen: bool

    @classmethod
    def of(cls, service: Service) -> Self:
        """Show what is decided of a service."""
        return cls(
            level=service.level,
            level_label=service.level.label,
            kind=service.kind,
            kind_label=service.kind.label,
            old_level=service.old_level,
            is_open=service.is_open,
            on_national_portal=service.on_national_portal,
            post=PostIn(
                receives=service.post.receives,
                returns=service.post.returns,
                receiving_price_vnd=service.post.receiving_price_vnd,
                returning_price_vnd=service.post.returning_price_vnd,
            ),
            online_payment=service.online_payment,
            national_data=[NamedOut(code=one, name=one.label) for one in service.national_data],
            is_priority=service.is_priority,
            is_chosen=service.is_chosen,
        )


class DecisionOut(_Seen):
    """Một quyết định đã ghi. / A decision as recorded."""

    id: int = Field(description="Số thứ tự ghi. / Number in the order of recording.")
    procedure_code: str
    agency_code: str
    number: str = Field(description="Số, ký hiệu. / Number of the decision.")
    signed_on: date
    effective_from: date
    supersedes: int | None
    recorded_at: Moment
    service: ServiceOut

    @classmethod
    def of(cls, offer: Offer, decision: Decision) -> Self:
        """Show a decision."""
        return cls(
            id=decision.number,
            procedure_code=offer.procedure,
            agency_code=offer.agency,
            number=decision.paper.number,
            signed_on=decision.paper.signed_on,
            effective_from=decision.paper.effective_from,
            supersedes=decision.paper.supersedes,
            recorded_at=decision.recorded_at,
            service=ServiceOut.of(decision.service),
        )


class OfferedOut(_Seen):
    """Một dịch vụ công vào một ngày. / A service as it is on a day."""

    procedure_code: str = Field(examples=["1.003560.H38"])
    procedure_name: str
    sector_code: str
    sector_name: str
    agency_code: str = Field(
        description="Cơ quan của quyết định; đơn vị dưới nó theo quyết định này nếu không có quyết "
        "định riêng. / Agency of the decision, which also stands for those below."
    )
    decision: DecisionOut = Field(description="Quyết định đang có hiệu lực. / In force.")

    @classmethod
    def of(cls, offered: Offered) -> Self:
        """Show a service."""
        return cls(
            procedure_code=offered.offer.procedure,
            procedure_name=offered.procedure_name,
            sector_code=offered.sector_code,
            sector_name=offered.sector_name,
            agency_code=offered.offer.agency,
            decision=DecisionOut.of(offered.offer, offered.decision),
        )


class ShownServiceOut(_Seen):
    """Thủ tục với các dịch vụ công của nó. / A procedure and its services on a day."""

    on: date
    procedure: ProcedureOut
    services: list[OfferedOut] = Field(
        description="Theo quyết định có hiệu lực; rỗng nếu chưa có. / Empty: none is in force."
    )

    @classmethod
    def of(cls, on: date, shown: Shown) -> Self:
        """Show a procedure and its services."""
        return cls(
            on=on,
            procedure=ProcedureOut.of(shown.procedure),
            services=[OfferedOut.of(one) for one in shown.offered],
        )
