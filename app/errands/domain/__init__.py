"""Errands with national services: their rules and their refusals."""

from app.errands.domain.errands import Cancellation, Errand, Facts, New, Patience, Told
from app.errands.domain.errors import (
    EndedErrandError,
    FileNotOfDossierError,
    FilesNotCarriedError,
    FilesTooLargeError,
    NoPaperError,
    NotCancellableError,
    NumberTakenError,
    ReturnWithoutResultError,
    UnknownErrandError,
)
from app.errands.domain.kinds import Kind, State

__all__ = [
    "Cancellation",
    "EndedErrandError",
    "Errand",
    "Facts",
    "FileNotOfDossierError",
    "FilesNotCarriedError",
    "FilesTooLargeError",
    "Kind",
    "New",
    "NoPaperError",
    "NotCancellableError",
    "NumberTakenError",
    "Patience",
    "ReturnWithoutResultError",
    "State",
    "Told",
    "UnknownErrandError",
]
