"""JSON of how many services there are, and of who is connected."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.public_services.domain.coverage import Adoption, Connected, Counts, Dimension, Group
from app.public_services.domain.offers import Kind, Level
from app.public_services.schemas.priorities import PriorityCountsOut


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class CountsOut(_Seen):
    """Số dịch vụ công. / How many services, and how many of them are so."""

    services: int = Field(description="Có quyết định đang hiệu lực. / With a decision in force.")
    online: int = Field(
        description="Đang cung cấp trực tuyến: một phần và toàn trình. / Open, partial or full."
    )
    partial: int = Field(description="Trong đó một phần. / Of them partial.")
    full: int = Field(description="Trong đó toàn trình. / Of them full.")
    suspended: int = Field(description="Tạm dừng. / Suspended, of any kind.")
    on_national_portal: int
    by_post: int = Field(description="Nhận hoặc trả qua bưu chính. / Received or returned.")
    online_payment: int
    priority: int = Field(description="Thuộc danh mục ưu tiên. / On the list of priorities.")
    chosen: int = Field(description="Được chọn đưa lên trước. / Chosen to go online first.")
    chosen_online: int = Field(description="Trong số đó đã trực tuyến. / Of them online.")


class GroupOut(_Seen):
    """Một nhóm. / A group; null where it is not grouped by that."""

    level: Level | None
    sector: str | None
    agency: str | None
    kind: Kind | None
    counts: CountsOut

    @classmethod
    def of(cls, group: Group, counts: Counts) -> Self:
        """Show a group."""
        return cls(
            level=Level(group.level) if group.level else None,
            sector=group.sector or None,
            agency=group.agency or None,
            kind=Kind(group.kind) if group.kind else None,
            counts=CountsOut.model_validate(counts),
        )


class AdoptionOut(_Seen):
    """Số cơ quan đã kết nối. / How many members are connected with what."""

    members: int = Field(description="Có kết nối. / Connected with anything.")
    one_stop: int = Field(description="Hệ thống một cửa. / With a one-stop system.")
    documents: int = Field(description="Gửi văn bản qua API. / Sending documents by the API.")
    axis: int = Field(description="Nói giao thức trục văn bản. / Speaking the axis's wire.")
    seen: int = Field(description="Có hoạt động gần đây. / That did something lately.")


class CoverageOut(_Seen):
    """Mức độ cung cấp dịch vụ công vào một ngày. / How far services go on a day."""

    on: date
    by: list[Dimension]
    total: CountsOut
    groups: list[GroupOut]
    next: str | None = Field(description="Gửi lại ở `after`. / Send as `after`.")
    adoption: AdoptionOut
    priority_list: PriorityCountsOut | None = Field(
        description="Danh mục ưu tiên có hiệu lực. / The list of priorities in force."
    )

    @classmethod
    def of(
        cls,
        counted: tuple[date, list[Dimension], Counts],
        groups: Sequence[tuple[Group, Counts]],
        behind: str | None,
        adoption: Adoption,
        priorities: PriorityCountsOut | None,
    ) -> Self:
        """Show what was counted."""
        on, by, total = counted
        return cls(
            on=on,
            by=by,
            total=CountsOut.model_validate(total),
            groups=[GroupOut.of(*one) for one in groups],
            next=behind,
            adoption=AdoptionOut.model_validate(adoption),
            priority_list=priorities,
        )


class ConnectedOut(_Seen):
    """Một cơ quan đã kết nối. / A member and what it is connected with."""

    agency_code: str
    agency_name: str
    one_stop: int = Field(description="Số hệ thống nộp hồ sơ. / Systems that submit dossiers.")
    documents: int = Field(description="Số hệ thống gửi văn bản. / That send documents.")
    axis: int = Field(description="Số hệ thống trên giao thức trục. / On the axis's wire.")
    acted_on: date | None = Field(
        description="Ngày có hoạt động gần nhất. / Last day on which any of it did something."
    )

    @classmethod
    def of(cls, name: str, one: Connected) -> Self:
        """Show a member."""
        return cls(
            agency_code=one.member,
            agency_name=name,
            one_stop=one.one_stop,
            documents=one.documents,
            axis=one.axis,
            acted_on=one.acted_on,
        )
