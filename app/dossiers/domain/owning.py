"""Whose a dossier is: an account of the nation is its owner's, or it is not."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import ApplicantKind, IdentityType
from app.dossiers.domain.handling import AccountLink

_BODIES: Final = frozenset(set(ApplicantKind) - {ApplicantKind.CITIZEN})


@dataclass(frozen=True, slots=True)
class Account:
    """An account that the nation vouches for: its lasting id, and the numbers it proves.

    `is_person` tells a citizen's account from an enterprise's or another body's.
    """

    account_id: str
    is_person: bool
    numbers: frozenset[tuple[IdentityType, str]]


def is_owned_by(dossier: Dossier, account: Account) -> bool:
    """Tell whether a dossier is an account's: linked before, or filed under a number of it.

    A number counts for its own kind of paper and of owner only. What is compared is compared in
    constant time.
    """
    link = dossier.handling.account
    known = "" if link is None else link.account_id
    is_same = hmac.compare_digest(known.encode(), account.account_id.encode())
    return (link is not None and is_same) or _proves(dossier, account)


def linked(dossier: Dossier, account: Account, *, now: datetime) -> Dossier:
    """Return the dossier with the account of its owner; itself if it has it."""
    link = dossier.handling.account
    if link is not None and link.account_id == account.account_id:
        return dossier
    new = AccountLink(account.account_id, now)
    return replace(dossier, handling=replace(dossier.handling, account=new), changed_at=now)


def _proves(dossier: Dossier, account: Account) -> bool:
    applicant = dossier.filing.applicant
    identity = applicant.identity
    if identity is None or account.is_person is (applicant.kind in _BODIES):
        return False
    proven = [number for kind, number in account.numbers if kind is identity.kind]
    given = identity.number.replace("-", "").encode()
    return any(hmac.compare_digest(given, one.replace("-", "").encode()) for one in proven)
