"""The files that pushed records name: the portal fetches each itself once it took the record."""

import asyncio
import hashlib
import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from mock_ngsp.settings import Settings

Row = dict[str, Any]

_AT_ONCE: Final = 8
_ADDRESSES: Final = ("DuongDanTaiTepTin", "DuongDanTepTinKetQua")
_DELETED: Final = ("True", "1")


class State(StrEnum):
    """How far the portal got with a file."""

    WAITING = "waiting"
    FETCHED = "fetched"
    FAILED = "failed"
    LEFT = "left"


@dataclass(slots=True)
class NamedFile:
    """A file of the last record of a dossier; `at` is where the record names it."""

    MaHoSo: str
    at: str
    url: str
    state: State = State.WAITING
    http_status: int | None = None
    size: int | None = None
    sha256: str | None = None
    problem: str | None = None


class Files:
    """Every file that the last records named, in the order they came."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._named: dict[str, list[NamedFile]] = {}
        self._tasks: dict[str, set[asyncio.Task[None]]] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def of(self, code: str) -> list[NamedFile]:
        """The files of one dossier."""
        return self._named.get(code, [])

    def all(self, state: State | None) -> list[NamedFile]:
        """Every file, or those in one state."""
        rows = [row for rows in self._named.values() for row in rows]
        return rows if state is None else [row for row in rows if row.state is state]

    def take(self, record: Row) -> None:
        """Begin to fetch what a record names; what the record before it named is forgotten."""
        code = record["MaHoSo"]
        self._cancel(code)
        self._named[code] = [NamedFile(code, at, url) for at, url in named_in(record)]
        for row in self._named[code]:
            if not self._may_fetch(row):
                row.state = State.LEFT
                continue
            task = asyncio.get_running_loop().create_task(self._fetch(row))
            self._tasks.setdefault(code, set()).add(task)
            task.add_done_callback(self._tasks[code].discard)

    async def settle(self, code: str, *, within: float) -> None:
        """Return when nothing of a dossier is waiting any more, or after so many seconds."""
        waiting = list(self._tasks.get(code, ()))
        if waiting and within:
            await asyncio.wait(waiting, timeout=within)

    def clear(self) -> None:
        """Forget everything; what is under way ends."""
        for code in list(self._tasks):
            self._cancel(code)
        self._named.clear()

    def _cancel(self, code: str) -> None:
        for task in list(self._tasks.pop(code, ())):
            task.cancel()

    def _may_fetch(self, row: NamedFile) -> bool:
        mode = self._settings.fetch_files
        return mode == "all" or (mode == "loopback" and _is_loopback(row.url))

    async def _fetch(self, row: NamedFile) -> None:
        limit = self._settings.fetch_time.total_seconds()
        try:
            async with self._turns, asyncio.timeout(limit):
                await self._read(row, limit)
        except TimeoutError:
            row.problem = f"not within {limit:g} seconds"
        except (httpx.HTTPError, httpx.InvalidURL) as wrong:
            row.problem = type(wrong).__name__
        row.state = State.FETCHED if row.problem is None else State.FAILED

    async def _read(self, row: NamedFile, limit: float) -> None:
        digest, size = hashlib.sha256(), 0
        async with (
            httpx.AsyncClient(trust_env=False, timeout=limit) as http,
            http.stream("GET", row.url) as answer,
        ):
            row.http_status = answer.status_code
            if answer.status_code != httpx.codes.OK:
                row.problem = f"HTTP {answer.status_code}"
                return
            async for piece in answer.aiter_raw():
                digest.update(piece)
                size += len(piece)
                if size > self._settings.fetch_bytes:
                    row.problem = f"over {self._settings.fetch_bytes} bytes"
                    return
        row.size, row.sha256 = size, digest.hexdigest()


def named_in(record: Row) -> Iterator[tuple[str, str]]:
    """Where a record names a file that is not deleted, and its address."""
    for place, paper in enumerate(record.get("TaiLieuNop", [])):
        yield from _named(f"TaiLieuNop/{place}", paper)
    for number, bundle in enumerate(record.get("DanhSachHoSoBoSung", [])):
        for place, paper in enumerate(bundle.get("DanhSachGiayToBoSung", [])):
            at = f"DanhSachHoSoBoSung/{number}/DanhSachGiayToBoSung/{place}"
            yield from _named(at, paper)
    for place, paper in enumerate(record.get("DanhSachGiayToKetQua", [])):
        yield from _named(f"DanhSachGiayToKetQua/{place}", paper)


def _named(at: str, paper: Row) -> Iterator[tuple[str, str]]:
    url = next((paper[name] for name in _ADDRESSES if paper.get(name)), "")
    if url and paper.get("IsDeleted") not in _DELETED:
        yield at, url


def _is_loopback(url: str) -> bool:
    """Whether an address is on this machine; names but `localhost` are not looked up."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
