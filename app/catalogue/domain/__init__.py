"""Members and procedures: what they are, and what makes a catalogue consistent."""

from app.catalogue.domain.comparing import (
    Change,
    ChangeKind,
    Difference,
    Listed,
    Skipped,
    compare,
)
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
    "Change",
    "ChangeKind",
    "ClosedMemberError",
    "Counts",
    "Difference",
    "Division",
    "FullProcedure",
    "Imported",
    "InconsistentCatalogueError",
    "Listed",
    "Member",
    "MemberKind",
    "MemberNotFoundError",
    "Procedure",
    "ProcedureNotFoundError",
    "ProcedureState",
    "ProvinceNotFoundError",
    "Skipped",
    "UnknownMemberError",
    "UnknownProcedureError",
    "UpcomingMemberError",
    "compare",
    "faults_of",
    "fold",
    "older_spellings",
]
