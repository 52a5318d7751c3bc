"""Large contents beside the acts: laid down ahead of one, and handed out part by part.

No transaction stays open while others send or read.
"""

import hashlib
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from app.platform.clock import Clock
from app.platform.contents import PART, Content
from app.platform.database import Database, DatabaseUnavailableError
from app.platform.errors import NotFoundError
from app.platform.ids import new_id
from app.platform.storage import blobs, deposits
from app.platform.storage.blobs import Kept, parts_of

_WITH_THE_ACT: Final = 1024 * 1024
"""So many bytes an act writes itself; beyond it what is large comes ahead of the act."""

_LARGE: Final = 64 * 1024
_AT_ONCE: Final = 4
"""Parts in one transaction."""


class ContentGoneError(NotFoundError):
    """What was kept was taken back, or its time is over: it is not kept any more."""

    slug = "content-gone"
    title = "Nội dung không còn được lưu"
    title_en = "The content is not kept any more"

    def __init__(self) -> None:
        super().__init__(
            "Nội dung không còn được lưu: đã được thu hồi hoặc đã hết hạn lưu.",
            "The content is not kept any more: it was taken back, or its time is over.",
        )


class DamagedContentError(Exception):
    """What is kept is not what its SHA-256 says; nobody may take it for whole."""


class Deposit:
    """Contents on their way into the database, until an act holds them.

    A context: what was laid down is taken away again if it is left by an error.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._id = new_id()
        self._laid: list[Content] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            await self.discard()

    async def lay(self, contents: Iterable[Content]) -> None:
        """Lay down what is too large for the act to write; each part is a transaction.

        Raises:
            DatabaseFullError: if there is no room.
            DatabaseUnavailableError: if the database does not take it.
        """
        parts = {one.sha256: one for content in contents for one in (*content.sources, content)}
        if sum(one.own_size for one in parts.values()) <= _WITH_THE_ACT:
            return
        for content in parts.values():
            if content.own_size > _LARGE:
                self._laid.append(content)
                await self._lay(content)

    async def _lay(self, content: Content) -> None:
        while not await self._begin(content):
            if await self._write(content):
                return

    async def _begin(self, content: Content) -> bool:
        return await self._database.transact(deposits.begin, self._clock, content, deposit=self._id)

    async def _write(self, content: Content) -> bool:
        """Write all parts; False to begin anew, because another deposit came in between."""
        end = parts_of(content)
        for start in range(0, end, _AT_ONCE):
            numbers = range(start, min(start + _AT_ONCE, end))
            act = self._database.transact(deposits.write, self._clock, content, numbers)
            if not await act:
                return False
        return await self._database.transact(deposits.complete, self._clock, content)

    async def discard(self) -> None:
        """Take away what no act came to hold; whatever cannot be reached goes later."""
        with suppress(DatabaseUnavailableError):
            for content in self._laid:
                while await self._step_back(content):
                    pass
        self._laid.clear()

    async def _step_back(self, content: Content) -> bool:
        return await self._database.transact(
            deposits.discard, self._clock, content.sha256, deposit=self._id
        )


async def find(database: Database, sha256: str) -> Kept:
    """Return a content to be handed out.

    Raises:
        ContentGoneError: if it is not kept any more.
    """
    kept = await database.read(blobs.find, sha256)
    if kept is None:
        raise ContentGoneError
    return kept


async def stream(database: Database, kept: Kept) -> AsyncIterator[bytes]:
    """Hand a content out part by part, each read on its own.

    Raises:
        DamagedContentError: before the last part, if it is not what its SHA-256 says.
    """
    digest = hashlib.sha256()
    for at in range(0, kept.size, PART):
        piece = await database.read(blobs.read, kept, at, PART)
        digest.update(piece)
        if at + PART >= kept.size and digest.hexdigest() != kept.sha256:
            raise DamagedContentError(kept.sha256)
        yield piece


async def stretch(database: Database, kept: Kept, start: int, end: int) -> AsyncIterator[bytes]:
    """Hand out the bytes from `start` to before `end`; they are not checked on their own."""
    for at in range(start, end, PART):
        yield await database.read(blobs.read, kept, at, min(PART, end - at))
