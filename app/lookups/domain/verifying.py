"""What of a dossier's owner a look-up proves."""

import unicodedata
from dataclasses import dataclass, field
from typing import Final

from app.dossiers.domain.filing import Applicant

NUMBER, NAME = "identity_number", "full_name"
NOTHING: Final[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Number and name that the nation found together; without a name only the number counts."""

    number: str = field(repr=False)
    name: str = field(default="", repr=False)

    def of(self, owner: Applicant) -> tuple[str, ...]:
        """Return which facts of an owner it proves; none if it is about somebody else."""
        if owner.identity is None or owner.identity.number != self.number:
            return NOTHING
        return (NUMBER, NAME) if self.name and _same(self.name, owner.full_name) else (NUMBER,)


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
