"""Under which code we know an agency."""

from sqlalchemy import Connection

from app.catalogue.domain import MemberNotFoundError
from app.catalogue.use_cases import show_member
from app.codes import AgencyCode


def known_as(connection: Connection, code: AgencyCode) -> AgencyCode:
    """Return the code under which we know an agency; one we do not know keeps its own."""
    try:
        return show_member(connection, code=code).code
    except MemberNotFoundError:
        return AgencyCode(code.canonical)


def is_served(code: AgencyCode, province: str, others: tuple[AgencyCode, ...]) -> bool:
    """Tell whether a member is connected to us: one of our province, or one of the others."""
    return code.root == province or any(code.within(other) for other in others)
