"""What the national portal would refuse of a dossier, or count otherwise than it is.

From how the national side computes its indicators. The portal says nothing of it: a dossier that
counts wrong looks the same as one that counts right, so its own agency is told here.
"""

import ipaddress
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Channel, IdentityType
from app.dossiers.domain.handling import PaymentMethod
from app.dossiers.domain.statuses import Status
from app.platform.errors import Invalid, RefusedError

_ENDED: Final = frozenset({Status.FINISHED, Status.RETURNED})
_KNOWN_IDENTITIES: Final = frozenset({IdentityType.CITIZEN_ID, IdentityType.IDENTITY_CARD})
_PLACEHOLDER: Final = "000000001"
"""What a client in production writes for an owner whose number nobody took down."""
_ONLINE: Final = frozenset({PaymentMethod.NATIONAL_PORTAL, PaymentMethod.PROVINCE_GATEWAY})
_LOCAL_NAMES: Final = frozenset({"localhost"})


class Severity(StrEnum):
    """What becomes of the dossier at the portal."""

    REFUSED = "refused"
    MISCOUNTED = "miscounted"


class Blocking(StrEnum):
    """Which findings keep a dossier from being taken in."""

    NONE = "none"
    REFUSED = "refused"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: a stable word, what it leads to, where it stands, and why, in both languages."""

    name: str
    severity: Severity
    pointer: str
    detail: str
    detail_en: str


class PoorDossierError(RefusedError):
    """The dossier has faults that this gateway is set not to take in."""

    slug = "poor-dossier"
    title = "Hồ sơ chưa đạt chất lượng dữ liệu"
    title_en = "The dossier's data is not good enough"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            "Cổng quốc gia sẽ từ chối hoặc đếm sai hồ sơ này; xem danh sách errors.",
            "The national portal would refuse or miscount this dossier; see errors.",
            errors=[Invalid(one.pointer, one.detail, one.detail_en) for one in findings],
        )


def findings_of(dossier: Dossier) -> list[Finding]:
    """Return every fault of a dossier as it stands, the gravest first."""
    found = [finding for rule in _RULES for finding in rule(dossier)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.REFUSED)


def refuse_poor(dossier: Dossier, *, blocking: Blocking) -> None:
    """Demand what `blocking` says.

    Raises:
        PoorDossierError: names every finding that blocks.
    """
    if blocking is Blocking.NONE:
        return
    found = findings_of(dossier)
    if blocking is Blocking.REFUSED:
        found = [finding for finding in found if finding.severity is Severity.REFUSED]
    if found:
        raise PoorDossierError(found)


def _owner(dossier: Dossier) -> Iterator[Finding]:
    identity, at = dossier.filing.applicant.identity, "/applicant/identity_number"
    if identity is None or identity.kind not in _KNOWN_IDENTITIES:
        yield Finding(
            "owner-without-identity",
            Severity.REFUSED,
            at,
            "Cổng cần số định danh cá nhân (12 số) hoặc CMND (9 số) của chủ hồ sơ",
            "the portal wants the owner's personal number (12 digits) or card number (9 digits)",
        )
    elif identity.number == _PLACEHOLDER or len(set(identity.number)) == 1:
        yield _miscounted(
            "owner-identity-invented",
            at,
            "số giấy tờ trông như số điền cho có; hồ sơ không gắn được với công dân",
            "the number looks made up; the dossier cannot be tied to a citizen",
        )


def _names(dossier: Dossier) -> Iterator[Finding]:
    procedure = dossier.filing.procedure
    fields = (
        ("/procedure_name", procedure.name),
        ("/sector_code", procedure.sector_code),
        ("/sector_name", procedure.sector_name),
    )
    for at, text in fields:
        if not text.strip():
            yield Finding(
                f"{at[1:].replace('_', '-')}-missing",
                Severity.REFUSED,
                at,
                "Cổng không nhận hồ sơ thiếu trường này",
                "the portal takes no dossier without it",
            )


def _times(dossier: Dossier) -> Iterator[Finding]:
    filing, times = dossier.filing, dossier.filing.times
    if dossier.due_at is None:
        yield _miscounted(
            "no-due-date",
            "/due_at",
            "không có ngày hẹn trả: đúng hạn hay không sẽ tính theo thời hạn tối đa của thủ tục",
            "no due date: on time or late is judged by the procedure's longest time limit",
        )
    if filing.channel is Channel.ONLINE and times.submitted_at is None:
        yield _miscounted(
            "online-without-submission",
            "/submitted_at",
            "hồ sơ trực tuyến thiếu ngày nộp; một số chỉ số đếm theo ngày này",
            "an online dossier without the day it was submitted, by which some indicators count",
        )
    if times.submitted_at is not None and times.submitted_at > times.received_at:
        yield _miscounted(
            "received-before-submitted",
            "/submitted_at",
            "ngày nộp sau ngày tiếp nhận",
            "submitted after it was received",
        )
    finished = dossier.ends.finished_at
    if finished is not None and finished < times.received_at:
        yield _miscounted(
            "finished-before-received",
            "/finished_at",
            "xử lý xong trước khi tiếp nhận: thời gian giải quyết bị âm",
            "finished before it was received: the time it took is negative",
        )
    if dossier.status is Status.RETURNED and finished is None:
        yield _miscounted(
            "returned-without-finish",
            "/finished_at",
            "đã trả kết quả nhưng chưa có ngày xử lý xong; thời điểm kết thúc tính theo ngày trả",
            "returned and never finished; the day of return is counted as the end",
        )


def _papers(dossier: Dossier) -> Iterator[Finding]:
    papers = (*dossier.filing.attachments, *dossier.handling.papers)
    if not any(paper.digitised for paper in papers):
        yield _miscounted(
            "nothing-digitised",
            "/attachments",
            "không thành phần hồ sơ nào được số hoá; hồ sơ không tính là đã số hoá",
            "no paper is digitised; the dossier does not count as digitised",
        )
    for place, paper in enumerate(dossier.filing.attachments):
        if not paper.file_id and not is_reachable(paper.url):
            yield out_of_reach(f"/attachments/{place}/url")


def _fees(dossier: Dossier) -> Iterator[Finding]:
    fees = (
        *dossier.filing.fees,
        *(fee for one in dossier.handling.fee_requests for fee in one.fees),
    )
    is_online = any(payment.method in _ONLINE for payment in dossier.handling.payments)
    if dossier.status in _ENDED and any(fee.amount_vnd for fee in fees) and not is_online:
        yield _miscounted(
            "fee-not-paid-online",
            "/fees",
            "có phí, lệ phí nhưng không thanh toán trực tuyến",
            "there is a fee, and nothing was paid online",
        )


def _results(dossier: Dossier) -> Iterator[Finding]:
    if dossier.status not in _ENDED or dossier.filing.national:
        return  # A carried dossier's result stands in its own system's words.
    results = dossier.handling.results
    if not any(paper.result_code and paper.has_file for paper in results):
        yield _miscounted(
            "result-not-electronic",
            "/handling/results",
            "kết quả thiếu mã giấy tờ hoặc đường dẫn tệp: không tính là kết quả điện tử",
            "no result has both code and file: it does not count as electronic",
        )


def _supplements(dossier: Dossier) -> Iterator[Finding]:
    if len(dossier.handling.supplements) > 1 and dossier.status not in _ENDED:
        yield _miscounted(
            "supplement-asked-again",
            "/handling/supplements",
            "yêu cầu bổ sung nhiều lần mà chưa xong: Cổng tính là quá hạn",
            "papers asked for more than once and not finished: the portal counts it overdue",
        )


def _in_the_future(dossier: Dossier) -> Iterator[Finding]:
    if dossier.filing.times.received_at > dossier.changed_at:
        yield _miscounted(
            "received-in-the-future",
            "/received_at",
            "ngày tiếp nhận ở tương lai; hồ sơ chưa được đếm trong kỳ này",
            "received in the future; it does not count in this period",
        )


_RULES: Final[tuple[Callable[[Dossier], Iterator[Finding]], ...]] = (
    _owner,
    _names,
    _times,
    _papers,
    _fees,
    _results,
    _supplements,
    _in_the_future,
)


def out_of_reach(pointer: str) -> Finding:
    """Return the finding for a file at a local address."""
    return _miscounted(
        "file-out-of-reach",
        pointer,
        "Cổng không tải được tệp ở địa chỉ nội bộ này",
        "the portal cannot fetch a file from this local address",
    )


def _miscounted(name: str, pointer: str, detail: str, detail_en: str) -> Finding:
    return Finding(name, Severity.MISCOUNTED, pointer, detail, detail_en)


def is_reachable(url: str) -> bool:
    """Tell whether an address may be one on the internet; names are not looked up."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and host not in _LOCAL_NAMES and not host.endswith((".local", ".lan"))
