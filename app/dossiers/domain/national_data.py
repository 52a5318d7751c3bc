"""Khai thác CSDL quốc gia: which national data a dossier made use of, and what that proved."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.dossiers.domain.actors import Said
    from app.dossiers.domain.dossier import Dossier

POPULATION: Final = "population"
BUSINESS: Final = "enterprises"
"""The two services whose use statistics count."""


@dataclass(frozen=True, slots=True)
class NationalUse:
    """One look-up for a dossier that found something.

    `database_code` is the nation's code (`MaCSDL`); `verified` names what of the owner the
    nation confirmed: `identity_number`, `full_name`.
    """

    number: int
    look_up_id: str
    service: str
    database_code: str
    used_at: datetime
    used_by: str
    verified: tuple[str, ...] = ()


def use_data(dossier: "Dossier", said: "Said", use: NationalUse) -> "Dossier":
    """Return the dossier with one more use; what was filed stays as it is."""
    numbered = replace(
        use,
        number=len(dossier.handling.national_uses) + 1,
        used_at=said.happened_at,
        used_by=said.name,
    )
    uses = (*dossier.handling.national_uses, numbered)
    handling = replace(dossier.handling, national_uses=uses)
    return replace(dossier, handling=handling, changed_at=said.now)
