"""Danh mục dịch vụ công ưu tiên: a dated list of procedures, and how a province stands to it.

Which procedures are on the national list is not known here; it comes from a file.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.platform.errors import Invalid, RefusedError

NATIONAL: Final = 8
"""Characters of a national procedure code, `1.003560`."""


@dataclass(frozen=True, slots=True)
class PriorityList:
    """A list by the decision that publishes it.

    From its day on it is the one in force, until another is; `procedures` are national codes.
    """

    paper_number: str
    signed_on: date
    effective_from: date
    procedures: frozenset[str]

    @property
    def subject(self) -> str:
        """How the evidence log names it."""
        return f"priority-list:{self.paper_number}"


@dataclass(frozen=True, slots=True)
class ListedProcedure:
    """A procedure on the list, and its services on a day.

    `flagged` are services whose own decision says that they are on the list.
    """

    code: str
    name: str | None = None
    services: int = 0
    online: int = 0
    full: int = 0
    flagged: int = 0


class PriorityListDiffersError(RefusedError):
    """The list was imported before with other content."""

    slug = "priority-list-differs"
    title = "Danh mục đã nạp với nội dung khác"
    title_en = "The list was imported with other content"

    def __init__(self, known: PriorityList, pointer: str) -> None:
        super().__init__(
            f"Danh mục theo {known.paper_number} đã nạp với nội dung khác; danh mục không sửa, hãy "
            "nạp danh mục của quyết định mới.",
            f"The list of {known.paper_number} was imported with other content; lists are not "
            "edited: import that of a new decision.",
            errors=[Invalid(pointer, "đã nạp, nội dung khác", "was imported with other content")],
        )
