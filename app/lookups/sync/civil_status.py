"""Civil status in our words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, assert_never

from app.exchange.ngsp.civil_status import CivilStatusClient
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.wire.civil_status import (
    BirthForm,
    DeathForm,
    FirstSubmission,
    Form,
    LinkedFile,
    MarriageForm,
    Result,
    Standing,
)
from app.exchange.ngsp.wire.fields import or_none
from app.lookups.domain.citizens import Sex
from app.lookups.domain.civil_status import (
    AttachedPaper,
    Birth,
    CivilRegistration,
    Death,
    Marriage,
    Parent,
    RegistrationKind,
    RegistrationState,
    Requester,
    Submission,
)
from app.platform.clock import VIETNAM

_MODULES: Final = {
    RegistrationKind.BIRTH: "KS",
    RegistrationKind.DEATH: "KT",
    RegistrationKind.MARRIAGE: "KH",
}
_SEXES: Final = {Sex.MALE: "1", Sex.FEMALE: "2", Sex.OTHER: "3"}
_STATES: Final = {
    "0": RegistrationState.FAILED,
    "1": RegistrationState.WAITING,
    "2": RegistrationState.SUPPLEMENT,
    "3": RegistrationState.ELIGIBLE,
    "4": RegistrationState.DONE,
    "6": RegistrationState.REFUSED,
}


class CivilStatusDesk:
    """Submits to the Ministry of Justice and asks what became of it."""

    def __init__(self, client: CivilStatusClient) -> None:
        self._client = client

    async def submit(self, wanted: Submission, *, received_at: datetime) -> bool:
        """Submit a form under a dossier's code; False if it was submitted before."""
        head = FirstSubmission(
            unit=wanted.unit,
            module=_MODULES[wanted.kind],
            received_at=f"{received_at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}",
            form="",
            code=wanted.code,
        )
        files = [_file(number, one) for number, one in enumerate(wanted.papers, 1)]
        return await self._client.submit(head, _form(wanted.form), files)

    async def find(self, kind: RegistrationKind, unit: int, code: str) -> CivilRegistration | None:
        """Return where a registration stands; None if the ministry does not know it."""
        found = await self._client.standing(_MODULES[kind], unit, code)
        return None if found is None else _registration(found)

    async def find_several(
        self, kind: RegistrationKind, unit: int, codes: Sequence[str]
    ) -> Mapping[str, CivilRegistration]:
        """Return where some registrations stand, by code; those not known there are left out."""
        found = await self._client.standings(_MODULES[kind], unit, codes)
        return {code: _registration(one) for code, one in found.items()}


def _file(number: int, one: AttachedPaper) -> LinkedFile:
    return LinkedFile(
        id=str(number),
        kind=one.kind,
        title=one.title,
        file_name=one.file_name,
        content=one.content,
    )


def _form(form: Birth | Death | Marriage) -> Form:
    match form:
        case Birth():
            return _birth(form)
        case Death():
            return _death(form)
        case Marriage():
            parties = _parent("husband", form.husband) | _parent("wife", form.wife)
            return MarriageForm.model_validate(parties | _requester(form.requester))
        case unreachable:
            assert_never(unreachable)


def _birth(birth: Birth) -> BirthForm:
    return BirthForm.model_validate(
        {
            "child_name": birth.full_name,
            "child_sex": _SEXES[birth.sex],
            "child_born": _day(birth.born_on),
            "child_birthplace": birth.birthplace,
            "child_home_town": birth.home_town,
            "child_ethnicity": birth.ethnicity,
            "child_nationality": birth.nationality,
            **_parent("mother", birth.mother),
            **_parent("father", birth.father),
            **_requester(birth.requester),
        }
    )


def _death(death: Death) -> DeathForm:
    deceased = {
        name.removeprefix("deceased_"): said
        for name, said in _parent("deceased", death.deceased).items()
    }
    return DeathForm.model_validate(
        {
            **deceased,
            "sex": _SEXES[death.sex],
            "died": _day(death.died_on),
            "place": death.died_at,
            "cause": death.cause,
            "notice_kind": death.notice_kind,
            "notice_number": death.notice_number,
            **_requester(death.requester),
        }
    )


def _requester(requester: Requester) -> dict[str, str | None]:
    return {
        "requester_name": requester.full_name,
        "requester_number": requester.paper_number,
        "requester_relation": requester.relation,
        "requester_note": requester.note,
    }


def _parent(who: str, parent: Parent | None) -> dict[str, str | None]:
    if parent is None:
        return {}
    return {
        f"{who}_name": parent.full_name,
        f"{who}_born": _day(parent.born_on),
        f"{who}_ethnicity": parent.ethnicity,
        f"{who}_nationality": parent.nationality,
        f"{who}_residence": parent.residence,
        f"{who}_paper": parent.paper_kind,
        f"{who}_number": parent.paper_number,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else f"{day:%d/%m/%Y}"


def _registration(found: Standing) -> CivilRegistration:
    if found.state not in _STATES:
        raise ServiceError(Trouble.MALFORMED, "unknown-state")
    result = found.result or Result()
    return CivilRegistration(
        state=_STATES[found.state],
        note=or_none(found.note),
        number=or_none(result.number),
        book=or_none(result.book),
        page=or_none(result.page),
        registered_on=result.registered_on,
        citizen_id=or_none(result.citizen_id),
        paper=or_none(result.birth_paper) or or_none(result.death_paper),
    )
