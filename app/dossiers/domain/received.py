"""What came with a dossier that was born elsewhere: notices in the nation's words, and files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.dossiers.domain.dossier import Step
from app.dossiers.domain.files import HeldFile
from app.dossiers.domain.filing import Facts
from app.dossiers.domain.handling import ResultPaper
from app.platform.contents import Content
from app.platform.errors import ConflictError, NotFoundError


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that came; `reference` is where its sender has it, "" if it came inline."""

    name: str
    content: Content
    reference: str = ""


@dataclass(frozen=True, slots=True)
class CameFile:
    """A file that came, as it is held: its number with the dossier, from 1 on."""

    number: int
    reference: str
    file: HeldFile


@dataclass(frozen=True, slots=True)
class PortalNotice:
    """Thông báo: what the nation said, word for word without the files, under its own code."""

    reference: str
    content: Facts
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A status that a system tells: of which dossier, by the nation's code or by its own."""

    references: tuple[str, ...]
    step: Step
    results: tuple[ResultPaper, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """What came with a dossier."""

    notices: Sequence[PortalNotice]
    files: Sequence[CameFile]


class KnownNoticeError(ConflictError):
    """A notice with this code came before."""

    slug = "known-notice"
    title = "Thông báo đã tồn tại"
    title_en = "The notice is known"

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Hồ sơ {reference} đã tồn tại", f"The notice {reference} was taken before."
        )


class UnknownNoticeError(NotFoundError):
    """A change names a notice that never came."""

    slug = "unknown-notice"
    title = "Không có thông báo này"
    title_en = "Unknown notice"

    def __init__(self, reference: str) -> None:
        super().__init__(f"Hồ sơ {reference} không tồn tại", f"There is no notice {reference}.")


class EndedNoticeError(ConflictError):
    """A change comes for a notice whose handling has ended."""

    slug = "ended-notice"
    title = "Thông báo đã giải quyết xong"
    title_en = "The notice has ended"

    def __init__(self, reference: str, label: str) -> None:
        super().__init__(
            f"Hồ sơ {reference} đang ở trạng thái {label}, không thể điều chỉnh",
            f"The notice {reference} has ended and cannot be changed.",
        )
