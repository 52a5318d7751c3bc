"""Dossiers as the land system reads them, their papers read when they are sent."""

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.dossiers.domain.file_errors import UnknownFileError
from app.dossiers.use_cases.files import open_file
from app.errands.domain import Facts, Kind
from app.exchange.messages import Message
from app.exchange.ngsp.land import LandClient
from app.exchange.ngsp.wire import land as wire
from app.exchange.outcomes import Outcome, Refused
from app.platform.clock import VIETNAM
from app.platform.database import Database
from app.platform.settings import Settings
from app.platform.storage import streams

_GONE: Final = Refused("paper-gone", "a paper is not kept any more")
_DAMAGED: Final = Refused("content-damaged", "what is kept is not the paper that is owed")


class LandDesk:
    """What the land system is owed, told in its dialect."""

    def __init__(self, client: LandClient, database: Database, settings: Settings) -> None:
        self._client = client
        self._database = database
        self._settings = settings

    async def send(self, message: Message) -> Outcome:
        """Tell what a message owes."""
        facts, kind = message.body["facts"], Kind(message.body["kind"])
        if kind is Kind.LAND_RETURN:
            return await self._client.give_back(self._returned(facts))
        if kind is Kind.LAND_CORRECTION:
            return await self._client.correct(self._correction(facts))
        papers = await self._papers(facts["papers"])
        if isinstance(papers, Refused):
            return papers
        if kind is Kind.LAND_SUPPLEMENT:
            return await self._client.supply(self._supplied(facts, papers))
        return await self._client.hand_over(handover_of(facts, papers, self._settings))

    async def _papers(self, papers: Sequence[Facts]) -> list[wire.Paper] | Refused:
        try:
            return [await self._paper(one) for one in papers]
        except (UnknownFileError, streams.ContentGoneError):
            return _GONE
        except streams.DamagedContentError:
            return _DAMAGED

    async def _paper(self, facts: Facts) -> wire.Paper:
        if not facts["file"]:
            return wire.Paper(name=facts["name"])
        held = await self._database.read(open_file, facts["file"])
        kept = await streams.find(self._database, held.sha256)
        content = b"".join([piece async for piece in streams.stream(self._database, kept)])
        file = wire.PaperFile(name=held.name, content=base64.b64encode(content).decode())
        return wire.Paper(name=facts["name"], file=file)

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


def moment(text: str | None, settings: Settings) -> str:
    """Return a moment as the land system is set to read it; "" for none."""
    if text is None:
        return ""
    at = datetime.fromisoformat(text).astimezone(VIETNAM)
    return at.strftime(settings.land_moment_format)


def _parcel(facts: Facts) -> wire.Parcel:
    area = facts["area_m2"]
    return wire.Parcel(
        number=facts["number"],
        map_sheet=facts["map_sheet"],
        area=None if area is None else float(area),
        address=facts["address"],
    )
