"""Histories of dossiers in the words of the national record, and how they are told to us.

All moments lie on half hours, as the borders of working time do, from a Monday on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.dossiers import store
from app.dossiers.domain.deadlines import DeadlineRules
from app.dossiers.domain.dossier import Dossier, Ends, National, NationalState, Step
from app.dossiers.domain.filing import (
    Agency,
    Attachment,
    Channel,
    Fee,
    FeeKind,
    FiledProcedure,
    Times,
)
from app.dossiers.domain.handling import (
    ActName,
    Extension,
    Payment,
    PaymentMethod,
    Rating,
    ResultPaper,
)
from app.dossiers.domain.intake import Authentication, Intake, IntakeSource
from app.dossiers.domain.measuring.tallies import change_of
from app.dossiers.domain.national_data import NationalUse
from app.dossiers.domain.promises import Decision, DueReason, Promise
from app.dossiers.domain.statuses import Status
from app.dossiers.store.tallies import count_delivery
from app.dossiers.use_cases.measuring import remeasured, save
from app.platform.clock import VIETNAM
from tests.builders import a_filing

BEGIN = datetime(2026, 9, 28, tzinfo=VIETNAM)
HALF = timedelta(minutes=30)
AGENCIES = ("", ".05", ".05.02", ".12")
CHANNELS = {"1": Channel.COUNTER, "2": Channel.ONLINE, "3": Channel.POSTAL}
_SOURCES = {"1": IntakeSource.COUNTER, "2": IntakeSource.PORTAL, "3": IntakeSource.POST}
RULES = DeadlineRules()


@dataclass(frozen=True, slots=True)
class Kind:
    """A procedure: its limit in working days, and whether it yields a paper."""

    code: str
    sector: str
    limit: int | None = None
    yields_paper: bool = True
    is_known: bool = True

    @property
    def record(self) -> dict[str, Any]:
        limits = [{"length": self.limit, "unit": "ngày làm việc"}] if self.limit else []
        return {
            "sectors": [{"code": self.sector, "name": "Lĩnh vực mẫu"}],
            "submission_methods": [{"channel": "in_person", "time_limits": limits}],
            "results": [{"name": "Giấy xác nhận"}] if self.yields_paper else [],
        }


PROCEDURES = (
    Kind("1.000001", "G09-LV01", limit=3),
    Kind("1.000002", "G09-LV01", limit=5, yields_paper=False),
    Kind("1.000003", "G10-LV02"),
    Kind("1.000004", "G10-LV02", is_known=False),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of progress: status 1 to 10, half hours since the reception, and whether it moves."""

    status: int
    at: int
    idle: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A due date, and when it was set, both in half hours since the reception."""

    due: int
    since: int


@dataclass(frozen=True, slots=True)
class Story:
    """One dossier as the nation sees it. `said` are the ends that its own record names."""

    agency: str
    procedure: Kind
    channel: str
    received: int
    rows: tuple[Row, ...]
    dues: tuple[Due, ...] = ()
    status: int | None = None
    said: tuple[int | None, int | None, int | None] = (None, None, None)
    files: int = 0
    digitised: bool = False
    told: tuple[tuple[str, str], ...] = ()
    results: tuple[tuple[str, str], ...] = ()
    fees: tuple[int, ...] = ()
    paid: str = ""
    vneid: bool = False
    apology: bool = False
    rating: tuple[int, int] | None = None
    is_delivered: bool = False
    looked_up: tuple[str, ...] = ()

    @property
    def received_at(self) -> datetime:
        return BEGIN + self.received * HALF

    @property
    def last_status(self) -> int:
        """The status it stands at: that of the last row told, unless the record says otherwise."""
        moving = [row.status for row in self.rows if not row.idle]
        return self.status or (moving[-1] if moving else 2)

    def moment(self, since: int) -> datetime:
        return self.received_at + since * HALF


_STATUSES = {status.code: status for status in Status}
_ACTS = {
    "": ActName.PROGRESS,
    "extend": ActName.EXTEND,
    "rate": ActName.RATE,
    "follow": ActName.FOLLOW_PART,
    "payment": ActName.RECORD_PAYMENT,
}


def put(connection: Connection, root: str, told: Sequence[Story], first: int) -> None:
    """Tell histories to the gateway's own acts, row by row, each under a code of its own."""
    for number, story in enumerate(told, first):
        _put(connection, story, root, DossierCode(f"H38-260928-{number:07d}"))


