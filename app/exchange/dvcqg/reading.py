"""What we read at the national portal: every answer whole and understood, or an error."""

from typing import Final, TypeVar

import structlog
from pydantic import JsonValue, ValidationError

from app.exchange.dvcqg.error_codes import Meaning
from app.exchange.dvcqg.portal import Portal
from app.exchange.dvcqg.wire import (
    AccountRow,
    AgencyRow,
    Call,
    FindAccount,
    GetProcedure,
    GivenAnswer,
    ListAgencies,
    ListAnswers,
    ListDrafted,
    ListEntries,
    ListProcedures,
    ListQuestions,
    ListSectors,
    ProcedureRecord,
    ProcedureRow,
    Question,
    SectorRow,
)
from app.exchange.outcomes import Deferred
from app.platform.errors import UnavailableError
from app.platform.wire import WireModel

_log = structlog.get_logger("lgsp.dvcqg")

_SKIPPED: Final = "0"
"""State of a question that is to be left out."""

_Read = TypeVar("_Read", bound=WireModel)


class PortalUnavailableError(UnavailableError):
    """The national portal did not give a usable answer."""

    slug = "portal-unavailable"
    title = "Cổng Dịch vụ công quốc gia chưa sẵn sàng"
    title_en = "The national public service portal is unavailable"

    def __init__(self, deferred: Deferred) -> None:
        wait = deferred.retry_after
        super().__init__(
            "Chưa lấy được dữ liệu từ Cổng Dịch vụ công quốc gia, vui lòng thử lại sau.",
            "The national public service portal gave no usable answer; try again later.",
            retry_after=None if wait is None else int(wait.total_seconds()),
        )


class PortalReader:
    """Reads at the portal; each method raises `PortalUnavailableError` without a usable answer.

    An answer without a list is a failure too: a caller may switch off what a list does not hold.
    """

    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    async def list_procedures(self) -> tuple[ProcedureRow, ...]:
        """Return every procedure of the national catalogue, code and name."""
        return await self._rows(ListProcedures(), ProcedureRow)

    async def get_procedure(self, code: str) -> ProcedureRecord | None:
        """Return one procedure, or None if the national catalogue does not know it."""
        found = await self.read(GetProcedure(procedure_code=code))
        return _parsed(ProcedureRecord, found[0]) if found else None

    async def list_agencies(self) -> tuple[AgencyRow, ...]:
        """Return every agency of the nation."""
        return await self._rows(ListAgencies(), AgencyRow)

    async def list_sectors(self) -> tuple[SectorRow, ...]:
        """Return every sector, with the agency that owns it."""
        return await self._rows(ListSectors(), SectorRow)

    async def list_entries(self, catalogue: str) -> tuple[JsonValue, ...]:
        """Return the rows of one of `OPEN_CATALOGUES` as they come."""
        return await self.read(ListEntries(service=catalogue))

    async def find_account(self, number: str) -> str | None:
        """Return the TechID of a tax code or identity number; None if there is no account."""
        found = await self._rows(FindAccount(number=number), AccountRow)
        return found[0].account_id if found else None

    async def list_questions(self) -> tuple[Question, ...]:
        """Return the citizens' questions to us, without those to be skipped."""
        found = await self._rows(ListQuestions(), Question)
        return tuple(question for question in found if question.state != _SKIPPED)

    async def list_drafted(self) -> tuple[Question, ...]:
        """Return questions and answers that agencies drafted."""
        return await self._rows(ListDrafted(), Question)

    async def list_answers(self, question_id: str) -> tuple[GivenAnswer, ...]:
        """Return the answers to one question."""
        return await self._rows(ListAnswers(question_id=question_id), GivenAnswer)

    async def read(self, call: Call) -> tuple[JsonValue, ...]:
        """Return the rows of any read as they come."""
        reply = await self._portal.ask(call)
        if isinstance(reply, Deferred):
            raise PortalUnavailableError(reply)
        if reply.meaning is not Meaning.DONE or reply.rows is None:
            _log.error("portal_read_without_result", service=call.service, meaning=reply.meaning)
            raise PortalUnavailableError(Deferred("no-result", alarm=True))
        return reply.rows

    async def _rows(self, call: Call, kind: type[_Read]) -> tuple[_Read, ...]:
        return tuple(_parsed(kind, row) for row in await self.read(call))


def _parsed(kind: type[_Read], row: JsonValue) -> _Read:
    try:
        return kind.model_validate(row, by_name=False)
    except ValidationError as error:
        _log.error("portal_row_unreadable", kind=kind.__name__)
        raise PortalUnavailableError(Deferred("contract-breach", alarm=True)) from error
