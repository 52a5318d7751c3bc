"""Dossiers as the land system reads them, their papers read when they are sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.errands.domain import Facts, Kind
from app.errands.domain.tax import Payer, TaxVoucher
from app.errands.sync.papers import Papers, ReadPaper
from app.errands.use_cases.vouchers import find_voucher, payer_of
from app.exchange.messages import Message
from app.exchange.ngsp.land import LandClient
from app.exchange.ngsp.wire import land as wire
from app.exchange.outcomes import Outcome, Refused
from app.platform.clock import VIETNAM
from app.platform.database import Database
from app.platform.sealing import sealer_of
from app.platform.settings import Settings

_PAPERLESS: Final = frozenset({Kind.LAND_RETURN, Kind.LAND_CORRECTION, Kind.LAND_VOUCHER})


class LandDesk:
    """What the land system is owed, told in its dialect."""

    def __init__(self, client: LandClient, database: Database, settings: Settings) -> None:
        self._client = client
        self._database = database
        self._papers = Papers(database)
        self._settings = settings
        self._sealer = sealer_of(settings)

    async def send(self, message: Message) -> Outcome:
        """Tell what a message owes."""
        facts, kind = message.body["facts"], Kind(message.body["kind"])
        if kind in _PAPERLESS:
            return await self._tell(kind, facts)
        papers = await self._read(facts["papers"])
        if isinstance(papers, Refused):
            return papers
        if kind is Kind.LAND_SUPPLEMENT:
            return await self._client.supply(self._supplied(facts, papers))
        return await self._client.hand_over(handover_of(facts, papers, self._settings))

    async def _tell(self, kind: Kind, facts: Facts) -> Outcome:
        if kind is Kind.LAND_RETURN:
            return await self._client.give_back(self._returned(facts))
        if kind is Kind.LAND_CORRECTION:
            return await self._client.correct(self._correction(facts))
        return await self._hand_on(facts)

    async def _hand_on(self, facts: Facts) -> Outcome:
        kept = await self._database.read(find_voucher, facts["voucher"])
        payer = None if kept is None else payer_of(kept, self._sealer)
        if kept is None or payer is None:
            return Refused("voucher-unreadable", "what is sealed of the voucher cannot be opened")
        told = voucher_of(facts["number"], kept.voucher, payer, self._settings)
        return await self._client.hand_on(told)

    async def _read(self, papers: Sequence[Facts]) -> list[wire.Paper] | Refused:
        found = await self._papers.read(one["file"] for one in papers if one["file"])
        if isinstance(found, Refused):
            return found
        return [_paper(one["name"], found.get(one["file"])) for one in papers]

    def _supplied(self, facts: Facts, papers: Sequence[wire.Paper]) -> wire.Supplied:
        return wire.Supplied(
            number=facts["number"],
            handled_by=facts["handled_by"],
            happened_at=moment(facts["happened_at"], self._settings),
            note=facts["note"],
            papers=tuple(papers),
        )

    def _returned(self, facts: Facts) -> wire.Returned:
        return wire.Returned(
            number=facts["number"],
            handled_by=facts["handled_by"],
            happened_at=moment(facts["happened_at"], self._settings),
            note=facts["note"],
        )

    def _correction(self, facts: Facts) -> wire.Correction:
        return wire.Correction(
            number=facts["number"],
            handled_by=facts["handled_by"],
            happened_at=moment(facts["happened_at"], self._settings),
            content=facts["content"],
        )


def handover_of(facts: Facts, papers: Sequence[wire.Paper], settings: Settings) -> wire.Handover:
    """Return a dossier as it is handed over."""
    procedure: str = facts["procedure"]
    return wire.Handover(
        is_of_province=facts["is_of_province"],
        province=settings.land_province_id,
        district=facts["district_id"],
        commune=facts["commune_id"],
        number=facts["number"],
        one_stop_code=facts["dossier"],
        received_by=facts["received_by"],
        received_at=moment(facts["received_at"], settings),
        due_at=moment(facts["due_at"], settings),
        place=facts["address"],
        submitter=wire.Submitter(**facts["submitter"]),
        workflow=wire.Workflow(
            code=settings.land_workflows.get(procedure, procedure), name=facts["procedure_name"]
        ),
        parcels=tuple(_parcel(one) for one in facts["parcels"]),
        papers=tuple(papers),
    )


def voucher_of(number: str, voucher: TaxVoucher, payer: Payer, settings: Settings) -> wire.Voucher:
    """Return a voucher as it is handed on."""
    totals = voucher.totals
    at = None if voucher.paid_at is None else voucher.paid_at.isoformat()
    return wire.Voucher(
        number=number,
        source=voucher.source,
        tax_code=payer.tax_code,
        amount=_sum(voucher.amount_vnd),
        content=payer.content,
        paid_at=moment(at, settings),
        notice=voucher.notice,
        status=voucher.status,
        receipt=payer.receipt,
        payer_number=payer.identity_number,
        payer_name=payer.name,
        province=payer.province,
        district=payer.district,
        commune=payer.commune,
        address=payer.address,
        certificate=payer.certificate,
        payable=_sum(totals.payable_vnd),
        exempted=_sum(totals.exempted_vnd),
        settled=_sum(totals.settled_vnd),
        outstanding=_sum(totals.outstanding_vnd),
        result=voucher.result,
        explanation=payer.explanation,
    )


def moment(text: str | None, settings: Settings) -> str:
    """Return a moment as the land system is set to read it; "" for none."""
    if text is None:
        return ""
    at = datetime.fromisoformat(text).astimezone(VIETNAM)
    return at.strftime(settings.land_moment_format)


def _sum(amount: int | None) -> str:
    return "" if amount is None else str(amount)


def _paper(name: str, read: ReadPaper | None) -> wire.Paper:
    file = None if read is None else wire.PaperFile(name=read.name, content=read.content)
    return wire.Paper(name=name, file=file)


def _parcel(facts: Facts) -> wire.Parcel:
    area = facts["area_m2"]
    return wire.Parcel(
        number=facts["number"],
        map_sheet=facts["map_sheet"],
        area=None if area is None else float(area),
        address=facts["address"],
    )
