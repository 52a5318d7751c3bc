"""Has the signatures of documents looked at, soon after they were taken in."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.documents.domain.documents import Attachment, Document
from app.documents.domain.legal_value import (
    Check,
    PacketSignature,
    Seal,
    SealState,
    Signatory,
)
from app.documents.use_cases import examining
from app.exchange import leases
from app.exchange.signatures import findings
from app.exchange.signatures.examiner import Examiner, Material
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.settings import Settings

_LEASE: Final = "documents.examine"
_AT_ONCE: Final = 20
_MAGIC: Final = b"%PDF-"
_HEAD: Final = 1024
"""A PDF may begin behind so many bytes of something else."""


class Looker:
    """Looks at what is due; of several workers one at a time does."""

    def __init__(
        self, examiner: Examiner, database: Database, clock: Clock, settings: Settings, holder: str
    ) -> None:
        self._examiner = examiner
        self._database = database
        self._clock = clock
        self._province = settings.province
        self._holder = holder
        self._lease = timedelta(seconds=settings.lease_seconds)

    async def turn(self) -> int:
        """Look at what is due; return at how many documents."""
        done = 0
        while await self._may_work():
            found = await self._database.read(examining.due, _AT_ONCE)
            for document in found:
                check = await self._check(document)
                await self._database.transact(
                    examining.keep, self._clock, document, check, self._province
                )
                done += 1
                if not await self._may_work():
                    return done
            if len(found) < _AT_ONCE:
                break
        return done

    async def release(self) -> None:
        """Let another worker go on at once, and end the processes."""
        await self._examiner.close()
        await self._database.transact(leases.release, name=_LEASE, holder=self._holder)

    async def _may_work(self) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=_LEASE, holder=self._holder, duration=self._lease
        )

    async def _check(self, document: Document) -> Check:
        moment = self._clock.now()
        seals: list[Seal] = []
        for file in document.attachments:
            seals += await self._seals(file, moment)
        return Check(await self._packet(document, moment), seals, moment)

    async def _packet(self, document: Document, moment: datetime) -> PacketSignature:
        material = self._material(document.packet.sha256, document.packet.size)
        return PacketSignature(await self._examiner.packet(material, moment))

    async def _seals(self, file: Attachment, moment: datetime) -> Sequence[Seal]:
        if not is_pdf(await self._database.read(examining.part, file.sha256, 0)):
            return []
        material = self._material(file.sha256, file.size)
        return await seals_of(self._examiner, file.n, material, moment)

    def _material(self, sha256: str, size: int) -> Material:
        async def parts() -> AsyncIterator[bytes]:
            n = 0
            while part := await self._database.read(examining.part, sha256, n):
                yield part
                n += 1

        return Material(size, parts)


def is_pdf(raw: bytes) -> bool:
    """Tell whether bytes are a PDF, whatever their name says."""
    return _MAGIC in raw[:_HEAD]


async def seals_of(
    examiner: Examiner, n: int, material: Material, moment: datetime
) -> Sequence[Seal]:
    """Return the signatures inside the PDF that is file `n`."""
    return [_seal(n, found) for found in await examiner.pdf(material, moment)]


async def look_at(
    examiner: Examiner, packet: bytes | None, files: Iterable[bytes], moment: datetime
) -> Check:
    """Return what the signatures of a packet and of files come to; nothing is kept."""
    state = PacketSignature.ABSENT
    if packet is not None:
        state = PacketSignature(await examiner.packet(Material.of(packet), moment))
    seals: list[Seal] = []
    for n, raw in enumerate(files, 1):
        if is_pdf(raw):
            seals += await seals_of(examiner, n, Material.of(raw), moment)
    return Check(state, seals, moment)


def _seal(n: int, found: findings.Seal) -> Seal:
    return Seal(
        n=n,
        state=SealState(found.state),
        signatory=None if found.signatory is None else Signatory(found.signatory),
        signer=found.signer,
        signed_at=found.signed_at,
        certificate=found.certificate,
    )
