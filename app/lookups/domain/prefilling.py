"""What national data can fill of a dossier's form, and which of it the nation vouches for."""

from dataclasses import dataclass, field
from typing import Final

from app.dossiers.domain.filing import ApplicantKind, IdentityType
from app.lookups.domain.asking import LookUp, Outcome
from app.lookups.domain.businesses import Business
from app.lookups.domain.citizens import Citizen, CitizenPlace

_LONGEST_ADDRESS: Final = 500


@dataclass(frozen=True, slots=True)
class Part:
    """One look-up that was made for a form, and what came of it."""

    look_up_id: str
    service: str
    operation: str
    outcome: Outcome

    @classmethod
    def of(cls, look_up: LookUp, outcome: Outcome) -> "Part":
        """Return a look-up with its outcome."""
        question = look_up.question
        return cls(look_up.id, question.service.value, question.operation, outcome)


@dataclass(frozen=True, slots=True)
class FilledApplicant:
    """The owner of a dossier as `POST /v1/dossiers` takes them; empty is not known or not told."""

    kind: ApplicantKind
    full_name: str | None = field(default=None, repr=False)
    identity_type: IdentityType | None = None
    identity_number: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)


def of_citizen(citizen: Citizen, address: str | None) -> FilledApplicant:
    """Return a citizen as an owner."""
    return FilledApplicant(
        ApplicantKind.CITIZEN,
        citizen.full_name,
        IdentityType.CITIZEN_ID,
        citizen.citizen_id,
        address,
    )


def of_business(business: Business) -> FilledApplicant:
    """Return a business as an owner."""
    whole = business.seat.whole
    return FilledApplicant(
        ApplicantKind.ENTERPRISE,
        business.name,
        IdentityType.TAX_CODE,
        business.code,
        whole and whole[:_LONGEST_ADDRESS],
    )


def address_of(place: CitizenPlace | None, commune: str | None, province: str | None) -> str | None:
    """Return an address in one line; the names of places come from the catalogue."""
    if place is None:
        return None
    parts = [part for part in (place.detail, commune, province) if part]
    return ", ".join(parts)[:_LONGEST_ADDRESS] or None
