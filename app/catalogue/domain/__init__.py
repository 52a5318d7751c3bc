"""Members and procedures: what they are, and what makes a catalogue consistent."""

from app.catalogue.domain.comparing import (
    Change,
    ChangeKind,
    DirectoryDifference,
    Listed,
    Skipped,
    compare,
)
from app.catalogue.domain.differences import (
    Altered,
    Difference,
    Fetched,
    MassWithdrawalError,
    Named,
    closest,
    difference,
    is_due,
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
    "Altered",
    "Catalogue",
    "Change",
    "ChangeKind",
    "ClosedMemberError",
    "Counts",
    "Difference",
    "DirectoryDifference",
    "Division",
    "Fetched",
    "FullProcedure",
    "Imported",
    "InconsistentCatalogueError",
    "Listed",
    "MassWithdrawalError",
    "Member",
    "MemberKind",
    "MemberNotFoundError",
    "Named",
    "Procedure",
    "ProcedureNotFoundError",
    "ProcedureState",
    "ProvinceNotFoundError",
    "Skipped",
    "UnknownMemberError",
    "UnknownProcedureError",
    "UpcomingMemberError",
    "closest",
    "compare",
    "difference",
    "faults_of",
    "fold",
    "is_due",
    "older_spellings",
]
