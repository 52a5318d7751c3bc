"""What the acts on reports share: what causes them, and whose a report is."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection

from app.access.domain import Caller
from app.calendars.domain import WorkingHours
from app.catalogue.domain import Member, MemberNotFoundError, UnknownMemberError
from app.catalogue.use_cases import show_member
from app.codes import AgencyCode
from app.dossiers.use_cases import rules_of
from app.platform.settings import Settings
from app.reports.domain.errors import UnknownReportError
from app.reports.domain.reports import Report


@dataclass(frozen=True, slots=True)
class Cause:
    """What causes an act: the SHA-256 of its body, and what is set here.

    `receiver_for` is whose sums are owed to the receiver, our province's; None without one.
    """

    digest: str
    hours: WorkingHours
    receiver_for: str | None

    @classmethod
    def of(cls, settings: Settings, digest: str = "") -> Self:
        """Return the cause of an act in a process with these settings."""
        is_connected = settings.ministry_statistics_url is not None
        receiver_for = settings.province if is_connected else None
        return cls(digest, rules_of(settings).hours, receiver_for)


def visible(report: Report | None, caller: Caller) -> Report:
    """Return a report.

    Raises:
        UnknownReportError: if there is none, or it is not the caller's.
    """
    if report is None or not caller.may_see(report.key.agency):
        raise UnknownReportError
    return report


def member_of(connection: Connection, caller: Caller, code: AgencyCode, pointer: str) -> Member:
    """Return the member that a code names in either spelling; `pointer` is where it stood.

    Raises:
        UnknownMemberError: if the catalogue does not know it.
        AgencyNotYoursError: if it is neither the caller's member nor below it.
    """
    try:
        found = show_member(connection, code=code)
    except MemberNotFoundError:
        raise UnknownMemberError(code, pointer) from None
    caller.act_for(found.code, pointer=pointer)
    return found
