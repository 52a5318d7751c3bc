"""Members and procedures: what they are, and what makes a catalogue consistent."""

from app.catalogue.domain.errors import (
    ClosedMemberError,
    InconsistentCatalogueError,
    MemberNotFoundError,
    ProcedureNotFoundError,
    ProvinceNotFoundError,
    UnknownMemberError,
    UnknownProcedureError,
    UpcomingMemberError,
)
from app.catalogue.domain.importing import Catalogue, Counts, Imported, faults_of
from app.catalogue.domain.members import Division, Member, MemberKind, older_spellings
from app.catalogue.domain.procedures import (
    HEAD_FIELDS,
    FullProcedure,
    Procedure,
    ProcedureState,
)
from app.catalogue.domain.searching import fold

__all__ = [
    "HEAD_FIELDS",
    "Catalogue",
    "ClosedMemberError",
    "Counts",
    "Division",
    "FullProcedure",
    "Imported",
    "InconsistentCatalogueError",
    "Member",
    "MemberKind",
    "MemberNotFoundError",
    "Procedure",
    "ProcedureNotFoundError",
    "ProcedureState",
    "ProvinceNotFoundError",
    "UnknownMemberError",
    "UnknownProcedureError",
    "UpcomingMemberError",
    "faults_of",
    "fold",
    "older_spellings",
]
