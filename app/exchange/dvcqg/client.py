"""What we do at the national public service portal: look up, push, report, answer."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

import httpx
import structlog

from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.error_codes import DEFAULT_SESSION_CODES, Meaning
from app.exchange.dvcqg.portal import DvcqgAccount, Portal, Reply, shown
from app.exchange.dvcqg.reading import PortalReader
from app.exchange.dvcqg.wire import (
    MAX_ROWS,
    AnswerToCitizen,
    Call,
    DossierRecord,
    DraftedQuestion,
    FindDossier,
    NationalDossierStatus,
    ProgressRow,
    PushAnswers,
    PushDossiers,
    PushDrafted,
    PushProgress,
    ReportStatus,
)
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused

_log = structlog.get_logger("lgsp.dvcqg")

_LONGEST_REASON: Final = 200

SUPERSEDED: Final = "superseded"
"""Reference of a delivery that the portal passed over because its own state is further on."""


class DvcqgClient(PortalReader):
    """Speaks to the portal for one account; one object per process and event loop.

    A session is asked for when the first call needs it. A call whose session has expired is
    repeated once under a new one. `deadline` bounds each HTTP call, `script_deadline` all calls
    of one `sync_dossier`: keep it below the lease of the message that it delivers.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        address: DvcqgAddress,
        account: DvcqgAccount,
        session_codes: Collection[str] = DEFAULT_SESSION_CODES,
        deadline: timedelta = timedelta(seconds=60),
        script_deadline: timedelta = timedelta(seconds=100),
    ) -> None:
        self._script_deadline = script_deadline
        super().__init__(
            Portal(
                http,
                address=address,
                account=account,
                session_codes=session_codes,
                deadline=deadline,
            )
        )

    async def sync_dossier(self, record: DossierRecord, rows: Sequence[ProgressRow]) -> Outcome:
        """Make the portal hold `record` and its progress `rows`, in order.

        Look up, insert or update, then the rows ten at a time. Safe to repeat: the record
        replaces what the portal holds, and a row it already has counts as delivered.
        """
        try:
            async with asyncio.timeout(self._script_deadline.total_seconds()):
                return await self._sync(record, rows)
        except TimeoutError:
            return Deferred("timeout")

    async def find_dossier(self, code: str) -> bool | Deferred:
        """Tell whether the portal holds a dossier; a refused look-up is deferred, with an alarm."""
        reply = await self._portal.ask(FindDossier(dossier_code=code))
        if isinstance(reply, Deferred):
            return reply
        if reply.meaning is not Meaning.DONE:
            return Deferred("look-up-refused", alarm=True)
        return bool(reply.rows)

    async def push_dossiers(
        self, records: Sequence[DossierRecord], *, is_updating: bool
    ) -> Reply | Deferred:
        """Insert or replace dossiers; `EXISTS` answers an insert that must be an update."""
        return await self._portal.ask(
            PushDossiers(is_updating="True" if is_updating else "False", dossiers=tuple(records))
        )

    async def push_progress(self, rows: Sequence[ProgressRow]) -> Reply | Deferred:
        """Add one to ten progress rows.

        Raises:
            ValueError: if there are none, or more than ten.
        """
        return await self._portal.ask(PushProgress(rows=tuple(rows)))

    async def report_status(self, told: NationalDossierStatus) -> Outcome:
        """Tell where a dossier stands that the nation sent us."""
        return _outcome(await self._portal.ask(ReportStatus(told=told)))

    async def report_statuses(self, told: Sequence[NationalDossierStatus]) -> Outcome:
        """Tell several statuses, one after the other, until one is not taken.

        Safe to repeat: one that is told again is the same word for word.
        """
        outcome: Outcome = Delivered()
        try:
            async with asyncio.timeout(self._script_deadline.total_seconds()):
                for one in told:
                    outcome = await self.report_status(one)
                    if not isinstance(outcome, Delivered):
                        break
        except TimeoutError:
            return Deferred("timeout")
        return outcome

    async def push_drafted(self, questions: Sequence[DraftedQuestion]) -> Outcome:
        """Push questions and answers that we drafted."""
        return _outcome(await self._portal.ask(PushDrafted(questions=tuple(questions))))

    async def push_answers(self, answers: Sequence[AnswerToCitizen]) -> Outcome:
        """Answer questions that citizens sent through the portal."""
        return _outcome(await self._portal.ask(PushAnswers(answers=tuple(answers))))

    async def ask(self, call: Call) -> Reply | Deferred:
        """Send any call under our session and return the answer as it is understood."""
        return await self._portal.ask(call)

    async def _sync(self, record: DossierRecord, rows: Sequence[ProgressRow]) -> Outcome:
        found = await self.find_dossier(record.code)
        if isinstance(found, Deferred):
            return found
        reply = await self.push_dossiers([record], is_updating=found)
        if isinstance(reply, Reply) and reply.meaning is Meaning.EXISTS and not found:
            reply = await self.push_dossiers([record], is_updating=True)
        outcome = _outcome(reply)
        for start in range(0, len(rows), MAX_ROWS):
            if not isinstance(outcome, Delivered):
                break
            outcome = await self._deliver_rows(rows[start : start + MAX_ROWS])
        return outcome

    async def _deliver_rows(self, rows: Sequence[ProgressRow]) -> Outcome:
        reply = await self.push_progress(rows)
        if isinstance(reply, Reply) and reply.meaning in {Meaning.EXISTS, Meaning.TERMINAL}:
            # One row the portal has already may have kept out the others: send each alone.
            if len(rows) > 1:
                return await self._deliver_singly(rows)
            return _superseded(reply)
        return _outcome(reply)

    async def _deliver_singly(self, rows: Sequence[ProgressRow]) -> Outcome:
        outcome: Outcome = Delivered()
        for row in rows:
            outcome = await self._deliver_rows([row])
            if not isinstance(outcome, Delivered):
                break
        return outcome


def _outcome(reply: Reply | Deferred) -> Outcome:
    if isinstance(reply, Deferred):
        return reply
    match reply.meaning:
        case Meaning.DONE:
            return Delivered()
        case Meaning.TERMINAL:
            return _superseded(reply)
        case Meaning.REFUSED:
            return Refused(shown(reply.code), reply.text[:_LONGEST_REASON])
        case _:
            return Deferred(reply.meaning.value, alarm=reply.meaning is not Meaning.NOT_YET)


def _superseded(reply: Reply) -> Delivered:
    # No repeat can change it, so it counts as delivered; the log and the reference tell.
    _log.warning("portal_superseded", meaning=reply.meaning.value)
    return Delivered(SUPERSEDED)
