"""Things that are valid as they are; a test says aloud what it changes."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from app.catalogue.use_cases import load_seed
from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.dossiers.domain.dossier import Dossier, National, NationalState
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
from app.dossiers.domain.handling import (
    FeeRequest,
    Handling,
    Handover,
    Payment,
    PaymentMethod,
    Rating,
    ResultPaper,
    ReturnWay,
    Supplement,
    SupplementReceipt,
)
from app.dossiers.domain.intake import Intake
from app.dossiers.domain.promises import Promise
from app.dossiers.domain.statuses import Status
from app.dossiers.schemas.incoming import EXAMPLE
from app.evidence import store as evidence
from app.evidence.domain import Entry, SystemActor
from tests.gateway import Gateway

ABSENT = object()
"""Given as a change, it leaves the field out."""

RECEIVED = datetime(2026, 11, 2, 1, 40, tzinfo=UTC)
"""08:40 on Monday 2 November 2026 in Vietnam."""


def seed_catalogue(gateway: Gateway) -> None:
    """Fill the catalogue with the members and procedures that the samples name."""
    gateway.transact(load_seed, gateway.clock, SystemActor("system:test", ""))


def evidence_of(gateway: Gateway, subject: str, *, member: str = "H38") -> list[Entry]:
    """Return what a member and those below it did to one subject, in order."""
    newest_first = gateway.transact(
        evidence.page, member=member, subject=subject, after=None, limit=100
    )
    return list(reversed(newest_first))


def a_dossier(**changes: Any) -> dict[str, Any]:
    """Return a dossier as a provincial system submits it, with its own code left out."""
    body = deepcopy(EXAMPLE) | {"code": ABSENT} | changes
    return {name: value for name, value in body.items() if value is not ABSENT}


def a_filing(
    *,
    channel: Channel = Channel.ONLINE,
    identity: Identity | None = None,
    fees: Sequence[Fee] = (),
    intake: Intake | None = None,
) -> Filing:
    """Return what was filed, of an agency and a procedure that exist."""
    return Filing(
        procedure=FiledProcedure(
            ProcedureCode("1.003560.H38"), "Thủ tục mẫu", "G03-GD10", "Lĩnh vực mẫu"
        ),
        agency=Agency(AgencyCode("H38.12"), "Sở Ví Dụ tỉnh Lào Cai"),
        channel=channel,
        applicant=Applicant(
            ApplicantKind.CITIZEN,
            "Nguyễn Thị Giả Định",
            identity or Identity(IdentityType.CITIZEN_ID, "000000000001"),
            phone="0000000001",
            email="gia.dinh@example.vn",
        ),
        summary="Hồ sơ mẫu",
        times=Times(RECEIVED, submitted_at=RECEIVED, due_at=datetime(2026, 11, 9, 10, tzinfo=UTC)),
        result_delivery=ResultDelivery.POSTAL,
        attachments=(
            Attachment("TP01", "don.pdf", "https://onestop.example.vn/1", digitised=True),
        ),
        fees=tuple(fees) or (Fee("LP01", "Lệ phí mẫu", 20_000, FeeKind.FEE),),
        intake=intake,
    )


def promise_of(filing: Filing) -> Promise:
    """Return what the one-stop system promised with a filing."""
    times = filing.times
    return Promise.given(times.due_at, counted_from=times.received_at, now=times.received_at)


def a_handling() -> Handling:
    """Return what every kind of act left behind."""
    paper = Attachment("TP02", "ban-sao.pdf", "https://onestop.example.vn/2", digitised=True)
    later = RECEIVED + timedelta(days=1)
    receipt = SupplementReceipt(later, "Một cửa", "Đủ", (paper,), later, later)
    return Handling(
        supplements=(
            Supplement(
                1, RECEIVED, "Cán bộ", Status.PROCESSING, "Thiếu", later, ("Bản sao",), receipt
            ),
            Supplement(2, later, "Cán bộ", Status.PROCESSING, "Còn thiếu", later),
        ),
        fee_requests=(
            FeeRequest(
                1,
                RECEIVED,
                "Cán bộ",
                Status.PROCESSING,
                (Fee("LP02", "Phí mẫu", 30_000, FeeKind.CHARGE),),
            ),
        ),
        payments=(Payment(1, later, 30_000, PaymentMethod.PROVINCE_GATEWAY, "Hệ thống", "GD-1"),),
        results=(ResultPaper("Giấy xác nhận", "https://onestop.example.vn/3", "KQ.H38.000001"),),
        handover=Handover(later, "Một cửa", ReturnWay.POST, tracking_number="EB000000001VN"),
        rating=Rating(5, later, "Nhanh"),
    )


def a_held_dossier(status: Status = Status.PROCESSING, *, filing: Filing | None = None) -> Dossier:
    """Return a dossier as the gateway holds it."""
    return Dossier(
        code=DossierCode("H38.12-261102-0007"),
        tracking_code="7K3MPA9TXWQ4ZD2HVEBR",
        status=status,
        filing=filing or a_filing(),
        created_at=RECEIVED,
        changed_at=RECEIVED,
        promise=promise_of(filing or a_filing()),
        national=National(NationalState.WAITING, owed_id="message-1"),
    )
