"""Dossiers and rows from the national record into our own words, and back."""

from datetime import datetime
from typing import Any, Final, Literal, TypeVar

from pydantic import Field

from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.dossiers.domain.carrying import Carried
from app.dossiers.domain.dossier import Dossier, Ends, Step
from app.dossiers.domain.errors import InvalidIdentityError
from app.dossiers.domain.filing import (
    Agency,
    Applicant,
    ApplicantKind,
    Attachment,
    Channel,
    Fee,
    FeeKind,
    FiledProcedure,
    Filing,
    Identity,
    IdentityType,
    ResultDelivery,
    Times,
)
from app.dossiers.domain.handling import ResultPaper
from app.dossiers.domain.received import Told
from app.dossiers.domain.statuses import Status
from app.dossiers.sync.records import record_of
from app.exchange.dvcqg.wire import (
    DossierRecord,
    NationalDossierStatus,
    OwnerIdentity,
    ProgressRow,
)
from app.facades.dvcqg.domain import InvalidRecordError

C = TypeVar("C", bound=str)

_CHANNELS: Final = {"1": Channel.COUNTER, "2": Channel.ONLINE, "3": Channel.POSTAL}
_OWNERS: Final = {str(place): kind for place, kind in enumerate(ApplicantKind, 1)}
_DELIVERIES: Final = {"0": ResultDelivery.DIRECT, "1": ResultDelivery.POSTAL}
_IDENTITIES: Final = {"1": IdentityType.CITIZEN_ID, "2": IdentityType.IDENTITY_CARD}
_STATUSES: Final = {str(status.code): status for status in Status}
_REFUSED: Final = "11"
"""Refused, in the one service whose statuses are told otherwise."""
_WITH_RESULTS: Final = frozenset({Status.FINISHED, Status.RETURNED})
_OURS: Final = frozenset(
    {
        "MaHoSo",
        "TrangThaiHoSo",
        "NgayTiepNhan",
        "NgayHenTra",
        "NgayKetThucXuLy",
        "NgayTra",
        "NgayTuChoi",
    }
)
"""Fields of the record that our own state says, whatever the system wrote."""


class CarriedRecord(DossierRecord):
    """The national record as older systems write it too: without channel and identities."""

    channel: Literal["1", "2", "3"] = Field("1", alias="KenhThucHien")
    owner_identities: tuple[OwnerIdentity, ...] = Field((), alias="DinhDanhCHS")


def carried_of(record: CarriedRecord, *, agency: AgencyCode, at: str) -> Carried:
    """Return the dossier that a record tells; `at` is where the record stands.

    Raises:
        InvalidRecordError: if a code is none, or the dossier was never received.
        DueTooEarlyError: if it is due before it was received.
    """
    if record.received_at is None:
        raise InvalidRecordError(f"{at}.NgayTiepNhan: không được để trống")
    return Carried(
        code=code_of(record.code, at=f"{at}.MaHoSo"),
        filing=Filing(
            procedure=FiledProcedure(
                _code(ProcedureCode, record.procedure_code, f"{at}.MaTTHC"),
                record.procedure_name,
                record.sector_code,
                record.sector_name,
            ),
            agency=Agency(agency, ""),
            channel=_CHANNELS[record.channel],
            applicant=_applicant(record),
            summary=record.summary,
            times=Times(record.received_at, record.submitted_at, record.due_at),
            result_delivery=_DELIVERIES[record.result_delivery],
            attachments=tuple(
                Attachment(
                    paper.component_code, paper.file_name, paper.url, paper.is_digitised == "1"
                )
                for paper in record.papers
                if paper.is_deleted == "False"
            ),
            fees=tuple(
                Fee(fee.code, fee.name, int(fee.amount), FeeKind.FEE) for fee in record.fees
            ),
            national=_said(record),
        ),
        status=_STATUSES[record.status],
        ends=Ends(record.finished_at, record.returned_at, record.rejected_at),
    )


def step_of(row: ProgressRow, *, at: str) -> tuple[DossierCode, Step]:
    """Return whose row it is, and the step it tells; `at` is where the row stands.

    Raises:
        InvalidRecordError: if the code is none, or the row has no moment.
    """
    if row.processed_at is None:
        raise InvalidRecordError(f"{at}.ThoiDiemXuLy: không được để trống")
    return code_of(row.dossier_code, at=f"{at}.MaHoSo"), Step(
        status=_STATUSES[row.status],
        happened_at=row.processed_at,
        staff_name=row.officer,
        content=row.content,
        staff_title=row.position or None,
        department=row.department or None,
        started_at=row.started_at,
        due_at=row.due_at,
    )


def code_of(text: str, *, at: str) -> DossierCode:
    """Return a dossier's code.

    Raises:
        InvalidRecordError: if it is none.
    """
    return _code(DossierCode, text, at)


def told_of(status: NationalDossierStatus, *, now: datetime) -> Told:
    """Return a status that a system tells of a dossier the nation sent; without a moment, now."""
    reached = Status.REJECTED if status.status == _REFUSED else _STATUSES[status.status]
    return Told(
        references=(status.national_code, status.own_code),
        step=Step(
            status=reached,
            happened_at=status.happened_at or now,
            staff_name="",
            content=status.content or reached.label,
        ),
        results=tuple(
            ResultPaper(paper.file_name, paper.url, component_code=paper.component_code)
            for paper in status.papers
            if paper.is_deleted == "False"
        )
        if reached in _WITH_RESULTS
        else (),
    )


def found_of(dossier: Dossier) -> dict[str, str]:
    """Return the row that TraCuuHoSo shows of a dossier."""
    record: dict[str, Any] = record_of(dossier.facts()).model_dump()
    return {
        "MaTTHC": record["MaTTHC"],
        "MaHoSo": record["MaHoSo"],
        "HoTenNguoiNop": record["ChuHoSo"],
        "MaTrangThai": record["TrangThaiHoSo"],
        "TrangThaiHoSo": dossier.status.label,
        "DonViXuLy": record["DonViXuLy"],
        "NgayNop": record["NgayNopHoSo"],
        "NgayTiepNhan": record["NgayTiepNhan"],
        "NgayHenTra": record["NgayHenTra"],
        "HinhThucNhanKQ": record["HinhThuc"],
    }


def _said(record: CarriedRecord) -> dict[str, Any]:
    """Return what the system says that our own record would not, in the wire's own words."""
    return {
        name: value
        for name, value in record.model_dump(mode="json").items()
        if name not in _OURS and value not in ("", [])
    }


def _applicant(record: CarriedRecord) -> Applicant:
    return Applicant(
        kind=_OWNERS[record.owner_kind],
        full_name=record.owner_name,
        identity=_identity(record),
        phone=record.phone or None,
        email=record.email or None,
    )


def _identity(record: CarriedRecord) -> Identity | None:
    """Return the first identity whose number has the form of its kind; a wrong one is none."""
    for one in record.owner_identities:
        if one.kind in _IDENTITIES:
            try:
                return Identity(_IDENTITIES[one.kind], one.number)
            except InvalidIdentityError:
                continue
    return None


def _code(kind: type[C], text: str, at: str) -> C:
    try:
        return kind(text)
    except ValueError:
        raise InvalidRecordError(f"{at}: không đúng định dạng") from None
