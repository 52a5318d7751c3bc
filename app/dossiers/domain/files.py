"""Files held here: what they are, which of a dossier's papers name them, and who fetched them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.file_errors import FileKindError
from app.dossiers.domain.filing import Attachment
from app.dossiers.domain.handling import ResultPaper
from app.dossiers.domain.quality import Finding, Severity, is_reachable, out_of_reach
from app.platform.downloads import OCTETS
from app.platform.forms import NAME_LENGTH

HEAD: Final = 16
"""Bytes at the beginning of a file that its kind is known by."""

_END: Final = 16
"""Characters at the end of a name that stay when it is cut: the extension is among them."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
_MAGIC: Final[Mapping[bytes, str]] = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"<?xml": "application/xml",
    b"\xef\xbb\xbf<?xml": "application/xml",
    _ZIP: "application/zip",
    _OLE: "application/x-ole-storage",
}
"""Whatever begins otherwise is not taken: nothing a browser or an officer's computer would run."""

_INSIDE: Final[Mapping[bytes, Mapping[str, str]]] = {
    _ZIP: {
        "docx": f"{_OFFICE}.wordprocessingml.document",
        "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
        "odt": f"{_OPEN}.text",
        "ods": f"{_OPEN}.spreadsheet",
    },
    _OLE: {"doc": "application/msword", "xls": "application/vnd.ms-excel"},
}
"""What a container is by its name; a name alone makes nothing of other bytes."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file; the bytes are kept once however many files have them.

    `member` brought it, or is the agency whose dossier came with it. `dossier` names it; until one
    does it is only kept for a time. `offered_at` is when the national portal first took a record
    that names it, `fetched_at` when it was first given all of it.
    """

    id: str
    member: AgencyCode
    name: str
    media_type: str
    sha256: str
    size: int
    created_at: datetime
    dossier: DossierCode | None = None
    offered_at: datetime | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fetching:
    """What is expected of the national portal: from where it fetches files, and how soon.

    `within` None: nothing is expected.
    """

    base: str
    within: timedelta | None
    now: datetime


def kind_of(head: bytes, name: str) -> str:
    """Return the media type of a file by its first bytes, whatever it was declared as.

    Raises:
        FileKindError: if they are of no kind that is taken.
    """
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            extension = name.rpartition(".")[2].lower()
            return _INSIDE.get(magic, {}).get(extension, kind)
    raise FileKindError(sorted(set(_MAGIC.values())))


def kind_told(head: bytes, name: str) -> str:
    """Return the media type of a file that is kept whatever it is: plain bytes if unknown."""
    try:
        return kind_of(head, name)
    except FileKindError:
        return OCTETS


def name_of(text: str) -> str:
    """Return a name under which a file can be held: printable, without folders, its end kept."""
    last = text.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign if sign.isprintable() else "_" for sign in last).strip() or "tep"
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - _END] + name[-_END:]


def named_by(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Give where a dossier names files that are held here, and their ids."""
    handling = dossier.handling
    lists: list[tuple[str, Sequence[Attachment | ResultPaper]]] = [
        ("/attachments", dossier.filing.attachments),
        ("/handling/papers", handling.papers),
        ("/handling/results", handling.results),
        *(
            (f"/handling/supplements/{n}/receipt/papers", asked.receipt.papers)
            for n, asked in enumerate(handling.supplements)
            if asked.receipt is not None
        ),
    ]
    for at, papers in lists:
        for place, paper in enumerate(papers):
            if paper.file_id:
                yield f"{at}/{place}", paper.file_id


def ids_in(facts: Mapping[str, Any]) -> set[str]:
    """Return the ids of the files that a dossier's facts name."""
    handling = facts.get("handling", {})
    papers = [
        *facts["filing"]["attachments"],
        *handling.get("papers", ()),
        *handling.get("results", ()),
    ]
    for asked in handling.get("supplements", ()):
        papers += (asked["receipt"] or {}).get("papers", ())
    return {paper["file_id"] for paper in papers if paper.get("file_id")}


def unfetched(dossier: Dossier, files: Iterable[HeldFile], expected: Fetching) -> list[Finding]:
    """Return what the national portal cannot have of the files that a dossier names."""
    held = {file.id: file for file in files}
    found = []
    for pointer, file_id in named_by(dossier):
        if not is_reachable(expected.base):
            found.append(out_of_reach(pointer))
        file = held.get(file_id)
        if file is None or _is_overdue(file, expected):
            found.append(_not_fetched(pointer))
    return found


def _is_overdue(file: HeldFile, expected: Fetching) -> bool:
    if expected.within is None or file.offered_at is None or file.fetched_at is not None:
        return False
    return expected.now >= file.offered_at + expected.within


def _not_fetched(pointer: str) -> Finding:
    return Finding(
        "file-not-fetched",
        Severity.MISCOUNTED,
        pointer,
        "Cổng đã nhận hồ sơ nhưng chưa tải tệp này; tệp có thể không được tính là bản điện tử",
        "the portal took the dossier and has not fetched this file; it may not count as electronic",
    )
