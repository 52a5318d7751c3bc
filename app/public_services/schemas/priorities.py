"""Lists of priorities as JSON: read from a file, shown, and counted."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.fields import Line
from app.platform.bodies import digest_of, parse_json
from app.platform.wire import ApiModel
from app.public_services.domain.offers import Wish
from app.public_services.domain.priorities import ListedProcedure, PriorityList
from app.public_services.schemas.offers import Day, ImportedDecisionIn, wishes_of

NationalCode = Annotated[str, StringConstraints(pattern=r"^[1-9]\.\d{6}$")]


class PriorityListIn(ApiModel):
    """Một danh mục theo quyết định. / A list by the decision that publishes it."""

    number: Line = Field(max_length=100)
    signed_on: Day
    effective_from: Day
    procedure_codes: tuple[NationalCode, ...] = Field(min_length=1, max_length=10_000)

    def priorities(self) -> PriorityList:
        """Return the list."""
        codes = frozenset(self.procedure_codes)
        return PriorityList(self.number, self.signed_on, self.effective_from, codes)


class ServicesIn(ApiModel):
    """What a file of services may hold."""

    decisions: tuple[ImportedDecisionIn, ...] = Field((), max_length=100_000)
    priority_lists: tuple[PriorityListIn, ...] = Field((), max_length=100)


def read_services(raw: bytes) -> tuple[Sequence[Wish], Sequence[tuple[PriorityList, str]]]:
    """Read a file of decisions and lists strictly; each list comes with the file's SHA-256.

    Raises:
        InvalidInputError: if something does not fit the description; names every place.
        NotJsonError: if it is not JSON.
        OldLevelMismatchError, PriceWithoutPostError: if one says what cannot be.
    """
    said, digest = parse_json(raw, ServicesIn), digest_of(raw)
    lists = [(one.priorities(), digest) for one in said.priority_lists]
    return wishes_of(said.decisions, digest), lists


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class ListedProcedureOut(_Seen):
    """Một thủ tục trong danh mục. / A procedure on the list, and its services on the day."""

    code: str = Field(description="Mã quốc gia. / National code.", examples=["1.003560"])
    name: str | None = Field(description="Theo danh mục; null nếu chưa có. / By the catalogue.")
    services: int = Field(description="Số dịch vụ. / Services with a decision in force.")
    online: int = Field(description="Đang trực tuyến. / Of them online.")
    full: int = Field(description="Toàn trình. / Of them from filing to result.")
    flagged: int = Field(
        description="Quyết định tự ghi thuộc danh mục. / Whose decision says so itself."
    )


class PriorityCountsOut(_Seen):
    """Danh mục ưu tiên và mức độ cung cấp. / The list in force, and how far it is offered."""

    number: str = Field(description="Quyết định công bố. / The decision that publishes it.")
    signed_on: date
    effective_from: date
    procedures: int = Field(description="Số thủ tục trong danh mục. / Procedures on the list.")
    offered: int = Field(description="Có dịch vụ ở đây. / Of them with a service here.")
    online: int = Field(description="Có dịch vụ trực tuyến. / Of them with one that is online.")
    full: int = Field(description="Có dịch vụ toàn trình. / Of them with one that is full.")

    @classmethod
    def of(cls, found: PriorityList, listed: Sequence[ListedProcedure]) -> Self:
        """Count what is on a list."""
        return cls(
            number=found.paper_number,
            signed_on=found.signed_on,
            effective_from=found.effective_from,
            procedures=len(listed),
            offered=sum(one.services > 0 for one in listed),
            online=sum(one.online > 0 for one in listed),
            full=sum(one.full > 0 for one in listed),
        )


class PriorityListOut(_Seen):
    """Danh mục ưu tiên có hiệu lực vào một ngày. / The list in force on a day, in pages."""

    on: date
    list: PriorityCountsOut | None = Field(description="null nếu chưa nạp. / None was imported.")
    items: Sequence[ListedProcedureOut]
    next: str | None = Field(description="Gửi lại ở `after`. / Send as `after`.")
