"""What the land system is told of a dossier, drawn from the dossier as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.codes import DossierCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Attachment, in_text
from app.dossiers.domain.statuses import Status
from app.errands.domain.errands import Facts
from app.platform.errors import ConflictError, Invalid, RefusedError

IN_HAND: Final = frozenset({Status.ACCEPTED, Status.PROCESSING})
_AT: Final = "/dossier_code"


@dataclass(frozen=True, slots=True)
class Telling:
    """What the land system is to be told: of which dossier, what the body says, its digest.

    `most` is how many bytes of papers may go at once.
    """

    dossier: DossierCode
    said: Facts
    digest: str
    most: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A dossier that a land system took, under a number of its own."""

    system: str
    number: str
    dossier: DossierCode


class NotHandedOverError(ConflictError):
    """The land system does not have the dossier."""

    slug = "land-not-handed-over"
    title = "Hồ sơ chưa chuyển sang hệ thống đất đai"
    title_en = "The land system does not have the dossier"

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ này chưa được chuyển sang hệ thống đất đai.",
            "The dossier was not handed over to the land system.",
            errors=[Invalid(_AT, "chưa chuyển", "not handed over")],
        )


class NothingToTellError(ConflictError):
    """What the land system would be told did not happen to the dossier."""

    slug = "land-nothing-to-tell"
    title = "Hồ sơ chưa có diễn biến này"
    title_en = "It did not happen to the dossier"

    def __init__(self, status: Status, wanted: str, wanted_en: str) -> None:
        super().__init__(
            f"Hồ sơ đang ở trạng thái “{status.label}”: {wanted}.",
            f"The dossier is {status}: {wanted_en}.",
            errors=[Invalid(_AT, wanted, wanted_en)],
            extensions={"present": status.value},
        )


class PapersTooLargeError(RefusedError):
    """The papers do not go into one message."""

    slug = "land-papers-too-large"
    title = "Giấy tờ quá lớn"
    title_en = "The papers are too large"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"Giấy tờ gửi kèm vượt quá {limit} byte trong một lần gửi.",
            f"The papers are over {limit} bytes in one message.",
            errors=[Invalid(_AT, "giấy tờ quá lớn", "the papers are too large")],
            extensions={"limit": limit},
        )


def handover_facts(dossier: Dossier, site: Facts) -> Facts:
    """Return what a dossier is handed over with; `site` is what it does not say of the land.

    Raises:
        NothingToTellError: if it is not in hand.
    """
    if dossier.status not in IN_HAND:
        raise NothingToTellError(dossier.status, "phải đang được giải quyết", "it must be in hand")
    filing = dossier.filing
    owner, times = filing.applicant, filing.times
    return site | {
        "number": str(dossier.code),
        "dossier": str(dossier.code),
        "procedure": str(filing.procedure.code),
        "procedure_name": filing.procedure.name,
        "received_at": in_text(times.received_at),
        "due_at": in_text(dossier.due_at),
        "submitter": {
            "full_name": owner.full_name,
            "identity_number": "" if owner.identity is None else owner.identity.number,
            "address": owner.address or "",
            "phone": owner.phone or "",
            "email": owner.email or "",
        },
        "papers": _papers(filing.attachments),
    }


def supplement_facts(dossier: Dossier, there: str, number: int | None) -> tuple[int, Facts]:
    """Return which round of papers is told, the last that came if None, and what of it.

    `there` is the number under which the land system has the dossier.

    Raises:
        NothingToTellError: if none came.
    """
    rounds = [one for one in dossier.handling.supplements if number in {None, one.number}]
    for asked in reversed(rounds):
        receipt = asked.receipt
        if receipt is not None:
            return asked.number, {
                "number": there,
                "handled_by": receipt.received_by,
                "happened_at": in_text(receipt.received_at),
                "note": receipt.note,
                "papers": _papers(receipt.papers),
            }
    raise NothingToTellError(
        dossier.status, "chưa nhận giấy tờ bổ sung", "no papers were brought yet"
    )


def return_facts(dossier: Dossier, there: str) -> tuple[datetime, Facts]:
    """Return when the owner got the result, and what is told of that.

    Raises:
        NothingToTellError: if the owner does not have it.
    """
    returned_at, handover = dossier.ends.returned_at, dossier.handling.handover
    if dossier.status is not Status.RETURNED or returned_at is None:
        raise NothingToTellError(dossier.status, "chưa trả kết quả", "the result is not returned")
    by = dossier.filing.agency.name if handover is None else handover.returned_by
    return returned_at, {
        "number": there,
        "handled_by": by,
        "happened_at": in_text(returned_at),
        "note": "" if handover is None else handover.way.label,
    }


def code_in(number: str) -> DossierCode | None:
    """Return the dossier's code that a number is; None if it is the land system's own."""
    try:
        return DossierCode(number)
    except ValueError:
        return None


def _papers(papers: Iterable[Attachment]) -> list[Facts]:
    return [{"name": one.name, "file": one.file_id} for one in papers]
