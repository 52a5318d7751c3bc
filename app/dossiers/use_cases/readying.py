"""Papers with files: what a dossier comes to name is checked, locked and made its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.file_errors import NotReusableError, UnusableFileError
from app.dossiers.domain.filing import Applicant, Attachment
from app.dossiers.domain.handling import ResultPaper
from app.dossiers.domain.reuse import Reuse, ReuseKind
from app.dossiers.domain.reusing import owner_of, reused
from app.dossiers.store import files, searches
from app.dossiers.use_cases.owing import subject_of
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Bringing:
    """For which dossier papers come: whose it is, and its code once it has one.

    `reuse_days` is how long a search with consent may be followed by a reuse.
    """

    owner: Applicant
    code: DossierCode | None
    reuse_days: int


def ready(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    bringing: Bringing,
    papers: Sequence[Attachment],
    *,
    at: str,
) -> tuple[Attachment, ...]:
    """Return papers with their files locked, earlier ones looked up; `at` is where they stood.

    Raises:
        UnusableFileError: if a file is not there, not the caller's, or another dossier's.
        NotReusableError: if an earlier paper cannot stand in.
    """
    found = []
    for place, paper in enumerate(papers):
        pointer = f"{at}/{place}"
        if paper.reuse is not None:
            paper = _reused(connection, clock, caller, bringing, paper, pointer)  # noqa: PLW2901
        elif paper.file_id:
            _lock(connection, caller, bringing.code, paper.file_id, pointer)
        found.append(paper)
    return tuple(found)


def own_results(
    connection: Connection, caller: Caller, code: DossierCode, papers: Sequence[ResultPaper]
) -> None:
    """Have a dossier name the files of its result.

    Raises:
        UnusableFileError: if a file is not there, not the caller's, or another dossier's.
    """
    for place, paper in enumerate(papers):
        if paper.file_id:
            _lock(connection, caller, code, paper.file_id, f"/results/{place}")
    own(connection, code, papers)


def own(
    connection: Connection, code: DossierCode, papers: Sequence[Attachment | ResultPaper]
) -> None:
    """Have a dossier name the files of papers that are ready."""
    files.attach(connection, {paper.file_id for paper in papers if paper.file_id}, code)


def shared(
    connection: Connection, clock: Clock, caller: Caller, papers: Sequence[Attachment]
) -> tuple[Attachment, ...]:
    """Return papers for another dossier, with files of their own; the bytes are kept once."""
    return tuple(
        replace(paper, file_id=_copied(connection, clock, caller, paper.file_id))
        for paper in papers
    )


def _lock(
    connection: Connection, caller: Caller, code: DossierCode | None, file_id: str, pointer: str
) -> None:
    file = files.lock(connection, file_id)
    is_mine = file is not None and caller.may_see(file.member)
    if file is None or not is_mine or file.dossier not in {None, code}:
        raise UnusableFileError(pointer)


def _reused(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    bringing: Bringing,
    paper: Attachment,
    pointer: str,
) -> Attachment:
    reuse = paper.reuse
    earlier = None if reuse is None else store.find(connection, reuse.dossier)
    if reuse is None or earlier is None:
        raise NotReusableError(pointer)
    owner = owner_of(bringing.owner)
    is_same = owner is not None and owner_of(earlier.filing.applicant) == owner
    if not is_same or not _may_reuse(connection, clock, caller, bringing, earlier, reuse):
        raise NotReusableError(pointer)
    found = reused(paper, reuse, earlier)
    if found is None:
        raise NotReusableError(pointer)
    act = Act(f"dossier.{reuse.kind}.reuse", subject_of(earlier.code))
    record(connection, clock, caller, act)
    return replace(found, file_id=_copied(connection, clock, caller, found.file_id))


def _may_reuse(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    bringing: Bringing,
    earlier: Dossier,
    reuse: Reuse,
) -> bool:
    """Tell whether the earlier paper is the caller's own, or the owner consented to a search."""
    if reuse.kind is ReuseKind.COMPONENT:
        return caller.may_see(earlier.filing.agency.code)
    search = searches.find(connection, reuse.search)
    owner = owner_of(bringing.owner)
    return search is not None and search.covers(
        caller.member, owner, clock.now(), bringing.reuse_days
    )


def _copied(connection: Connection, clock: Clock, caller: Caller, file_id: str) -> str:
    """Return the id of a new file with the content of another; "" where there is none."""
    file = files.lock(connection, file_id) if file_id else None
    if file is None:
        return ""
    copy = replace(
        file,
        id=new_id(),
        member=caller.member,
        created_at=clock.now(),
        dossier=None,
        offered_at=None,
        fetched_at=None,
    )
    files.add(connection, copy)
    return copy.id
