"""Which systems of which members are connected, and when each last did something here."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal, select

from app.access.domain import Scope
from app.access.tables import clients, systems
from app.catalogue.tables import members
from app.codes import AgencyCode
from app.evidence.tables import evidence
from app.platform.clock import VIETNAM
from app.public_services.domain.coverage import Link

_AXIS = "vxp:"
"""How the evidence log names a system of the document axis's wire."""


def links(connection: Connection) -> Sequence[Link]:
    """Return every system in force."""
    clients_in_force = select(
        clients.c.member, clients.c.scopes, _last(clients.c.client_id).label("acted_at")
    ).where(clients.c.revoked_at.is_(None))
    found = [
        Link(
            AgencyCode(row.member),
            is_one_stop=Scope.SUBMIT_DOSSIERS in row.scopes,
            sends_documents=Scope.SEND_DOCUMENTS in row.scopes,
            acted_on=_day(row.acted_at),
        )
        for row in connection.execute(clients_in_force)
    ]
    named = literal(_AXIS).concat(systems.c.system_id)
    systems_in_force = select(systems.c.member, _last(named).label("acted_at")).where(
        systems.c.revoked_at.is_(None)
    )
    return found + [
        Link(AgencyCode(row.member), is_on_axis=True, acted_on=_day(row.acted_at))
        for row in connection.execute(systems_in_force)
    ]


def names(connection: Connection, codes: Iterable[AgencyCode]) -> dict[str, str]:
    """Return the names of members by their codes."""
    wanted = select(members.c.code, members.c.name).where(members.c.code.in_(map(str, codes)))
    return {row.code: row.name for row in connection.execute(wanted)}


def _last(client: ColumnElement[Any]) -> Any:
    """Return when a client last did something; an index leads straight to it."""
    return (
        select(evidence.c.at)
        .where(evidence.c.client_id == client)
        .order_by(evidence.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(VIETNAM).date()
