"""Trạng thái văn bản: the nine status codes, who sends which, and the lawful moves.

The table is that of the sector's practice: no regulation prints one. It holds for each document
and each of its recipients by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.documents.domain.errors import ForbiddenStatusError


class Status(StrEnum):
    """What happened to a document at one recipient."""

    ARRIVED = "01"
    REJECTED = "02"
    RECEIVED = "03"
    ASSIGNED = "04"
    PROCESSING = "05"
    FINISHED = "06"
    TAKE_BACK = "13"
    AGREED = "15"
    DECLINED = "16"

    @property
    def label(self) -> str:
        """The Vietnamese name that people read."""
        return LABELS[self]

    @property
    def is_senders(self) -> bool:
        """Whether the document's sender says it; every other code is the recipient's."""
        return self is Status.TAKE_BACK

    @property
    def needs_reason(self) -> bool:
        """Whether it must say why (QĐ 28/2018, đ.5.4, for a refusal)."""
        return self in _REASONED


_REASONED: Final = {Status.REJECTED, Status.TAKE_BACK, Status.DECLINED}

LABELS: Final[Mapping[Status, str]] = {
    Status.ARRIVED: "Đã đến",
    Status.REJECTED: "Từ chối tiếp nhận, trả lại",
    Status.RECEIVED: "Đã tiếp nhận",
    Status.ASSIGNED: "Phân công xử lý",
    Status.PROCESSING: "Đang xử lý",
    Status.FINISHED: "Hoàn thành",
    Status.TAKE_BACK: "Yêu cầu lấy lại",
    Status.AGREED: "Đồng ý lấy lại, cập nhật",
    Status.DECLINED: "Từ chối lấy lại, cập nhật",
}

NEXT: Final[Mapping[Status | None, frozenset[Status]]] = {
    None: frozenset({Status.ARRIVED, Status.REJECTED, Status.RECEIVED}),
    Status.ARRIVED: frozenset({Status.REJECTED, Status.RECEIVED}),
    Status.REJECTED: frozenset(),
    Status.RECEIVED: frozenset({Status.ASSIGNED, Status.PROCESSING, Status.FINISHED}),
    Status.ASSIGNED: frozenset({Status.PROCESSING, Status.FINISHED}),
    Status.PROCESSING: frozenset({Status.ASSIGNED, Status.FINISHED}),
    Status.FINISHED: frozenset(),
}
"""Lawful progress at the recipient. Work may be assigned anew while it is under way."""

TAKEN_BACK_FROM: Final = frozenset(
    {Status.ARRIVED, Status.RECEIVED, Status.ASSIGNED, Status.PROCESSING, Status.FINISHED}
)
"""Where the sender may ask for the document back; after it is finished it is tolerated."""


class Recall(StrEnum):
    """Whether the document is being taken back or updated, and what the recipient said.

    `proposed` stands where the packet itself revokes, `offered` where it updates, `asked` where a
    13 came. `agreed` ends everything; `accepted`, the answer to an update, ends nothing.
    """

    NONE = "none"
    PROPOSED = "proposed"
    OFFERED = "offered"
    ASKED = "asked"
    AGREED = "agreed"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def is_take_back(self) -> bool:
        """Whether the sender wants the document back and has no answer yet."""
        return self in {Recall.PROPOSED, Recall.ASKED}


ANSWERS: Final = frozenset({Status.AGREED, Status.DECLINED})
"""What the recipient says to a take-back or an update."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands at one recipient: how far it got, and whether it is recalled.

    Progress may go on while a recall is undecided; a recall that is declined leaves no mark on
    it, one that is agreed ends everything. A packet that revokes is answered and nothing else.
    """

    progress: Status | None = None
    recall: Recall = Recall.NONE

    @property
    def code(self) -> Status | None:
        """The one code that says it best; None before anything is known."""
        if self.recall is Recall.AGREED:
            return Status.AGREED
        if self.recall is Recall.ACCEPTED and self.progress in {None, Status.ARRIVED}:
            return Status.AGREED
        return Status.TAKE_BACK if self.recall is Recall.ASKED else self.progress

    @property
    def allowed(self) -> frozenset[Status]:
        """The codes that may follow."""
        if self.recall is Recall.AGREED:
            return frozenset()
        if self.recall is Recall.PROPOSED:
            return ANSWERS
        found = NEXT[self.progress]
        if self.recall is Recall.ASKED:
            return found | ANSWERS
        if self.progress in TAKEN_BACK_FROM:
            found |= {Status.TAKE_BACK}
        return found | ANSWERS if self.recall is Recall.OFFERED else found

    def is_repeat(self, code: Status) -> bool:
        """Tell whether the code says what is known already."""
        if code is Status.DECLINED:
            return self.recall is Recall.DECLINED
        if code is Status.AGREED:
            return self.recall in {Recall.AGREED, Recall.ACCEPTED}
        is_open = self.recall is not Recall.AGREED
        return code is self.code or (is_open and code is self.progress)

    def move(self, code: Status) -> "Standing":
        """Return the standing after a code that may follow.

        Raises:
            ForbiddenStatusError: if the table does not allow it.
        """
        if code not in self.allowed:
            raise ForbiddenStatusError(self.code, code, sorted(self.allowed))
        return self._after(code)

    def drift(self, code: Status) -> "Standing":
        """Return the standing after whatever a party says happened, lawful or not.

        Arrival is past once anything else is known, an answer that nothing asked for answers
        nothing, and nothing follows an agreed recall.
        """
        if code in self.allowed:
            return self._after(code)
        is_past = code is Status.ARRIVED or code in ANSWERS or self.is_repeat(code)
        return self if is_past or self.recall is Recall.AGREED else self._after(code)

    def ended(self) -> "Standing":
        """Return the standing of a copy that is taken back."""
        return replace(self, recall=Recall.AGREED)

    def _after(self, code: Status) -> "Standing":
        if code is Status.AGREED and self.recall is Recall.OFFERED:
            return replace(self, recall=Recall.ACCEPTED)
        recall = _RECALLS.get(code)
        return replace(self, progress=code) if recall is None else replace(self, recall=recall)


_RECALLS: Final[Mapping[Status, Recall]] = {
    Status.TAKE_BACK: Recall.ASKED,
    Status.AGREED: Recall.AGREED,
    Status.DECLINED: Recall.DECLINED,
}
