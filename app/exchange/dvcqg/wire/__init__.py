"""Every record and call of the portal; the only place here that knows its Vietnamese names."""

from app.exchange.dvcqg.wire.calls import (
    MAX_ROWS,
    Call,
    FindDossier,
    GetProcedure,
    ListProcedures,
    Login,
    PortalAnswer,
    PushDossiers,
    PushProgress,
)
from app.exchange.dvcqg.wire.dossiers import (
    DatabaseUse,
    DossierRecord,
    Fee,
    OtherPaper,
    OwnerIdentity,
    ProgressRow,
    ResultPaper,
    SubmittedPaper,
    SupplementRound,
)
from app.exchange.dvcqg.wire.procedures import ProcedureRecord, ProcedureRow

__all__ = [
    "MAX_ROWS",
    "Call",
    "DatabaseUse",
    "DossierRecord",
    "Fee",
    "FindDossier",
    "GetProcedure",
    "ListProcedures",
    "Login",
    "OtherPaper",
    "OwnerIdentity",
    "PortalAnswer",
    "ProcedureRecord",
    "ProcedureRow",
    "ProgressRow",
    "PushDossiers",
    "PushProgress",
    "ResultPaper",
    "SubmittedPaper",
    "SupplementRound",
]