def held(story: Story) -> Dossier:
    """Return the dossier that a history comes to, with nothing in between."""
    whole = _complete(story, _begun(story, "H38", DossierCode("H38-260928-0001")))
    return replace(whole, status=_STATUSES[story.last_status])


def steps_of(story: Story) -> list[Step]:
    return [
        Step(_STATUSES[row.status], story.moment(row.at), "", "", act=_ACTS[row.idle])
        for row in story.rows
    ]


def _put(connection: Connection, story: Story, root: str, code: DossierCode) -> None:
    dossier = remeasured(connection, RULES, _begun(story, root, code))
    assert store.add(connection, dossier, change_of(None, dossier))
    for row, step in zip(story.rows, steps_of(story), strict=True):
        after = replace(dossier, status=dossier.status if row.idle else step.status)
        dossier = save(connection, RULES, dossier, after, step)
        store.add_step(connection, code, step)
    ended = replace(_complete(story, dossier), status=_STATUSES[story.last_status])
    dossier = save(connection, RULES, dossier, ended)
    if story.is_delivered:
        national = dossier.national.delivered("owed", at=story.moment(0))
        store.save_national(connection, code, national)
        count_delivery(connection, code)


def _begun(story: Story, root: str, code: DossierCode) -> Dossier:
    filing = replace(
        a_filing(
            channel=CHANNELS[story.channel],
            intake=Intake(_SOURCES[story.channel], Authentication.VNEID if story.vneid else None),
        ),
        procedure=FiledProcedure(
            ProcedureCode(story.procedure.code), "Thủ tục mẫu", story.procedure.sector, "Lĩnh vực"
        ),
        agency=Agency(AgencyCode(f"{root}{story.agency}"), "Đơn vị mẫu"),
        times=Times(story.received_at),
        attachments=tuple(
            Attachment("TP", "a.pdf", f"https://x.vn/{place}", digitised=story.digitised)
            for place in range(story.files)
        ),
        fees=tuple(Fee("LP", "Lệ phí", amount, FeeKind.FEE) for amount in story.fees),
        national=_national(story),
    )
    return Dossier(
        code=code,
        tracking_code="7K3MPA9TXWQ4ZD2HVEBR",
        status=Status.ACCEPTED,
        filing=filing,
        created_at=story.received_at,
        changed_at=story.received_at,
        national=National(NationalState.WAITING, owed_id="owed"),
        promise=promise_of(story),
    )


def promise_of(story: Story) -> Promise:
    begun = story.received_at
    given = (
        Decision(DueReason.GIVEN, story.moment(one.due), story.moment(one.since), begun)
        for one in story.dues
    )
    return Promise(tuple(given))


def _complete(story: Story, dossier: Dossier) -> Dossier:
    finished, returned, rejected = (
        None if since is None else story.moment(since) for since in story.said
    )
    handling = dossier.handling
    if story.paid:
        payment = Payment(1, story.received_at, 20_000, PaymentMethod(story.paid), "Cán bộ")
        handling = replace(handling, payments=(payment,))
    if story.apology:
        at = story.received_at
        handling = replace(handling, extension=Extension("", at, "", at, at))
    if story.rating is not None:
        score, since = story.rating
        handling = replace(handling, rating=Rating(score, story.moment(since)))
    uses = tuple(
        NationalUse(number, "", service, "", story.received_at, "Cán bộ")
        for number, service in enumerate(story.looked_up, 1)
    )
    handling = replace(handling, national_uses=uses)
    results = tuple(ResultPaper("Kết quả", url, code) for code, url in story.results)
    return replace(
        dossier,
        ends=Ends(finished, returned, rejected),
        handling=replace(handling, results=results),
    )


def _national(story: Story) -> dict[str, Any]:
    found: dict[str, Any] = dict(story.told)
    if used := found.pop("DSKetNoiCSDL", None):
        found["DSKetNoiCSDL"] = [{"MaCSDL": used}]
    if stored := found.pop("DuocLayTuKhoDMQG", None):
        found["TaiLieuNop"] = [{"DuocLayTuKhoDMQG": stored}]
    return found
