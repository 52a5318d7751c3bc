"""What was filed, where a carried dossier's own system says it anew."""

from sqlalchemy import Connection, update

from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.reusing import owner_of
from app.dossiers.tables import dossiers


def replace_filing(connection: Connection, dossier: Dossier) -> None:
    """Write what was filed in the place of what was known of it."""
    filing = dossier.filing
    connection.execute(
        update(dossiers)
        .where(dossiers.c.code == dossier.code)
        .values(
            agency=filing.agency.code,
            procedure=filing.procedure.code,
            owner=owner_of(filing.applicant),
            received_at=filing.times.received_at,
            filing=filing.facts(),
            version=dossiers.c.version + 1,
        )
    )
