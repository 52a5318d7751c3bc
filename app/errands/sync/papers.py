"""Files that go out with an errand, read when it is sent."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.dossiers.domain.file_errors import UnknownFileError
from app.dossiers.use_cases.files import open_file
from app.exchange.outcomes import Refused
from app.platform.database import Database
from app.platform.storage import streams

_GONE: Final = Refused("paper-gone", "a paper is not kept any more")
_DAMAGED: Final = Refused("content-damaged", "what is kept is not the paper that is owed")


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A file as it goes out: its name, and its bytes in base64."""

    name: str
    content: str = field(repr=False)


class Papers:
    """Reads files that are held here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, ids: Iterable[str]) -> Mapping[str, ReadPaper] | Refused:
        """Return the files with these ids; a refusal if one is gone or damaged."""
        try:
            return {one: await self._read(one) for one in ids}
        except (UnknownFileError, streams.ContentGoneError):
            return _GONE
        except streams.DamagedContentError:
            return _DAMAGED

    async def _read(self, file_id: str) -> ReadPaper:
        held = await self._database.read(open_file, file_id)
        kept = await streams.find(self._database, held.sha256)
        content = b"".join([piece async for piece in streams.stream(self._database, kept)])
        return ReadPaper(held.name, base64.b64encode(content).decode())
