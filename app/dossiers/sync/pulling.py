"""Pulling what a ministry's system received: on demand, and by the worker now and then."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import structlog
from pydantic import JsonValue

from app.access.domain import Caller
from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.dossiers.domain.errors import DueTooEarlyError
from app.dossiers.domain.filing import (
    Agency,
    Applicant,
    ApplicantKind,
    Channel,
    FiledProcedure,
    Filing,
    ResultDelivery,
    Times,
)
from app.dossiers.domain.intake import Entry, Intake, IntakeSource
from app.dossiers.domain.received import ReceivedFile
from app.dossiers.domain.statuses import Status
from app.dossiers.use_cases.owing import Cause
from app.dossiers.use_cases.pulling import Pulled, Taken, is_pulled, pull
from app.exchange import leases
from app.exchange.dvcqg.ministry import MinistryReader
from app.exchange.dvcqg.reading import PortalUnavailableError
from app.exchange.dvcqg.wire import MinistryRow, NamedFile
from app.platform.clock import VIETNAM, Clock
from app.platform.contents import Content
from app.platform.database import Database
from app.platform.errors import ProblemError
from app.platform.ids import new_id
from app.platform.settings import Settings
from app.platform.storage.streams import Deposit

_log = structlog.get_logger("lgsp.ministry")

MINISTRY: Final = "system:ministry"
"""Who acts when a dossier is pulled."""

Told = Callable[[int, int], None]
"""Hears how many rows are done, of how many."""

_LEASE: Final = "dossiers:ministry"
_AGAIN: Final = timedelta(minutes=10)
_ACCEPTED: Final = "2"
_STATUSES: Final = {str(status.code): status for status in Status}
_DELIVERIES: Final = {"1": ResultDelivery.POSTAL}
_FORMS: Final = ("%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d",
                 "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y")  # fmt: skip
"""Forms of a moment: which one a ministry writes is not known. One without a time is midnight."""


class UnreadableRowError(Exception):
    """A row does not say what a dossier here must have; `why` names the field."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pull came to; `skipped` are codes that were not taken, each with the reason."""

    new: int = 0
    moved: int = 0
    unchanged: int = 0
    skipped: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PullTerms:
    """What pulling is set to: whose dossiers, of which province, files up to how many bytes."""

    unit: AgencyCode
    province: AgencyCode
    longest: int
    cause: Cause

    @classmethod
    def of(cls, settings: Settings) -> "PullTerms":
        """Return what is set."""
        return cls(
            unit=AgencyCode(settings.ministry_unit or settings.province),
            province=AgencyCode(settings.province),
            longest=settings.received_file_bytes,
            cause=Cause.of(settings, hashlib.sha256(b"").hexdigest()),
        )


class MinistryPull:
    """Pulls the dossiers of some days; a row that cannot be taken hinders no other."""

    def __init__(
        self, ministry: MinistryReader, database: Database, clock: Clock, terms: PullTerms
    ) -> None:
        self._ministry = ministry
        self._database = database
        self._clock = clock
        self._terms = terms

    async def run(self, first: date, last: date, told: Told | None = None) -> Outcome:
        """Take over what was received on these days, both in it.

        Raises:
            PortalUnavailableError: if the ministry gives no usable answer; what was taken stays.
        """
        rows = await self._ministry.list_dossiers(self._terms.unit, first, last)
        counts = dict.fromkeys(Taken, 0)
        skipped: list[tuple[str, str]] = []
        for done, row in enumerate(rows, 1):
            try:
                counts[await self._take(row)] += 1
            except UnreadableRowError as wrong:
                skipped.append((row.code, wrong.why))
            except PortalUnavailableError:
                raise
            except ProblemError as problem:
                skipped.append((row.code, problem.slug))
            if told is not None:
                told(done, len(rows))
        return Outcome(
            counts[Taken.NEW], counts[Taken.MOVED], counts[Taken.UNCHANGED], tuple(skipped)
        )

    async def _take(self, row: MinistryRow) -> Taken:
        terms, code = self._terms, _dossier_code(row.code)
        filing = filing_of(row, unit=terms.unit, now=self._clock.now())
        files: Sequence[ReceivedFile] = ()
        if not await self._database.read(is_pulled, code):
            files = await self._files(row)
        pulled = Pulled(
            code=code,
            filing=filing,
            status=status_of(row),
            content=said_of(row),
            unit=_unit(row.unit_code),
            files=files,
        )
        ministry = Caller(MINISTRY, terms.province, frozenset(), new_id())
        async with Deposit(self._database, self._clock) as deposit:
            await deposit.lay([one.content for one in files])
            return await self._database.transact(
                pull, self._clock, ministry, pulled=pulled, cause=terms.cause
            )

    async def _files(self, row: MinistryRow) -> Sequence[ReceivedFile]:
        """Return the files of a dossier; one that is missing, spoilt or too large is left there."""
        details = await self._ministry.look_up(row.code)
        named = row.files if details is None else details.files
        found = [await self._file(one) for one in named if one.path]
        return [one for one in found if one is not None]

    async def _file(self, named: NamedFile) -> ReceivedFile | None:
        given = await self._ministry.fetch(named.path)
        try:
            data = b"" if given is None else base64.b64decode(given.content, validate=True)
        except (binascii.Error, ValueError):
            data = b""
        if not data or len(data) > self._terms.longest:
            _log.warning("ministry_file_left", size=len(data))
            return None
        name = named.name or named.path.rpartition("/")[2] or "tep"
        return ReceivedFile(name[:500], Content.of(data), named.path[:2000])


