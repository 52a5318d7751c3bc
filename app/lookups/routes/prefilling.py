"""`POST /v1/dossiers/prefill`: what national data can fill of a form, before it is submitted."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, MissingScopeError, Scope
from app.access.guard import requires
from app.lookups.domain.asking import LookUp, Outcome, Question, Reason, Service
from app.lookups.domain.businesses import Business, BusinessKind
from app.lookups.domain.citizens import Citizen, Sex, WhoIsAsked
from app.lookups.domain.errors import outcome_of
from app.lookups.domain.granting import BY_SCOPE, Leave
from app.lookups.domain.insurance import InsuredCriteria
from app.lookups.domain.prefilling import FilledApplicant, Part, of_business, of_citizen
from app.lookups.domain.reasons import NotConnectedError
from app.lookups.domain.verifying import Proof
from app.lookups.routes.granting import Terms, terms_of
from app.lookups.routes.router import JSON, PROBLEMS, desk_of, look_up, question_of, router
from app.lookups.schemas.businesses import BusinessOut
from app.lookups.schemas.citizens import CitizenOut
from app.lookups.schemas.prefilling import (
    PREFILL,
    FilledApplicantOut,
    PartOut,
    PrefillIn,
    PrefillOut,
)
from app.lookups.schemas.shown import hidden_of
from app.lookups.use_cases.naming import address_in_words
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx
from app.platform.errors import ProblemError

if TYPE_CHECKING:
    from app.lookups.sync import Desk

T = TypeVar("T")
D = TypeVar("D")

_NAME, _NUMBER, _ADDRESS = (
    f"/applicant/{name}" for name in ("full_name", "identity_number", "address")
)


@router.post(
    "/v1/dossiers/prefill",
    operation_id="prefill_dossier",
    summary="Điền sẵn hồ sơ từ dữ liệu quốc gia / Fill a form from national data",
    response_model=PrefillOut,
    responses=PROBLEMS,
)
@reads(PrefillIn, example=PREFILL)
async def prefill_dossier(
    request: Request, caller: Annotated[Caller, requires(Scope.SUBMIT_DOSSIERS)], ctx: Ctx
) -> Response:
    """Return what national data can fill of a form, with what the nation vouches for.

    Each database is a look-up of its own, under its own scope or grant, written down as any
    other. What one of them does not answer leaves its part empty; only if none answers is it a
    problem.
    """
    said = (await read_json(request, PrefillIn)).value
    filling = _Filling(request, caller, ctx, said.reason.reason())
    if said.business_code is not None:
        await filling.business(said.business_code)
    if said.citizen is not None:
        await filling.citizen(said.citizen.who(), with_insurance=said.with_insurance)
    return filling.answer()


@dataclass
class _Filling:
    """One form on its way: what was found so far, and what could not be asked."""

    request: Request
    caller: Caller
    ctx: Context
    reason: Reason
    parts: list[Part] = field(default_factory=list)
    failures: list[ProblemError] = field(default_factory=list)
    found_citizen: Citizen | None = None
    found_business: Business | None = None
    insurance: str | None = None
    of_citizen: Leave = BY_SCOPE
    of_business: Leave = BY_SCOPE

    async def business(self, code: str) -> None:
        """Ask the business register."""
        desk = self._desk(Scope.LOOK_UP_ENTERPRISES).businesses
        question = self._question(Service.ENTERPRISES, BusinessKind.ENTERPRISE.value, code)
        terms = await terms_of(self.request, self.caller, question, proof=Proof(code))
        register = _there(desk, Service.ENTERPRISES)
        self.of_business = terms.leave
        self.found_business = await self._ask(
            question, lambda _: register.find(BusinessKind.ENTERPRISE, code), terms
        )

    async def citizen(self, who: WhoIsAsked, *, with_insurance: bool) -> None:
        """Ask the population database, and social insurance for whoever was found there."""
        desk = self._desk(Scope.LOOK_UP_POPULATION)
        question = self._question(Service.POPULATION, "details", who.number)
        fields = self.ctx.settings.population_fields
        proof = Proof(who.number, who.full_name)
        terms = await terms_of(self.request, self.caller, question, fields=fields, proof=proof)
        citizens = _there(desk.citizens, Service.POPULATION)
        self.of_citizen = terms.leave
        found = await self._ask(question, lambda asked: citizens.find(who, asked), terms)
        self.found_citizen = found
        if found is not None and with_insurance:
            await self._insurance(who, found)

    async def _insurance(self, who: WhoIsAsked, citizen: Citizen) -> None:
        desk = self._desk(Scope.LOOK_UP_INSURANCE)
        criteria = InsuredCriteria(citizen.full_name, who.born, citizen.sex or Sex.OTHER)
        about = f"{criteria.full_name}/{criteria.born}"
        question = self._question(Service.INSURANCE, "number", about)
        terms = await terms_of(self.request, self.caller, question)
        insurance = _there(desk.insurance, Service.INSURANCE)
        self.insurance = await self._ask(question, lambda _: insurance.number_of(criteria), terms)

    def answer(self) -> Response:
        """Return what was found.

        Raises:
            ProblemError: the first that was met, if no database answered.
        """
        if self.failures and not any(_is_answer(part) for part in self.parts):
            raise self.failures[0]
        applicant, verified = self._applicant()
        citizen, business = self.found_citizen, self.found_business
        shown = PrefillOut(
            applicant=None if applicant is None else FilledApplicantOut.model_validate(applicant),
            verified=verified,
            citizen=None if citizen is None else CitizenOut.model_validate(citizen),
            business=None if business is None else BusinessOut.model_validate(business),
            insurance_number=self.insurance,
            parts=[PartOut.model_validate(part) for part in self.parts],
        )
        leaves = (("citizen", self.of_citizen), ("business", self.of_business))
        records = {name: (getattr(shown, name), leave) for name, leave in leaves}
        exclude = {
            name: hidden_of(record, leave)
            for name, (record, leave) in records.items()
            if record is not None
        }
        content = shown.model_dump_json(exclude=exclude)
        return Response(content, media_type=JSON, headers={"Cache-Control": "no-store"})

    def _applicant(self) -> tuple[FilledApplicant | None, list[str]]:
        """Return the owner as far as it may be told, and the places that the nation vouches for."""
        if self.found_business is not None:
            names, leave = ("name", "code", "seat"), self.of_business
            owner = of_business(self.found_business)
        elif self.found_citizen is not None:
            names, leave = ("full_name", "citizen_id", "residence"), self.of_citizen
            address = address_in_words(self.found_citizen.residence)
            owner = of_citizen(self.found_citizen, address)
        else:
            return None, []
        may = [leave.shows(name) for name in names]
        told = replace(
            owner,
            full_name=owner.full_name if may[0] else None,
            identity_type=owner.identity_type if may[1] else None,
            identity_number=owner.identity_number if may[1] else None,
            address=owner.address if may[2] else None,
        )
        places = {_NAME: told.full_name, _NUMBER: told.identity_number, _ADDRESS: told.address}
        return told, [place for place, value in places.items() if value]

    async def _ask(
        self, question: Question, ask: Callable[[LookUp], Awaitable[T | None]], terms: Terms
    ) -> T | None:
        try:
            asked, found = await look_up(self.ctx, self.caller, question, ask, terms)
        except ProblemError as problem:
            outcome = outcome_of(problem)
            if outcome is None:
                raise
            self.failures.append(problem)
            asked_id = str(problem.extensions["lookup_id"])
            service = question.service.value
            self.parts.append(Part(asked_id, service, question.operation, outcome))
            return None
        self.parts.append(Part.of(asked, Outcome.NOT_FOUND if found is None else Outcome.FOUND))
        return found

    def _desk(self, scope: Scope) -> "Desk":
        if scope not in self.caller.scopes:
            raise MissingScopeError(scope)
        return desk_of(self.request)

    def _question(self, service: Service, operation: str, number: str) -> Question:
        return question_of(self.request, service, operation, number, self.reason)


def _is_answer(part: Part) -> bool:
    return part.outcome in {Outcome.FOUND, Outcome.NOT_FOUND}


def _there(desk: D | None, service: Service) -> D:
    if desk is None:
        raise NotConnectedError(service)
    return desk
