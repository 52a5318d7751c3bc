"""Dossiers carried over from a system that runs them itself and tells us how they stand.

Such a system sends the whole record with the status of today and, behind it, the rows that led
there. So a record may skip steps, and rows are held against the row before them. Refusals are in
the nation's own words, because these systems tell them apart by the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.codes import DossierCode
from app.dossiers.domain.dossier import Ends
from app.dossiers.domain.filing import Filing
from app.dossiers.domain.statuses import Status
from app.dossiers.domain.transitions import MOVES
from app.platform.errors import ConflictError, NotFoundError

_LATE: Final = frozenset({Status.PROCESSING, Status.STOPPED, Status.FINISHED, Status.RETURNED})
"""Statuses that come after others: too early is not the same as backward."""

_RESUMABLE: Final = frozenset(
    {Status.SUPPLEMENT_REQUESTED, Status.PAYMENT_REQUESTED, Status.STOPPED}
)
"""Statuses from which the way on leads to a smaller code."""


class CarriedMoveError(ConflictError):
    """A record or row would take a dossier where it cannot go from where it stands."""

    slug = "carried-move"
    title = "Trạng thái gửi lên không hợp lệ"
    title_en = "The status sent does not follow"

    def __init__(self, words: str, present: Status, wanted: Status) -> None:
        super().__init__(
            words,
            f"{wanted} does not follow {present}.",
            extensions={"present": present.value, "wanted": wanted.value},
        )


class NotCarriedError(NotFoundError):
    """No dossier with this code is the caller's."""

    slug = "dossier-not-carried"
    title = "Hồ sơ không tồn tại"
    title_en = "No such dossier"

    def __init__(self, code: DossierCode) -> None:
        super().__init__(f"Hồ sơ {code} không tồn tại", f"There is no dossier {code}.")


@dataclass(frozen=True, slots=True)
class Carried:
    """A dossier as the system that runs it tells it."""

    code: DossierCode
    filing: Filing
    status: Status
    ends: Ends


def check_record(code: DossierCode, present: Status, wanted: Status) -> None:
    """Let a record replace another: it may skip steps, because the rows come after it.

    Raises:
        CarriedMoveError: if no way leads there.
    """
    if wanted is not present and wanted not in MOVES[present] and wanted not in _AHEAD[present]:
        raise _backward(code, present, wanted)


def check_row(code: DossierCode, before: Status | None, wanted: Status) -> None:
    """Let one row follow another: the same status again or one step on; the first may be any.

    Raises:
        CarriedMoveError: if it is too early, backward, or after an end.
    """
    if before is None or wanted is before or wanted in MOVES[before]:
        return
    if wanted in _LATE & _AHEAD[before] and wanted.code > before.code:
        ways = {status for status, ahead in MOVES.items() if wanted in ahead}
        between = [status for status in MOVES[before] if status in ways]
        missing = min(between, key=lambda status: status.code, default=Status.FINISHED)
        words = f"Hồ sơ {code} chưa cập nhật trạng thái {missing.label}"
        raise CarriedMoveError(words, before, wanted)
    raise _backward(code, before, wanted)


def moves_on(present: Status, told: Status) -> bool:
    """Tell whether the last row told moves a dossier on whose record says `present`.

    Rows are history of what the record says already, unless they are one lawful step further.
    """
    is_lawful = told is not present and told in MOVES[present]
    return is_lawful and (told.code > present.code or present in _RESUMABLE)


def _backward(code: DossierCode, present: Status, wanted: Status) -> CarriedMoveError:
    if present is Status.REJECTED:
        words = f"Hồ sơ {code} đã bị từ chối. không thể cập nhật trạng thái"
    else:
        words = (
            f"Hồ sơ {code} đang ở trạng thái {present.label}, "
            f"không thể cập nhật lên trạng thái {wanted.label}"
        )
    return CarriedMoveError(words, present, wanted)


def _later_than(start: Status) -> frozenset[Status]:
    """Every status reached over any number of moves; registered is never reached again."""
    found: set[Status] = set()
    ahead = [start]
    while ahead:
        new = set(MOVES[ahead.pop()]) - {Status.REGISTERED} - found
        found |= new
        ahead.extend(new)
    return frozenset(found)


_AHEAD: Final[Mapping[Status, frozenset[Status]]] = {
    status: _later_than(status) for status in MOVES
}
