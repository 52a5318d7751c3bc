"""JSON in and out of the catalogue."""

from app.catalogue.schemas.divisions import DivisionOut
from app.catalogue.schemas.files import CatalogueIn, read_catalogue
from app.catalogue.schemas.members import MemberOut
from app.catalogue.schemas.procedures import ProcedureOut, ProcedureSummaryOut
from app.catalogue.schemas.syncs import SyncOut

__all__ = [
    "CatalogueIn",
    "DivisionOut",
    "MemberOut",
    "ProcedureOut",
    "ProcedureSummaryOut",
    "SyncOut",
    "read_catalogue",
]