class PullingReceiver:
    """Pulls the last days once in an interval, by one worker."""

    def __init__(
        self, pull: MinistryPull, database: Database, clock: Clock, *, every: timedelta, days: int
    ) -> None:
        self._pull = pull
        self._database = database
        self._clock = clock
        self._every = every
        self._days = days

    async def turn(self) -> int:
        """Pull if it is due; return how many dossiers came or moved."""
        holder = new_id()
        if not await self._take(holder, self._every):
            return 0
        today = self._clock.now().astimezone(VIETNAM).date()
        try:
            found = await self._pull.run(today - timedelta(days=self._days - 1), today)
        except PortalUnavailableError as error:
            _log.warning("ministry_not_pulled", slug=error.slug)
            await self._take(holder, min(_AGAIN, self._every))
            return 0
        _log.info("ministry_pulled", new=found.new, moved=found.moved, skipped=len(found.skipped))
        return found.new + found.moved

    async def release(self) -> None:
        """Keep the lease: it says when was pulled."""

    async def _take(self, holder: str, duration: timedelta) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=_LEASE, holder=holder, duration=duration
        )


def filing_of(row: MinistryRow, *, unit: AgencyCode, now: datetime) -> Filing:
    """Return a row as what its agency received; what it does not say is left open.

    Raises:
        UnreadableRowError: if the procedure's code is none, or nobody is named.
    """
    if not row.applicant:
        raise UnreadableRowError("applicant")
    try:
        procedure = ProcedureCode(row.procedure_code)
    except ValueError:
        raise UnreadableRowError("procedure_code") from None
    return Filing(
        procedure=FiledProcedure(procedure, row.service_name[:1000], "", ""),
        agency=Agency(unit, ""),
        channel=Channel.ONLINE,
        applicant=Applicant(ApplicantKind.CITIZEN, row.applicant[:300], None),
        summary=(row.service_name or row.code)[:1000],
        times=_times(row, now),
        result_delivery=_DELIVERIES.get(row.result_delivery, ResultDelivery.DIRECT),
        intake=Intake(IntakeSource.PORTAL, entry=Entry.MINISTRY, reference=row.code),
    )


def status_of(row: MinistryRow) -> Status:
    """Return where a dossier stands: accepted, unless the row says otherwise.

    Raises:
        UnreadableRowError: if its status is none of the ten.
    """
    try:
        return _STATUSES[row.status_code or _ACCEPTED]
    except KeyError:
        raise UnreadableRowError("status_code") from None


def said_of(row: MinistryRow) -> dict[str, JsonValue]:
    """Return a row in its own words."""
    told: dict[str, JsonValue] = row.model_dump(mode="json", exclude={"files"})
    return told


def _times(row: MinistryRow, now: datetime) -> Times:
    submitted = moment_of(row.submitted_at)
    received = moment_of(row.received_at) or submitted or now
    try:
        return Times(received, submitted, moment_of(row.due_at))
    except DueTooEarlyError:
        return Times(received, submitted)


def moment_of(text: str) -> datetime | None:
    """Return a moment in Vietnam in whichever of the known forms; None if it has none of them."""
    for form in _FORMS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    return None


def _dossier_code(text: str) -> DossierCode:
    try:
        return DossierCode(text)
    except ValueError:
        raise UnreadableRowError("code") from None


def _unit(text: str) -> AgencyCode | None:
    try:
        return AgencyCode(text)
    except ValueError:
        return None
