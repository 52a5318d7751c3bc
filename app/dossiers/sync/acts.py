"""What the acts left on a dossier, as the lists of the national record."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from app.dossiers.domain.filing import Attachment, Channel, Fee, Filing, ResultDelivery
from app.dossiers.domain.handling import Handling, PaymentMethod, ReturnWay, Supplement
from app.dossiers.domain.reuse import ReuseKind
from app.exchange.dvcqg.wire import Fee as FeeRecord
from app.exchange.dvcqg.wire import ResultPaper as ResultRecord
from app.exchange.dvcqg.wire import SubmittedPaper, SupplementRound

_DELIVERIES: Final[Mapping[ResultDelivery, Literal["0", "1"]]] = {
    ResultDelivery.DIRECT: "0",
    ResultDelivery.POSTAL: "1",
}
_ONLINE: Final[Mapping[PaymentMethod, Literal["1", "2"]]] = {
    PaymentMethod.NATIONAL_PORTAL: "1",
    PaymentMethod.PROVINCE_GATEWAY: "2",
}
_REUSES: Final[Mapping[ReuseKind, Literal["1", "2"]]] = {
    ReuseKind.COMPONENT: "1",
    ReuseKind.RESULT: "2",
}
_NOT_REUSED: Final = "0"

Link = Callable[[str], str]
"""Gives the address at which the nation fetches a file that is held here."""

_NO_FEE: Final = "0"
_NOT_PAID_ONLINE: Final = "3"
"""Inferred: a fee exists and was not paid online."""


def online_payment(filing: Filing, handling: Handling) -> Literal["0", "1", "2", "3"]:
    """Return how the nation counts the payment; one made online decides."""
    online = [_ONLINE[one.method] for one in handling.payments if one.method in _ONLINE]
    if online:
        return min(online)
    return _NOT_PAID_ONLINE if any(fee.amount_vnd for fee in _fees(filing, handling)) else _NO_FEE


def fees_of(filing: Filing, handling: Handling) -> tuple[FeeRecord, ...]:
    """Return every fee, filed or asked for; the codes of kind and collection are not public."""
    return tuple(
        FeeRecord(name=fee.name, code=fee.code, amount=str(fee.amount_vnd))
        for fee in _fees(filing, handling)
    )


def account_of(filing: Filing, handling: Handling) -> str:
    """Return the owner's national account (TechID); it is told only of what came in online."""
    link = handling.account
    return link.account_id if link is not None and filing.channel is Channel.ONLINE else ""


def papers_of(
    code: str, filing: Filing, handling: Handling, link: Link
) -> tuple[SubmittedPaper, ...]:
    """Return what was filed, then what was added."""
    filed = (
        paper_of(f"{code}/{place}", paper, link)
        for place, paper in enumerate(filing.attachments, 1)
    )
    added = (
        paper_of(f"{code}/T/{place}", paper, link) for place, paper in enumerate(handling.papers, 1)
    )
    return (*filed, *added)


def rounds_of(code: str, handling: Handling, link: Link) -> tuple[SupplementRound, ...]:
    """Return the rounds of supplements."""
    return tuple(_round(code, asked, link) for asked in handling.supplements)


def results_of(code: str, handling: Handling, link: Link) -> tuple[ResultRecord, ...]:
    """Return the papers of the result."""
    return tuple(
        ResultRecord(
            name=paper.name,
            component_code=paper.component_code,
            paper_id=f"{code}/KQ/{place}",
            url=link(paper.file_id) if paper.file_id else paper.url,
            result_code=paper.result_code,
        )
        for place, paper in enumerate(handling.results, 1)
    )


def returned_how(handling: Handling) -> str:
    """Return in which way the result went, with the postal number; "" until then."""
    handover = handling.handover
    if handover is None:
        return ""
    number = handover.tracking_number
    return f"{handover.way.label} ({number})" if number else handover.way.label


def delivery_of(filing: Filing, handling: Handling) -> Literal["0", "1"]:
    """Return how the result is returned: as it was in the end, else as it was wished."""
    if handling.handover is not None:
        return "1" if handling.handover.way is ReturnWay.POST else "0"
    return _DELIVERIES[filing.result_delivery]


def paper_of(paper_id: str, paper: Attachment, link: Link) -> SubmittedPaper:
    """Return a paper that was handed in."""
    reuse = paper.reuse
    return SubmittedPaper(
        paper_id=paper_id,
        file_name=paper.name,
        component_code=paper.component_code,
        url=link(paper.file_id) if paper.file_id else paper.url,
        is_digitised=flag_of(paper.digitised),
        reuse=_NOT_REUSED if reuse is None else _REUSES[reuse.kind],
        replacing_result_code="" if reuse is None else reuse.result_code,
        from_personal_store=flag_of(paper.is_from_store),
    )


def flag_of(truth: bool) -> Literal["0", "1"]:  # noqa: FBT001 -- the value itself is translated
    """Return a truth as the portal writes it."""
    return "1" if truth else "0"


def _fees(filing: Filing, handling: Handling) -> list[Fee]:
    """Return the fees filed, then those asked for that are others."""
    asked = [fee for request in handling.fee_requests for fee in request.fees]
    return [*filing.fees, *(fee for fee in asked if fee not in filing.fees)]


def _round(code: str, asked: Supplement, link: Link) -> SupplementRound:
    receipt = asked.receipt
    opened = SupplementRound(
        round_id=str(asked.number),
        requested_by=asked.asked_by,
        request="; ".join([asked.content, *asked.papers]),
        requested_at=asked.asked_at,
    )
    if receipt is None:
        return opened
    return opened.model_copy(
        update={
            "accepted_by": receipt.received_by,
            "acceptance": receipt.note,
            "accepted_at": receipt.received_at,
            "is_complete": "True",
            "papers": tuple(
                paper_of(f"{code}/BS{asked.number}/{place}", paper, link)
                for place, paper in enumerate(receipt.papers, 1)
            ),
            "previous_due_at": receipt.due_before,
            "new_due_at": receipt.due_after,
        }
    )
