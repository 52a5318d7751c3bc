"""What we owe the national portal for a dossier, and what its answer changes."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, assert_never

from sqlalchemy import Connection

from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import NationalState, Step
from app.dossiers.domain.filing import (
    Applicant,
    ApplicantKind,
    Attachment,
    Channel,
    Facts,
    Fee,
    Filing,
    IdentityType,
    ResultDelivery,
    from_text,
)
from app.dossiers.domain.statuses import Status
from app.dossiers.use_cases import TOPIC
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.wire import (
    MAX_ROWS,
    DossierRecord,
    OwnerIdentity,
    ProgressRow,
    SubmittedPaper,
)
from app.exchange.dvcqg.wire import Fee as FeeRecord
from app.exchange.messages import Handler, Message
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.platform.clock import Clock

_LONGEST_REASON: Final = 300
_CHANNELS: Final[Mapping[Channel, Literal["1", "2", "3"]]] = {
    Channel.COUNTER: "1",
    Channel.ONLINE: "2",
    Channel.POSTAL: "3",
}
_OWNERS: Final[Mapping[ApplicantKind, Literal["1", "2", "3", "4"]]] = {
    ApplicantKind.CITIZEN: "1",
    ApplicantKind.ENTERPRISE: "2",
    ApplicantKind.STATE_AGENCY: "3",
    ApplicantKind.ORGANISATION: "4",
}
_DELIVERIES: Final[Mapping[ResultDelivery, Literal["0", "1"]]] = {
    ResultDelivery.DIRECT: "0",
    ResultDelivery.POSTAL: "1",
}
_IDENTITIES: Final = {IdentityType.CITIZEN_ID: "1", IdentityType.IDENTITY_CARD: "2"}
"""Only these two kinds have a publicly known code; other numbers are not given as an identity."""

_PROVINCE_SYSTEM: Final = "2"
_NO_FEE: Final = "0"
_NOT_PAID_ONLINE: Final = "3"
"""Inferred: a fee exists and was not paid online."""


def handlers(client: DvcqgClient) -> dict[str, Handler]:
    """Return who delivers and settles our topic: one call script for a batch of acts."""

    async def send(messages: Sequence[Message]) -> Outcome:
        return await client.sync_dossier(record_of(messages[-1].body["record"]), _rows(messages))

    return {TOPIC: Handler(send=send, settle=settle, batch=MAX_ROWS)}


def settle(
    connection: Connection, clock: Clock, messages: Sequence[Message], outcome: Outcome
) -> None:
    """Note on the dossier what became of its messages, which are all of one dossier."""
    code = DossierCode(messages[-1].body["record"]["code"])
    national = store.lock_national(connection, code)
    match outcome:
        case Delivered():
            national = national.delivered(messages[-1].message_id, at=clock.now())
        case Deferred(reason):
            national = national.held_up(NationalState.DEFERRED, reason[:_LONGEST_REASON])
        case Refused(refusal, reason):
            why = f"{refusal}: {reason}"[:_LONGEST_REASON]
            national = national.held_up(NationalState.REFUSED, why)
        case unreachable:
            assert_never(unreachable)
    store.save_national(connection, code, national)


def record_of(facts: Facts) -> DossierRecord:
    """Return the national record of a dossier's facts.

    What a system that carries the dossier over says in the nation's words goes before ours, but
    for what we know better: the code, the status, and the moments that statuses bring.
    """
    record = _own_record(facts)
    told = facts["filing"].get("national") or {}
    return DossierRecord.model_validate(record.model_dump() | told) if told else record


def _own_record(facts: Facts) -> DossierRecord:
    filing = Filing.of(facts["filing"])
    identity = filing.applicant.identity
    return DossierRecord(
        code=facts["code"],
        procedure_code=filing.procedure.code,
        procedure_name=filing.procedure.name,
        sector_code=filing.procedure.sector_code,
        sector_name=filing.procedure.sector_name,
        channel=_CHANNELS[filing.channel],
        owner_name=filing.applicant.full_name,
        owner_identity_number=identity.number if identity else "",
        owner_kind=_OWNERS[filing.applicant.kind],
        email=filing.applicant.email or "",
        phone=filing.applicant.phone or "",
        summary=filing.summary,
        submitted_at=filing.times.submitted_at,
        received_at=filing.times.received_at,
        due_at=filing.times.due_at,
        status=_code_of(facts["status"]),
        finished_at=from_text(facts["finished_at"]),
        returned_at=from_text(facts["returned_at"]),
        rejected_at=from_text(facts["rejected_at"]),
        result_delivery=_DELIVERIES[filing.result_delivery],
        processing_unit=filing.agency.name,
        filed_at_place=_PROVINCE_SYSTEM,
        has_digitised_component=_flag(any(paper.digitised for paper in filing.attachments)),
        online_payment=_payment(filing.fees),
        papers=tuple(
            _paper(facts["code"], place, paper) for place, paper in enumerate(filing.attachments, 1)
        ),
        fees=tuple(_fee(fee) for fee in filing.fees),
        owner_identities=_identities(filing.applicant),
    )


def row_of(code: str, facts: Facts) -> ProgressRow:
    """Return the national row of one step of a dossier."""
    step = Step.of(facts)
    return ProgressRow(
        dossier_code=code,
        officer=step.staff_name,
        position=step.staff_title or "",
        processed_at=step.happened_at,
        department=step.department or "",
        content=step.content,
        status=_code_of(step.status),
        started_at=step.started_at,
        due_at=step.due_at,
    )


def _rows(messages: Sequence[Message]) -> list[ProgressRow]:
    return [
        row_of(message.body["record"]["code"], facts)
        for message in messages
        for facts in message.body["progress"]
    ]


def _code_of(status: str) -> str:
    return str(Status(status).code)


def _flag(truth: bool) -> Literal["0", "1"]:  # noqa: FBT001 -- the value itself is translated
    return "1" if truth else "0"


def _payment(fees: Sequence[Fee]) -> Literal["0", "3"]:
    return _NOT_PAID_ONLINE if any(fee.amount_vnd for fee in fees) else _NO_FEE


def _paper(code: str, place: int, paper: Attachment) -> SubmittedPaper:
    return SubmittedPaper(
        paper_id=f"{code}/{place}",
        file_name=paper.name,
        component_code=paper.component_code,
        url=paper.url,
        is_digitised=_flag(paper.digitised),
    )


def _fee(fee: Fee) -> FeeRecord:
    """Return a fee; the codes of its kind and collection are not public and stay empty."""
    return FeeRecord(name=fee.name, code=fee.code, amount=str(fee.amount_vnd))


def _identities(applicant: Applicant) -> tuple[OwnerIdentity, ...]:
    identity = applicant.identity
    if identity is None or identity.kind not in _IDENTITIES:
        return ()
    return (OwnerIdentity(kind=_IDENTITIES[identity.kind], number=identity.number),)
