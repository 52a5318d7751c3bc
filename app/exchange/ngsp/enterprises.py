"""The business register, first generation: GET under a token (context apiCSDLDKDN)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final, TypeVar

from app.exchange.ngsp.calling import Call, Caller, read
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.wire.enterprises import (
    Detail,
    DetailAnswer,
    Envelope,
    FilesAnswer,
    RegistrationFile,
)

SERVICE: Final = "enterprises"
_DONE: Final = "1"

E = TypeVar("E", bound=Envelope)


@dataclass(frozen=True, slots=True)
class Files:
    """A page of registration files, and how many there are as far as the register says it."""

    items: tuple[RegistrationFile, ...]
    count: int


class EnterpriseClient:
    """Asks the register; each method raises `ServiceError` without a usable answer."""

    def __init__(self, caller: Caller, context: str) -> None:
        self._caller = caller
        self._context = context

    async def detail(self, code: str) -> Detail | None:
        """Return the newest record of an enterprise; None if the register has none."""
        answer = await self._ask("chiTietDoanhNghiep", {"msdn": code}, DetailAnswer)
        found = answer.data
        return found if found is not None and found.main is not None and found.main.code else None

    async def files(self, first: date, last: date, *, offset: int, limit: int) -> Files:
        """Return files of at most five days, both ends counted."""
        query = {"from_date": f"{first:%d/%m/%Y}", "to_date": f"{last:%d/%m/%Y}"}
        return await self._files("danhSachHoSo", query | _page(offset, limit))

    async def files_today(self, first: time, last: time, *, offset: int, limit: int) -> Files:
        """Return files handled today between two times of day."""
        query = {"from_ts": f"{first:%H:%M}", "to_ts": f"{last:%H:%M}"}
        return await self._files("danhSachHoSoTrongNgay", query | _page(offset, limit))

    async def file(self, number: str) -> RegistrationFile | None:
        """Return one registration file by its journal number."""
        answer = await self._ask("tinhTrangHoSo", {"in_journal_no": number}, FilesAnswer)
        return answer.data[0] if answer.data else None

    async def _files(self, resource: str, query: Mapping[str, str]) -> Files:
        answer = await self._ask(resource, query, FilesAnswer)
        return Files(answer.data, len(answer.data) if answer.count is None else answer.count)

    async def _ask(self, resource: str, query: Mapping[str, str], model: type[E]) -> E:
        url = self._caller.url(self._context, resource)
        call = Call(SERVICE, resource, "GET", url, query=query)
        answer = read(model, call, await self._caller.ask(call))
        if answer.status != _DONE:
            raise ServiceError(Trouble.REFUSED, "status-0")
        return answer


def _page(offset: int, limit: int) -> dict[str, str]:
    return {"offset": str(offset), "limit": str(limit)}
