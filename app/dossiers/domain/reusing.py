"""Reusing what an owner handed in or was given before."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.codes import AgencyCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.file_errors import ConsentAheadError
from app.dossiers.domain.filing import Applicant, Attachment, Identity
from app.dossiers.domain.handling import ResultPaper
from app.dossiers.domain.reuse import Reuse, ReuseKind
from app.dossiers.domain.statuses import Status

WITH_RESULT: Final = (Status.FINISHED, Status.RETURNED)


@dataclass(frozen=True, slots=True)
class Consent:
    """The person's consent: `reference` says where it is kept."""

    reference: str
    given_at: datetime

    def check(self, now: datetime) -> None:
        """Demand that it was given.

        Raises:
            ConsentAheadError: if it lies in the future.
        """
        if self.given_at > now:
            raise ConsentAheadError


@dataclass(frozen=True, slots=True)
class Question:
    """Whose results are searched, what for, and by which consent.

    `person` is the keyed hash under which the evidence log knows them. Without codes of results
    every kind is wanted.
    """

    identity: Identity
    person: str
    purpose: str
    consent: Consent
    result_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Search:
    """One search for a person's earlier results; `owner` is who they were searched of."""

    id: str
    member: AgencyCode
    owner: str
    purpose: str
    consent: Consent
    searched_at: datetime

    def covers(self, member: AgencyCode, owner: str | None, now: datetime, days: int) -> bool:
        """Tell whether a member may reuse results of an owner by this search."""
        is_recent = now < self.searched_at + timedelta(days=days)
        return is_recent and self.owner == owner and self.member.canonical == member.canonical


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """A paper of a result, with the dossier it came from; `number` counts that one's results."""

    dossier: Dossier
    number: int
    paper: ResultPaper


def owner_of(applicant: Applicant) -> str | None:
    """Return by what an owner is found again: kind and number of the identity."""
    return None if applicant.identity is None else owner_key(applicant.identity)


def owner_key(identity: Identity) -> str:
    """Return by what a person is found."""
    return f"{identity.kind.value}:{identity.number}"


def results_of(dossier: Dossier) -> list[EarlierResult]:
    """Return the papers of a dossier's result."""
    return [
        EarlierResult(dossier, number, paper)
        for number, paper in enumerate(dossier.handling.results, 1)
    ]


def reused(paper: Attachment, reuse: Reuse, earlier: Dossier) -> Attachment | None:
    """Return a paper with the file of an earlier dossier's; None if that has no such file."""
    is_result = reuse.kind is ReuseKind.RESULT
    if is_result and earlier.status not in WITH_RESULT:
        return None
    papers: tuple[Attachment | ResultPaper, ...] = (
        earlier.handling.results if is_result else earlier.filing.attachments
    )
    if not 1 <= reuse.number <= len(papers):
        return None
    source = papers[reuse.number - 1]
    if not (source.url or source.file_id):
        return None
    if isinstance(source, ResultPaper):
        reuse = replace(reuse, result_code=source.result_code)
    return replace(paper, url=source.url, file_id=source.file_id, reuse=reuse)
