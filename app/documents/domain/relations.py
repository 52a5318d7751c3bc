"""How documents hang together: revoked, updated, replaced, answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import Business


class Relation(StrEnum):
    """What a later document does to an earlier one."""

    REVOKES = "revokes"
    UPDATES = "updates"
    REPLACES = "replaces"
    ANSWERS = "answers"

    @property
    def inverse(self) -> str:
        """The same, seen from the earlier document."""
        return _INVERSE[self]


_INVERSE: Final[Mapping[Relation, str]] = {
    Relation.REVOKES: "revoked_by",
    Relation.UPDATES: "updated_by",
    Relation.REPLACES: "replaced_by",
    Relation.ANSWERS: "answered_by",
}

OF_BUSINESS: Final[Mapping[Business, Relation]] = {
    Business.REVOKE: Relation.REVOKES,
    Business.UPDATE: Relation.UPDATES,
}


@dataclass(frozen=True, slots=True)
class Link:
    """A later document names an earlier one, which need not have come yet.

    `agency` is who issued the earlier one, if that is said; `recipient` narrows a replacement to
    one recipient, "" means all. `target` is our id of the earlier one once it is here.
    """

    document: str
    relation: Relation
    document_id: DocumentId
    agency: AgencyCode | None = None
    recipient: str = ""
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """How a document hangs together with another: `id` is ours, None if it is not here.

    `is_named_here` if the document itself names the other, so that its reader knows it anyway.
    """

    relation: str
    id: str | None
    document_id: DocumentId
    recipient: AgencyCode | None = None
    is_named_here: bool = True
