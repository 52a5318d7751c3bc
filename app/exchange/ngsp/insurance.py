"""Social insurance: POST under a token (context apiBHXH)."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from app.exchange.ngsp.calling import Caller, malformed, posting
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.wire.fields import ServiceModel
from app.exchange.ngsp.wire.insurance import (
    Household,
    HouseholdCriteria,
    Insured,
    NumberQuestion,
    PersonCriteria,
)

SERVICE: Final = "insurance"


@dataclass(frozen=True, slots=True)
class States:
    """What `trangThai` means, as it is not public: an answer, or that nobody fits."""

    found: Collection[str]
    none: Collection[str]


class InsuranceClient:
    """Asks social insurance; each method raises `ServiceError` without a usable answer."""

    def __init__(self, caller: Caller, context: str, states: States) -> None:
        self._caller = caller
        self._context = context
        self._states = states

    async def person(self, number: str) -> Insured | None:
        """Return whose number it is."""
        question = NumberQuestion(number=number)
        found = await self._ask("getTraCuuTtHgdByMaSoBhxh", question)
        return found[0] if found and found[0].name else None

    async def number_of(self, who: PersonCriteria) -> str | None:
        """Return the number of whoever fits every criterion."""
        found = await self._ask("getMaSoBhxhTheoTieuChi", who)
        return found[0].searched or None if found else None

    async def household(self, who: HouseholdCriteria) -> tuple[Insured, ...]:
        """Return everybody of the household of whoever fits; nobody if nobody does."""
        return await self._ask("getTraCuuThongTinHgd", who)

    async def _ask(self, resource: str, content: ServiceModel) -> tuple[Insured, ...]:
        url = self._caller.url(self._context, resource)
        call = posting(SERVICE, resource, url, content.model_dump())
        answer = await self._caller.ask(call)
        try:
            told: Any = json.loads(answer.body)
            people = Household.model_validate({"people": told}).people
        except (ValueError, RecursionError, ValidationError):
            raise malformed(call, answer, "not as described") from None
        strange = [one.state for one in people if one.state not in self._known]
        if strange:
            code = strange[0] if strange[0].lstrip("-").isdecimal() else "none"
            raise ServiceError(Trouble.REFUSED, f"state-{code}")
        return tuple(one for one in people if one.state in self._states.found)

    @property
    def _known(self) -> frozenset[str]:
        return frozenset((*self._states.found, *self._states.none))
