"""Applying for a judicial record, with files of the dossier that it is for."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain.file_errors import UnknownFileError
from app.dossiers.use_cases import files
from app.errands.domain import (
    Errand,
    FileNotOfDossierError,
    FilesNotCarriedError,
    FilesTooLargeError,
    New,
)
from app.errands.use_cases.owing import place
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Carriage:
    """Whether the interface that is connected takes files, and how many bytes at most."""

    takes_files: bool
    most: int


def apply(
    connection: Connection, clock: Clock, caller: Caller, wanted: New, carriage: Carriage
) -> Errand:
    """Owe the ministry an application; raises as `place` does.

    Raises:
        FilesNotCarriedError: if it has files and the interface takes none.
        FileNotOfDossierError: if a file is not one that its dossier names.
        FilesTooLargeError: if they do not go into one message.
    """
    asked = wanted.facts["files"]
    if asked and not carriage.takes_files:
        raise FilesNotCarriedError
    sizes = [_size(connection, caller, wanted, number) for number in range(len(asked))]
    if sum(sizes) > carriage.most:
        raise FilesTooLargeError(carriage.most)
    return place(connection, clock, caller, wanted)


def _size(connection: Connection, caller: Caller, wanted: New, number: int) -> int:
    try:
        held = files.show_file(connection, caller, wanted.facts["files"][number]["file_id"])
    except UnknownFileError:
        raise FileNotOfDossierError(number) from None
    if held.dossier is None or held.dossier != wanted.dossier:
        raise FileNotOfDossierError(number)
    return held.size
