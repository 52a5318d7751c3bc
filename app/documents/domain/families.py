"""A document with the packets that revoke or update it: one family, one row of statuses.

Both parties hold the same family, so both find the same document for a status by these rules.
"""

from collections.abc import Sequence
from typing import Final

from app.codes import AgencyCode
from app.documents.domain.documents import Business, Document, Recipient, Role
from app.documents.domain.statuses import ANSWERS, Recall, Status
from app.documents.domain.withdrawal import Withdrawal

OWN: Final = (Business.NEW, Business.REPLACE)
"""What is a document of its own; a revocation or an update speaks of another one."""

Family = Sequence[Document]
"""Documents of one sender and one original, the first one first."""


def pick(family: Family, recipient: AgencyCode, code: Status) -> Document | None:
    """Return the document that a status at a recipient speaks of.

    An answer speaks of the latest take-back that is open, otherwise of the latest update that
    is; a repeated answer of what was answered last. Anything else speaks of the document itself:
    the first that is no revocation and was neither withdrawn nor returned, if there is one.
    """
    if code in ANSWERS:
        asking = _asking(family, recipient)
        if asking is not None:
            return asking
    found = [
        (one, place)
        for one, place in copies_at(family, recipient)
        if one.business is not Business.REVOKE
    ]
    live = (one for one, place in found if _is_live(place))
    return next(live, found[0][0] if found else None)


def is_first_copy(family: Family, document: Document, recipient: AgencyCode) -> bool:
    """Tell whether a recipient works on nothing of this document but this packet.

    What it returned it works on no more: the sender may send it anew (NĐ 30/2020, đ.21.2).
    """
    if document.business is Business.REVOKE:
        return False
    return not [
        other
        for other, place in copies_at(family, recipient)
        if other.id != document.id and other.business is not Business.REVOKE
        if _is_live(place)
    ]


def original_of(family: Family, document: Document) -> str | None:
    """Return our id of the document that an update is about, if it is here; None for others."""
    if document.business in OWN:
        return None
    return next((one.id for one in family if one.business in OWN), None)


def lost_before(family: Family, document: Document, recipient: AgencyCode) -> Withdrawal | None:
    """Return what withdrew a document before this packet about it came, if it is gone.

    An update that adds the recipient anew brings it back.
    """
    here = document.at(recipient)
    others = [place for one, place in copies_at(family, recipient) if one.id != document.id]
    if here is None or here.role is Role.ADDED or any(one.withdrawn is None for one in others):
        return None
    return next((one.withdrawn for one in others), None)


def open_take_backs(family: Family, recipient: AgencyCode) -> list[Document]:
    """Return what asks a recipient to give the document back and has no answer yet."""
    return [
        document
        for document in family
        if (place := document.at(recipient)) is not None and place.standing.recall.is_take_back
    ]


def copies_at(family: Family, recipient: AgencyCode) -> list[tuple[Document, Recipient]]:
    """Return every packet of the family that a recipient has."""
    found = [(document, document.at(recipient)) for document in family]
    return [(document, place) for document, place in found if place is not None]


def _asking(family: Family, recipient: AgencyCode) -> Document | None:
    found = copies_at(family, recipient)
    for is_meant in (_wants_it_back, _offers, _is_answered):
        for document, place in reversed(found):
            if is_meant(place):
                return document
    return None


def _is_live(place: Recipient) -> bool:
    return place.withdrawn is None and place.standing.progress is not Status.REJECTED


def _wants_it_back(place: Recipient) -> bool:
    return place.standing.recall.is_take_back


def _offers(place: Recipient) -> bool:
    return place.standing.recall is Recall.OFFERED


def _is_answered(place: Recipient) -> bool:
    return place.standing.recall is not Recall.NONE
