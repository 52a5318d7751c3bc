"""A catalogue file: members and procedures."""

from pydantic import Field

from app.catalogue.domain import Catalogue
from app.catalogue.schemas.members import MemberIn
from app.catalogue.schemas.procedures import ProcedureIn
from app.platform.bodies import digest_of, parse_json
from app.platform.wire import ApiModel


class CatalogueIn(ApiModel):
    """What a file may hold; a list that is missing is empty."""

    members: tuple[MemberIn, ...] = Field(default=(), max_length=500_000)
    procedures: tuple[ProcedureIn, ...] = Field(default=(), max_length=100_000)


def read_catalogue(raw: bytes) -> Catalogue:
    """Read a catalogue file strictly.

    Raises:
        InvalidInputError: if something does not fit the description; names every place.
        NotJsonError: if it is not JSON.
    """
    said = parse_json(raw, CatalogueIn)
    return Catalogue(
        members=tuple(entry.member() for entry in said.members),
        procedures=tuple(entry.procedure() for entry in said.procedures),
        digest=digest_of(raw),
    )
