"""What a dossier made use of, and what came out of it, as the national portal reads a record.

A carried dossier says it in the record's own words (`Filing.national`), one of ours in its own.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.dossiers.domain.filing import Attachment, Channel, Fee, Filing
from app.dossiers.domain.handling import Handling, PaymentMethod
from app.dossiers.domain.measure import Bit, EndKind, Known, Mark
from app.dossiers.domain.national_data import BUSINESS, POPULATION

Facts = Mapping[str, Any]

POPULATION_DATABASES: Final[frozenset[str]] = frozenset()
"""Codes of `MaCSDL` that name the population database; none: any code does.

Inferred: the codes are not public, and the rule names the field alone.
"""

_YES: Final = "1"
_PAID_ONLINE: Final = frozenset({"1", "2"})
_ONLINE: Final = frozenset({PaymentMethod.NATIONAL_PORTAL, PaymentMethod.PROVINCE_GATEWAY})


_MARKS: Final = [Mark(number) for number in range(2 * max(Mark))]
"""Every sum of marks: to make a flag takes longer than to find it."""


def marks_of(filing: Filing, handling: Handling, end: EndKind | None, known: Known) -> Mark:
    """Return what holds of a dossier (dvcqg §3.7); what looks at results only once it ended."""
    marks = _marks_of_filing(filing)
    if handling.national_uses:
        marks |= _marks_of_look_ups(handling)
    if handling.extension is not None:
        marks |= Bit.EXTENDED
    if end is not None:
        if end.has_result:
            marks |= _marks_of_result(filing, handling, known)
        if is_payable(filing, handling):
            marks |= Bit.PAYABLE
            if is_paid_online(filing, handling):
                marks |= Bit.PAID_ONLINE
    return _MARKS[marks]


def _marks_of_filing(filing: Filing) -> int:
    """Return the marks as a number: every act works them out."""
    marks = Bit.REUSED if reuses(filing) else 0
    if filing.came_in.is_verified_account or (filing.national and uses_population(filing)):
        marks |= Bit.POPULATION
    if filing.national and uses_personal_store(filing):
        marks |= Bit.PERSONAL_STORE
    return marks


def _marks_of_look_ups(handling: Handling) -> int:
    marks = 0
    if has_looked_up(handling, POPULATION):
        marks |= Bit.POPULATION
    if has_looked_up(handling, BUSINESS):
        marks |= Bit.BUSINESS
    return marks


def _marks_of_result(filing: Filing, handling: Handling, known: Known) -> int:
    marks = 0
    results = _results(filing, handling)
    if results and is_digitised(filing, handling):
        marks |= Bit.DIGITISED
    if results and has_electronic_result(filing, handling):
        marks |= Bit.ELECTRONIC
    if is_fully_online(filing, handling, known):
        marks |= Bit.ONLINE_FULL
    return marks


def uses_personal_store(filing: Filing) -> bool:
    """Whether a paper came from the national personal store: DuocLayTuKhoDMQG is 1."""
    return any(paper.get("DuocLayTuKhoDMQG") == _YES for paper in _told(filing, "TaiLieuNop"))


def uses_population(filing: Filing) -> bool:
    """Whether population data was used: an account of VNeID, the personal store, or MaCSDL."""
    asked = {use.get("MaCSDL") for use in _told(filing, "DSKetNoiCSDL")}
    return (
        filing.came_in.is_verified_account
        or filing.national.get("TaiKhoanDuocXacThucVoiVNeID") == _YES
        or uses_personal_store(filing)
        or bool(asked & POPULATION_DATABASES if POPULATION_DATABASES else asked)
    )


def has_looked_up(handling: Handling, service: str) -> bool:
    """Whether a look-up at a national database was made for it here, and found something.

    Of business data nothing else counts: no field of the record is known to tell of it (inferred).
    """
    return any(use.service == service for use in handling.national_uses)


def reuses(filing: Filing) -> bool:
    """Whether papers are reused: HoSoCoThanhPhanSoHoa of a synchronised dossier is 1."""
    told = filing.national.get("HoSoCoThanhPhanSoHoa")
    return told == _YES if told else any(paper.digitised for paper in filing.attachments)


def is_digitised(filing: Filing, handling: Handling) -> bool:
    """Whether at least one file lies in the components and one in the results."""
    papers = [*filing.attachments, *_brought(handling)]
    return any(paper.url for paper in papers) and any(url for _, url in _results(filing, handling))


def has_electronic_result(filing: Filing, handling: Handling) -> bool:
    """Whether a result has both its code and its link (dvcqg §3.5)."""
    return any(code and url for code, url in _results(filing, handling))


def is_fully_online(filing: Filing, handling: Handling, known: Known) -> bool:
    """Whether it came online, and its result too where the procedure yields a paper."""
    is_answered = has_electronic_result(filing, handling) or not known.yields_paper
    return filing.channel is Channel.ONLINE and is_answered


def is_payable(filing: Filing, handling: Handling) -> bool:
    """Whether it counts among those to be paid: not every fee of it is 0."""
    return any(fee.amount_vnd for fee in _fees(filing, handling))


def is_paid_online(filing: Filing, handling: Handling) -> bool:
    """Whether DuocThanhToanTrucTuyen is 1 or 2: paid on the national portal or a gateway."""
    told = filing.national.get("DuocThanhToanTrucTuyen")
    return told in _PAID_ONLINE or any(one.method in _ONLINE for one in handling.payments)


def needs_procedure(filing: Filing, handling: Handling, end: EndKind | None) -> bool:
    """Tell whether it matters if the procedure yields a paper."""
    is_online_end = end is not None and end.has_result and filing.channel is Channel.ONLINE
    return is_online_end and not has_electronic_result(filing, handling)


def _results(filing: Filing, handling: Handling) -> list[tuple[str, str]]:
    told = _told(filing, "DanhSachGiayToKetQua")
    return [
        *((paper.result_code, paper.url) for paper in handling.results),
        *(
            (str(one.get("MaGiayToKetQua", "")), str(one.get("DuongDanTepTinKetQua", "")))
            for one in told
        ),
    ]


def _brought(handling: Handling) -> Iterable[Attachment]:
    for asked in handling.supplements:
        if asked.receipt is not None:
            yield from asked.receipt.papers


def _fees(filing: Filing, handling: Handling) -> Iterable[Fee]:
    yield from filing.fees
    for request in handling.fee_requests:
        yield from request.fees


def _told(filing: Filing, name: str) -> list[Facts]:
    found: list[Facts] = filing.national.get(name) or []
    return found
