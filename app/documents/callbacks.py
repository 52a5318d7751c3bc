"""What the axis brings: fetched, kept, and only then acknowledged."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final, TypeVar

import structlog

from app.documents.use_cases import receiving, waiting
from app.documents.use_cases.addressing import Item, Outcome, Terms
from app.documents.use_cases.packing import Consignment, packed
from app.exchange import leases
from app.exchange.again import Again
from app.exchange.ahead import Beside, ahead
from app.exchange.outcomes import Refused
from app.exchange.relay import survive
from app.exchange.vxp.calls import Fetching
from app.exchange.vxp.client import (
    AxisUnavailableError,
    DeliveryState,
    MessageType,
    VxpClient,
)
from app.exchange.vxp.edxml.errors import EdxmlError
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet, StatusPacket
from app.exchange.vxp.edxml.reader import read_content
from app.exchange.vxp.wire import ReceivedItem
from app.platform.clock import Clock
from app.platform.contents import Content
from app.platform.database import Database
from app.platform.settings import Settings
from app.platform.spools import Spool
from app.platform.storage.streams import Deposit

_log = structlog.get_logger("lgsp.axis")

S = TypeVar("S")
T = TypeVar("T")

_DOC_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,100}", re.ASCII)
_SHOWN: Final = 20
_KINDS: Final[tuple[MessageType, ...]] = ("edoc", "status")


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A packet that was fetched; it lies on its spool if it is large."""

    item: Item
    raw: Content
    spool: Spool


class Receiver:
    """Empties our inbox on the axis; of several workers one at a time does.

    Some packets are fetched ahead of the one that is kept; they are kept in the axis's order.
    """

    def __init__(
        self, client: VxpClient, database: Database, clock: Clock, settings: Settings, holder: str
    ) -> None:
        self._client = client
        self._database = database
        self._clock = clock
        self._axis = f"vxp:{client.system_id}"
        self._province = settings.province
        self._terms = Terms(
            settings.members_beyond,
            is_strict=settings.status_table_axis == "strict",
            horizon=timedelta(hours=settings.status_wait_hours),
        )
        self._holder = holder
        self._lease = timedelta(seconds=settings.lease_seconds)
        self._folder = settings.spool_folder
        self._limits = Limits.of(settings.max_document_bytes)
        self._is_lenient = settings.vxp_packet_values == "lenient"
        self._at_once = settings.vxp_fetch_at_once
        self._again: dict[MessageType, Again] = {kind: Again(clock) for kind in _KINDS}
        self._fetching = Fetching(
            settings.vxp_download_above_bytes, at_most=settings.max_document_bytes
        )

    async def turn(self) -> int:
        """Take what waits, documents first; return how many were acknowledged as done.

        Whatever fails stays on the axis and comes again in a later turn.
        """
        if not await self._may_work():
            return 0
        await self._give_up()
        done = 0
        for kind in _KINDS:
            try:
                listed = await self._client.list_received(kind)
            except AxisUnavailableError as error:
                _log.warning("list-failed", kind=kind, reason=error.reason)
                return done
            again = self._again[kind]
            again.forget_all_but({one.doc_id for one in listed})
            done += await self._take([one for one in listed if again.is_due(one.doc_id)], again)
        return done

    async def release(self) -> None:
        """Let another worker go on at once."""
        await self._database.transact(leases.release, name=self._axis, holder=self._holder)

    async def _may_work(self) -> bool:
        return await self._database.transact(
            leases.acquire,
            self._clock,
            name=self._axis,
            holder=self._holder,
            duration=self._lease,
        )

    async def _give_up(self) -> None:
        for late in await self._database.transact(waiting.give_up, self._clock, self._province):
            _log.error("status-given-up", doc_id=late.delivery.doc_id, code=late.report.code)

    async def _take(self, listed: Sequence[ReceivedItem], again: Again) -> int:
        """Keep what is listed, in its order; return how many were acknowledged as done.

        What fails for a reason that nobody foresaw is passed over and waits: it holds up nothing.
        Whatever the axis goes on listing though it cannot be taken is tried less and less often.
        """
        calls = (partial(self._surely, self._fetch, one, one.doc_id) for one in listed)
        async with (
            Beside(self._at_once) as telling,
            aclosing(ahead(calls, at_once=self._at_once)) as fetched,
        ):
            async for one in fetched:
                if not await self._may_work():
                    break
                if one is None:
                    continue
                outcome = await self._surely(self._keep, one, one.item.doc_id)
                if outcome is None or not outcome.is_done:
                    again.failed(one.item.doc_id)
                if outcome is not None:
                    await telling.run(self._tell(one.item, outcome))
        return telling.done

    async def _surely(
        self, work: Callable[[S], Awaitable[T | None]], on: S, doc_id: str
    ) -> T | None:
        return await survive(work(on), "item-failed", doc_id=doc_id)

    async def _fetch(self, listed: ReceivedItem) -> _Fetched | None:
        if _DOC_ID.fullmatch(listed.doc_id) is None:
            _log.error("unusable-doc-id", length=len(listed.doc_id))
            return None
        item = Item(listed.doc_id, self._axis, self._province, listed.recipient, self._terms)
        spool = Spool(self._folder)
        try:
            raw = await self._client.fetch(item.doc_id, spool, self._fetching)
        except AxisUnavailableError as error:
            await self._wait(item, error)
            return None
        return _Fetched(item, raw, spool)

    async def _tell(self, item: Item, outcome: Outcome) -> bool:
        state: DeliveryState = "done" if outcome.is_done else "fail"
        why = "" if outcome.is_done else outcome.why or outcome.slug
        try:
            await self._client.update_status(item.doc_id, state, why)
        except AxisUnavailableError as error:
            await self._wait(item, error)
            return False
        if not outcome.is_done:
            _log.warning("item-refused", doc_id=item.doc_id, reason=outcome.slug)
        return outcome.is_done

    async def _wait(self, item: Item, error: AxisUnavailableError) -> None:
        if isinstance(error.failure, Refused):
            await self._refuse(item, error.slug, None)
        _log.warning("item-waits", doc_id=item.doc_id, reason=error.reason)

    async def _keep(self, fetched: _Fetched) -> Outcome:
        item, raw = fetched.item, fetched.raw
        try:
            found = await asyncio.to_thread(self._read, raw, fetched.spool, item.doc_id)
        except EdxmlError as error:
            await self._refuse(item, error.slug, raw.sha256)
            return Outcome(error.slug, error.detail)
        if isinstance(found, StatusPacket):
            return await self._database.transact(
                receiving.receive_status, self._clock, item, found, raw.sha256
            )
        return await self._receive(item, found)

    async def _receive(self, item: Item, consignment: Consignment) -> Outcome:
        async with Deposit(self._database, self._clock) as deposit:
            await deposit.lay(consignment.contents)
            outcome = await self._database.transact(
                receiving.receive, self._clock, item, consignment
            )
            if not outcome.is_done:
                await deposit.discard()
        return outcome

    async def _refuse(self, item: Item, slug: str, digest: str | None) -> None:
        await self._database.transact(
            receiving.refuse, self._clock, item, "document.receive", slug, digest
        )

    def _read(self, raw: Content, spool: Spool, doc_id: str) -> Consignment | StatusPacket:
        reading = read_content(raw, limits=self._limits, spool=spool, is_lenient=self._is_lenient)
        packet, passed_over = reading.packet, reading.passed_over
        if places := [*passed_over.values, *passed_over.parties]:
            _log.warning("packet-read-leniently", doc_id=doc_id, places=places[:_SHOWN])
        return packed(packet, reading.raw) if isinstance(packet, Packet) else packet
