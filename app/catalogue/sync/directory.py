"""The nation's directory of members: asked for on demand, and by the worker now and then."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import structlog

from app.catalogue.domain import InconsistentCatalogueError, Listed
from app.catalogue.use_cases import sync_members
from app.codes import AgencyCode
from app.evidence.domain import SystemActor
from app.exchange import leases
from app.exchange.vxp.client import AxisUnavailableError, VxpClient
from app.exchange.vxp.wire import AgencyRow, UnitRow
from app.platform.clock import VIETNAM, Clock
from app.platform.database import Database
from app.platform.ids import new_id

_log = structlog.get_logger("lgsp.directory")

_LEASE: Final = "catalogue:members"
_AGAIN: Final = timedelta(minutes=10)
"""After a failure the next attempt comes so late, whatever the interval."""

_LONGEST_NAME: Final = 300
_TIMES: Final = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%Y-%m-%d",
                 "%d/%m/%Y %H:%M:%S", "%d/%m/%Y")  # fmt: skip
"""Text forms of `modifyDate`: which one the axis writes is not known."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The three lists as one; `unusable` counts rows without a code or a name to be read."""

    listed: tuple[Listed, ...]
    unusable: int

    @property
    def digest(self) -> str:
        """SHA-256 over what the lists say."""
        return hashlib.sha256(repr(self.listed).encode()).hexdigest()


async def read_directory(client: VxpClient, clock: Clock) -> Directory:
    """Return the nation's directory; all three lists, or none.

    Raises:
        AxisUnavailableError: if one of them is not told.
    """
    new, old = await client.list_agencies_qd20(), await client.list_agencies()
    units = await client.list_units()
    day = clock.now().astimezone(VIETNAM).date()
    return _Merging(new, day).directory(old, units)


class DirectoryReader:
    """Brings our catalogue up to the nation's directory, once in an interval, by one worker."""

    def __init__(
        self, client: VxpClient, database: Database, clock: Clock, *, every: timedelta, member: str
    ) -> None:
        self._client = client
        self._database = database
        self._clock = clock
        self._every = every
        self._actor = SystemActor("system:directory", member)

    async def turn(self) -> int:
        """Read the directory if it is due; return how much changed."""
        # A holder of its own for each turn: the lease runs for the interval, then anybody's.
        holder = new_id()
        if not await self._take(holder, self._every):
            return 0
        try:
            directory = await read_directory(self._client, self._clock)
            found = await self._database.transact(
                sync_members,
                self._clock,
                self._actor,
                directory.listed,
                digest=directory.digest,
            )
        except (AxisUnavailableError, InconsistentCatalogueError) as error:
            _log.warning("directory-not-read", slug=error.slug, reason=error.detail_en)
            await self._take(holder, min(_AGAIN, self._every))
            return 0
        _log.info(
            "directory-read",
            changed=len(found.changes),
            skipped=len(found.skipped),
            unchanged=found.unchanged,
        )
        return len(found.changes)

    async def release(self) -> None:
        """Keep the lease: it says when the directory was read."""

    async def _take(self, holder: str, duration: timedelta) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=_LEASE, holder=holder, duration=duration
        )


class _Merging:
    """One unit in up to three lists, under the code of QĐ 20/2020."""

    def __init__(self, new: Sequence[AgencyRow], day: date) -> None:
        self._day = day
        self._found: dict[str, Listed] = {}
        self._unusable = 0
        self._of_qcvn: dict[str, str] = {
            row.qcvn_code: row.code for row in new if row.qcvn_code is not None
        }
        for row in new:
            self._put(row.code, row.name, qcvn=row.qcvn_code)

    def directory(self, old: Sequence[AgencyRow], units: Sequence[UnitRow]) -> Directory:
        for rows in (old, units):
            by_id = {row.id: row.code for row in rows if row.id is not None}
            for row in rows:
                self._put_row(row, by_id)
        return Directory(tuple(self._found.values()), self._unusable)

    def _put_row(self, row: AgencyRow | UnitRow, by_id: Mapping[str, str]) -> None:
        closed_on = None
        former = row.former_code if isinstance(row, AgencyRow) else None
        if isinstance(row, UnitRow) and row.is_deleted:
            closed_on = min(_day(row.modified_at) or self._day, self._day)
        self._put(
            row.code,
            row.name,
            parent=by_id.get(row.parent_id or ""),
            former=former,
            closed_on=closed_on,
        )

    def _put(
        self,
        text: str,
        name: str | None,
        *,
        qcvn: str | None = None,
        parent: str | None = None,
        former: str | None = None,
        closed_on: date | None = None,
    ) -> None:
        code = self._code(text)
        said = unicodedata.normalize("NFC", " ".join((name or "").split()))
        if code is None or not said or len(said) > _LONGEST_NAME or not said.isprintable():
            self._unusable += 1
            return
        older = qcvn or (text if text != code else None)
        known = self._found.get(code) or Listed(code, said)
        self._found[code] = Listed(
            code,
            said,
            known.qcvn or older,
            known.parent or self._code(parent),
            known.former or _plain(former),
            closed_on or known.closed_on,
        )

    def _code(self, text: str | None) -> AgencyCode | None:
        """Return today's code of a unit that is named in either spelling."""
        found = _plain(None if text is None else self._of_qcvn.get(text, text))
        return None if found is None else AgencyCode(found.canonical)


def _plain(text: str | None) -> AgencyCode | None:
    try:
        return None if text is None else AgencyCode(text.strip())
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    """Return the day; None for what is none, the first day of the calendar included."""
    for form in _TIMES:
        try:
            found = datetime.strptime((text or "").strip(), form).replace(tzinfo=VIETNAM).date()
        except ValueError:
            continue
        return None if found == date.min else found
    return None
