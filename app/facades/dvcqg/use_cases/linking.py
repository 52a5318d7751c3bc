"""Filing pages, and which of them the portal's deep link leads to."""

from sqlalchemy import Connection

from app.catalogue.domain import UnknownProcedureError
from app.catalogue.use_cases import current_member, find_procedure, resolve_member
from app.codes import AgencyCode
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.facades.dvcqg import store
from app.facades.dvcqg.domain.linking import (
    FilingPage,
    Link,
    NoFilingPageError,
    UnknownServiceLinkError,
)
from app.platform.clock import Clock


def register_page(
    connection: Connection, clock: Clock, *, agency: AgencyCode, url: str
) -> FilingPage:
    """Register where one files for an agency and all below it, in place of what was there.

    Raises:
        UnknownMemberError, ClosedMemberError: if it is no open member.
        UnsafePageError: if the address may not be a filing page.
    """
    member = resolve_member(connection, clock, agency, pointer="/agency")
    page = FilingPage(member.code, url, clock.now())
    store.put_page(connection, page)
    _note(connection, clock, "filing-page.register", member.code)
    return page


def forget_page(connection: Connection, clock: Clock, *, agency: AgencyCode) -> None:
    """Lead nobody to an agency's filing page any more.

    Raises:
        NoFilingPageError: if it has none.
    """
    if not store.drop_page(connection, agency):
        raise NoFilingPageError
    _note(connection, clock, "filing-page.forget", agency)


def page_for(connection: Connection, clock: Clock, *, link: Link, province: AgencyCode) -> str:
    """Return the address of the filing page that a link leads to.

    An agency that closed is the one that took its place.

    Raises:
        UnknownServiceLinkError: if the province has no such procedure or agency.
        NoFilingPageError: if nobody takes dossiers online for it.
    """
    try:
        find_procedure(connection, link.procedure, pointer="/MaTTHCDP")
    except UnknownProcedureError:
        raise UnknownServiceLinkError("thủ tục", "a procedure") from None
    member = current_member(connection, clock, link.agency)
    if member is None or not member.code.within(province):
        raise UnknownServiceLinkError("cơ quan", "an agency")
    page = store.nearest_page(connection, member.code)
    if page is None:
        raise NoFilingPageError
    return page.for_link(link, member.code)


def _note(connection: Connection, clock: Clock, act: str, agency: AgencyCode) -> None:
    administrator = SystemActor("system:administrator", "")
    record(connection, clock, administrator, Act(act, f"agency:{agency.canonical}"))
