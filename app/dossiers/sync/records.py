"""A dossier and its steps as the national portal reads them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from app.dossiers.domain.dossier import Step
from app.dossiers.domain.facts import from_facts
from app.dossiers.domain.filing import (
    Applicant,
    ApplicantKind,
    Channel,
    Facts,
    Filing,
    IdentityType,
    from_text,
)
from app.dossiers.domain.handling import Handling
from app.dossiers.domain.statuses import Status
from app.dossiers.sync.acts import (
    Link,
    account_of,
    delivery_of,
    fees_of,
    flag_of,
    online_payment,
    papers_of,
    results_of,
    returned_how,
    rounds_of,
)
from app.exchange.dvcqg.wire import DatabaseUse, DossierRecord, OwnerIdentity, ProgressRow

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
_IDENTITIES: Final = {IdentityType.CITIZEN_ID: "1", IdentityType.IDENTITY_CARD: "2"}
"""Only these two kinds have a publicly known code; other numbers are not given as an identity."""

_PROVINCE_SYSTEM: Final = "2"

_ACTS: Final = frozenset(
    {"DanhSachHoSoBoSung", "DanhSachGiayToKetQua", "ThongTinTra", "MaDoiTuong"}
)
"""Fields that acts done here fill."""

_PAPERS: Final = "TaiLieuNop"


def nowhere(_file_id: str) -> str:
    """Name no address: for a record that is only looked at here."""
    return ""


def record_of(facts: Facts, link: Link = nowhere) -> DossierRecord:
    """Return the national record of a dossier's facts; `link` gives addresses of files held here.

    What a system that carries the dossier over says in the nation's words goes before what we
    would say, but not before what acts here brought.
    """
    record = _own_record(facts, link)
    told = facts["filing"].get("national")
    if not told:
        return record
    ours = record.model_dump()
    said = {name: value for name, value in told.items() if name not in _ACTS or not ours[name]}
    if _PAPERS in said:
        filed = len(facts["filing"]["attachments"])
        said[_PAPERS] = [*said[_PAPERS], *ours[_PAPERS][filed:]]
    return DossierRecord.model_validate(ours | said)


def _own_record(facts: Facts, link: Link) -> DossierRecord:
    filing = Filing.of(facts["filing"])
    handling = from_facts(Handling, facts.get("handling", {}))
    return DossierRecord(
        code=facts["code"],
        procedure_code=filing.procedure.code,
        procedure_name=filing.procedure.name,
        sector_code=filing.procedure.sector_code,
        sector_name=filing.procedure.sector_name,
        channel=_CHANNELS[filing.channel],
        owner_name=filing.applicant.full_name,
        owner_identity_number=_number_of(filing.applicant),
        owner_kind=_OWNERS[filing.applicant.kind],
        owner_account_id=account_of(filing, handling),
        email=filing.applicant.email or "",
        phone=filing.applicant.phone or "",
        summary=filing.summary,
        submitted_at=filing.times.submitted_at,
        received_at=filing.times.received_at,
        due_at=_due_at(facts, filing),
        status=_code_of(facts["status"]),
        finished_at=from_text(facts["finished_at"]),
        returned_at=from_text(facts["returned_at"]),
        rejected_at=from_text(facts["rejected_at"]),
        return_information=returned_how(handling),
        result_delivery=delivery_of(filing, handling),
        processing_unit=filing.agency.name,
        filed_at_place=_PROVINCE_SYSTEM,
        has_digitised_component=flag_of(_is_digitised(filing, handling)),
        is_account_verified=flag_of(filing.came_in.is_verified_account),
        online_payment=online_payment(filing, handling),
        papers=papers_of(facts["code"], filing, handling, link),
        fees=fees_of(filing, handling),
        supplement_rounds=rounds_of(facts["code"], handling, link),
        result_papers=results_of(facts["code"], handling, link),
        owner_identities=_identities(filing.applicant),
        database_uses=_databases(handling),
    )


def _databases(handling: Handling) -> tuple[DatabaseUse, ...]:
    """Return each national database that was used, once, in the order it was first used."""
    codes = dict.fromkeys(use.database_code for use in handling.national_uses)
    return tuple(DatabaseUse(database_code=code) for code in codes)


def _is_digitised(filing: Filing, handling: Handling) -> bool:
    return any(paper.digitised for paper in (*filing.attachments, *handling.papers))


def _due_at(facts: Facts, filing: Filing) -> datetime | None:
    """Return the due date; a message from before there were computed ones has it as filed."""
    found: datetime | None = from_text(facts.get("due_at"))
    return found if "due_at" in facts else filing.times.due_at


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


def _code_of(status: str) -> str:
    return str(Status(status).code)


def _number_of(applicant: Applicant) -> str:
    return "" if applicant.identity is None else applicant.identity.number


def _identities(applicant: Applicant) -> tuple[OwnerIdentity, ...]:
    identity = applicant.identity
    if identity is None or identity.kind not in _IDENTITIES:
        return ()
    return (OwnerIdentity(kind=_IDENTITIES[identity.kind], number=identity.number),)
