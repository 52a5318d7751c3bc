"""One procedure as the nation publishes it, in the words of our catalogue."""

import json
from collections.abc import Iterable
from typing import Any, Final

from pydantic import ValidationError

from app.catalogue.domain import FullProcedure, ProcedureState
from app.catalogue.schemas.procedures import ProcedureIn
from app.catalogue.sync.texts import (
    ADDRESS,
    LONG_NAME,
    NAME,
    SHORT,
    day,
    filled,
    line,
    prose,
    whole,
)
from app.codes import AgencyCode
from app.exchange.dvcqg.wire import ProcedureRecord
from app.exchange.dvcqg.wire.procedures import Component, Duration, ProcedureFee, Unit

_CHANNELS: Final = {"1": "in_person", "2": "online", "3": "postal"}
_LEVELS: Final = {"0": "ministry", "1": "province", "2": "district", "3": "commune"}
_PUBLIC: Final = {"1", ""}
"""1 is published; a listed procedure that says nothing is, too. Other values are unknown."""
_DONG: Final = {"", "đồng", "vnđ", "vnd", "đ"}
_MOST: Final = 10**12
_LONGEST: Final = 10_000


def procedure_of(record: ProcedureRecord) -> FullProcedure | None:
    """Return the procedure; None for a record that the catalogue cannot hold."""
    said = {
        "code": record.code,
        "name": line(record.name, LONG_NAME),
        "state": _state(record.status).value,
        **filled(agency_code=_agency(record.publisher_code)),
        **_texts(record),
        **_lists(record),
    }
    try:
        return ProcedureIn.model_validate_json(json.dumps(said)).procedure()
    except ValidationError:
        return None


def _state(status: str) -> ProcedureState:
    return ProcedureState.PUBLISHED if status in _PUBLIC else ProcedureState.WITHDRAWN


def _agency(text: str) -> str | None:
    try:
        return AgencyCode(text)
    except ValueError:
        return None


def _texts(record: ProcedureRecord) -> dict[str, Any]:
    return filled(
        record_id=line(record.record_id, SHORT),
        kind=line(record.kind, NAME),
        description=prose(record.description),
        audience_text=prose(record.subjects_text),
        reception_address=prose(record.reception_address),
        conditions=prose(record.conditions),
        keywords=prose(record.keywords),
        decision=line(record.decision, NAME),
        decision_id=line(record.decision_id, SHORT),
        executing_agencies_text=prose(record.executor_text),
        competent_agencies_text=prose(record.authority_text),
    )


def _lists(record: ProcedureRecord) -> dict[str, Any]:
    return filled(
        sectors=[_pair(one.code, one.name) for one in record.sectors if one.code and one.name],
        step_cases=_cases(record),
        submission_methods=[
            {
                "channel": _CHANNELS[way.channel],
                "time_limits": [_limit(duration) for duration in way.durations],
            }
            for way in record.ways
            if way.channel in _CHANNELS
        ],
        paper_cases=_papers(record),
        levels=[
            {"level": _LEVELS[one.code]} | filled(name=line(one.name, NAME))
            for one in record.levels
            if one.code in _LEVELS
        ],
        audiences=[_pair(one.code, one.name) for one in record.subjects if one.name],
        results=[
            _pair(one.code, one.name, longest=LONG_NAME)
            | filled(file_name=line(one.file_name, NAME), url=line(one.url, ADDRESS))
            for one in record.results
            if one.name
        ],
        legal_bases=_bases(record),
        executing_agencies=_offices(record.executors),
        competent_agencies=_offices(record.authorities),
        delegated_agencies=_offices(record.delegates),
        coordinating_agencies=_offices(record.partners),
        related_procedures=_lines(record.related),
        interlinked_procedures=_lines(record.interlinked),
    )


def _cases(record: ProcedureRecord) -> list[dict[str, Any]]:
    return [
        filled(
            case=line(case.case, LONG_NAME),
            steps=[text for step in case.steps if (text := prose(step.text))],
        )
        for case in record.step_cases
    ]


def _papers(record: ProcedureRecord) -> list[dict[str, Any]]:
    return [
        filled(
            case=line(case.case, LONG_NAME),
            papers=[_paper(one) for one in case.components if prose(one.name)],
        )
        for case in record.component_cases
    ]


def _paper(component: Component) -> dict[str, Any]:
    return filled(
        code=line(component.code, SHORT),
        name=prose(component.name),
        form_name=line(component.form_name, NAME),
        url=line(component.url, ADDRESS),
        originals=whole(component.originals, _LONGEST),
        copies=whole(component.copies, _LONGEST),
        replacing_result_code=line(component.replacing_result_code, SHORT),
    )


def _limit(duration: Duration) -> dict[str, Any]:
    """Return a time limit; a length that is no whole number goes into the words beside it."""
    length = whole(duration.length, _LONGEST)
    told = duration.description if length is not None else _joined(duration)
    return filled(
        length=length,
        unit=line(duration.unit, SHORT),
        description=prose(told),
        fees=[_fee(fee) for fee in duration.fees],
    )


def _joined(duration: Duration) -> str:
    return " ".join(filter(None, (duration.length, duration.unit, duration.description)))


def _fee(fee: ProcedureFee) -> dict[str, Any]:
    currency = None if fee.currency.strip().casefold() in _DONG else line(fee.currency, SHORT)
    return filled(
        code=line(fee.code, SHORT),
        amount=whole(fee.amount, _MOST),
        currency=currency,
        description=prose(fee.description),
        file_name=line(fee.file_name, NAME),
        url=line(fee.url, ADDRESS),
    )


def _bases(record: ProcedureRecord) -> list[dict[str, Any]]:
    return [
        filled(
            number=line(basis.number, SHORT),
            name=line(basis.name or basis.number, LONG_NAME),
            issued_on=day(basis.issued_on),
            effective_on=day(basis.effective_on),
            issuer=line(basis.issuer, NAME),
            url=line(basis.url, ADDRESS),
        )
        for basis in record.legal_bases
        if basis.name or basis.number
    ]


def _offices(units: Iterable[Unit]) -> list[dict[str, Any]]:
    return [_pair(unit.code, unit.name) for unit in units if unit.name]


def _pair(code: str, name: str, *, longest: int = NAME) -> dict[str, Any]:
    return filled(code=line(code, SHORT), name=line(name, longest))


def _lines(texts: Iterable[str]) -> list[str]:
    return [found for text in texts if (found := line(text, LONG_NAME))]
