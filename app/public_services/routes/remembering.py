"""Public statuses as they were told last, told again as long as nothing of them has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection
from starlette.requests import Request

from app.codes import DossierCode
from app.platform.context import Context
from app.platform.gathering import Gathering
from app.public_services.domain import NotShownError
from app.public_services.domain.standing import late_from
from app.public_services.schemas.tracking import PublicStatusOut
from app.public_services.store.tracking import Looked
from app.public_services.use_cases.tracking import Mark, Question, look_at, marks_of

_KEPT: Final = 2_000
"""Statuses that a process remembers, a few KB each; beyond them the first are forgotten."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where a dossier stands, in JSON too, and the mark of what that was told of.

    Behind `turns_at` the dossier is late without anybody's act.
    """

    mark: Mark
    status: PublicStatusOut
    content: bytes
    turns_at: datetime | None

    def holds(self, mark: Mark, now: datetime) -> bool:
        """Tell whether the same would be said now."""
        return self.mark == mark and (self.turns_at is None or now <= self.turns_at)


class Statuses:
    """Tells public statuses; what is remembered only saves reading and writing one anew.

    Every look reads the mark of its dossier, so no answer is older than its question. One reading
    at a time serves all who ask, and it alone touches what is remembered.
    """

    def __init__(self, ctx: Context, *, kept: int = _KEPT) -> None:
        self._ctx = ctx
        self._kept = kept
        self._told: dict[DossierCode, Told] = {}
        self._gathering = Gathering(ctx.database, self._read)

    async def find(self, code: str, tracking_code: str | None) -> Told:
        """Return where a dossier stands to whoever holds its tracking code.

        Raises:
            NotShownError: whatever is wrong, so that nothing can be learnt by asking.
        """
        try:
            question = Question(DossierCode(code), tracking_code or "")
        except ValueError:
            raise NotShownError from None
        found = await self._gathering.ask(question)
        if found is None:
            raise NotShownError
        return found

    def _read(
        self, connection: Connection, questions: Sequence[Question]
    ) -> Mapping[Question, Told]:
        now = self._ctx.clock.now()
        marks = marks_of(connection, questions)
        known: dict[DossierCode, Told] = {}
        changed: dict[DossierCode, Mark] = {}
        for question, mark in marks.items():
            told = self._told.get(question.code)
            if told is not None and told.holds(mark, now):
                known[question.code] = told
            else:
                changed[question.code] = mark
        for looked in look_at(connection, changed):
            code = looked.dossier.code
            known[code] = self._remembered(code, changed[code], looked, now)
        return {question: known[question.code] for question in marks}

    def _remembered(self, code: DossierCode, mark: Mark, looked: Looked, now: datetime) -> Told:
        status = PublicStatusOut.of(looked, now=now, url=page_address(self._ctx, code))
        content = status.model_dump_json().encode()
        told = Told(mark, status, content, late_from(looked.dossier, now))
        self._told.pop(code, None)
        if len(self._told) >= self._kept:
            del self._told[next(iter(self._told))]
        self._told[code] = told
        return told


def statuses_of(request: Request) -> Statuses:
    """Return what tells public statuses in this process."""
    found: Statuses = request.app.state.statuses
    return found


def page_address(ctx: Context, code: DossierCode) -> str:
    """Return the address of the tracking page of a dossier."""
    return f"{ctx.settings.issuer}/tra-cuu?ma={code}"
