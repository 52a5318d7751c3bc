"""Searches for earlier results, and what they find."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from app.codes import AgencyCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.reusing import WITH_RESULT, Consent, Search
from app.dossiers.store.rows import dossier_of
from app.dossiers.tables import dossiers, searches


def ended_of(connection: Connection, owner: str, *, at_most: int) -> Sequence[Dossier]:
    """Return an owner's dossiers that have a result, the latest first."""
    statement = (
        select(dossiers)
        .where(dossiers.c.owner == owner, dossiers.c.status.in_([one.value for one in WITH_RESULT]))
        .order_by(dossiers.c.number.desc())
        .limit(at_most)
    )
    return [dossier_of(row) for row in connection.execute(statement)]


def of_owners(
    connection: Connection, owners: Sequence[str], *, before: int | None, limit: int
) -> Sequence[tuple[int, Dossier]]:
    """Return dossiers of some owners with their numbers, the latest first, before a number."""
    statement = (
        select(dossiers)
        .where(dossiers.c.owner.in_(owners))
        .order_by(dossiers.c.number.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(dossiers.c.number < before)
    return [(row.number, dossier_of(row)) for row in connection.execute(statement)]


def add(connection: Connection, search: Search, *, client_id: str, found: int) -> None:
    """Keep a search with its purpose and consent."""
    connection.execute(
        insert(searches).values(
            id=search.id,
            member=search.member,
            client_id=client_id,
            owner=search.owner,
            purpose=search.purpose,
            consent=search.consent.reference,
            consented_at=search.consent.given_at,
            searched_at=search.searched_at,
            found=found,
        )
    )


def find(connection: Connection, search_id: str) -> Search | None:
    """Return a search."""
    row = connection.execute(select(searches).where(searches.c.id == search_id)).one_or_none()
    if row is None:
        return None
    return Search(
        id=row.id,
        member=AgencyCode(row.member),
        owner=row.owner,
        purpose=row.purpose,
        consent=Consent(row.consent, row.consented_at),
        searched_at=row.searched_at,
    )
