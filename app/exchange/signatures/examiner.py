"""Has signatures looked at: a bounded number of processes, a bounded time and size for each."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog

from app.exchange.signatures.findings import Look, PacketState, Seal, SealState
from app.exchange.signatures.roots import read_roots
from app.platform.settings import Settings

_log = structlog.get_logger("lgsp.signatures")

_MEMORY: Final = 1024 * 1024 * 1024
_LINE: Final = 1024 * 1024
_PROJECT: Final = Path(__file__).resolve().parents[3]
_WAITING: Final = 32
_PACKET: Final = "packet"
_PDF: Final = "pdf"


@dataclass(frozen=True, slots=True)
class Material:
    """What is looked at: so many bytes, which `parts` brings one after the other."""

    size: int
    parts: Callable[[], AsyncIterator[bytes]]

    @classmethod
    def of(cls, raw: bytes) -> "Material":
        """Return bytes that are at hand."""

        async def parts() -> AsyncIterator[bytes]:
            yield raw

        return cls(len(raw), parts)


class Examiner:
    """Looks at one thing in each of its processes at a time; they begin when first needed.

    What is too large, takes too long or breaks its process is unverifiable.

    Raises:
        TrustRootsError: if the file of roots holds none.
    """

    def __init__(self, settings: Settings) -> None:
        roots = settings.signature_trust_roots_file
        read_roots(roots)
        self._roots = "" if roots is None else str(roots)
        self._most = settings.signature_max_bytes
        self._seconds = settings.signature_seconds
        self._marks = [mark.upper() for mark in settings.signature_person_marks]
        self._waiting = 0
        self._free: asyncio.Queue[asyncio.subprocess.Process | None] = asyncio.Queue()
        for _ in range(settings.signature_processes):
            self._free.put_nowait(None)

    @property
    def is_busy(self) -> bool:
        """Whether so many already wait that nobody should be made to wait behind them."""
        return self._waiting >= _WAITING

    async def packet(self, material: Material, moment: datetime) -> PacketState:
        """Return the state of a packet's own signature."""
        found = await self._look(Look(_PACKET, moment), material)
        return PacketState.UNVERIFIABLE if found is None else PacketState(found)

    async def pdf(self, material: Material, moment: datetime) -> Sequence[Seal]:
        """Return the signatures inside a PDF."""
        found = await self._look(Look(_PDF, moment, self._marks), material)
        if found is None:
            return [Seal(SealState.UNVERIFIABLE)]
        return [Seal.of_facts(one) for one in found]

    async def close(self) -> None:
        """End the processes; each ends when its input does, and is not waited for long."""
        while not self._free.empty():
            process = self._free.get_nowait()
            if process is not None:
                await _end(process)

    async def _look(self, look: Look, material: Material) -> Any:
        if material.size > self._most:
            return None
        self._waiting += 1
        try:
            process = await self._free.get()
        finally:
            self._waiting -= 1
        is_answered = False
        try:
            process = await self._running(process)
            async with asyncio.timeout(self._seconds):
                answer = await _ask(process, look, material)
            is_answered = True
        except (TimeoutError, OSError, ValueError, asyncio.IncompleteReadError) as error:
            reason = type(error).__name__
            _log.warning("look-failed", kind=look.kind, size=material.size, reason=reason)
            return None
        else:
            return answer
        finally:
            # One that did not answer may still do so, to whoever asks next: it must go.
            self._free.put_nowait(process if is_answered else None)
            if process is not None and not is_answered:
                await _end(process)

    async def _running(
        self, process: asyncio.subprocess.Process | None
    ) -> asyncio.subprocess.Process:
        if process is not None and process.returncode is None:
            return process
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.exchange.signatures", self._roots, str(_MEMORY)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE,
            cwd=os.fspath(_PROJECT),
        )


async def _ask(process: asyncio.subprocess.Process, look: Look, material: Material) -> Any:
    if process.stdin is None or process.stdout is None:
        raise BrokenPipeError
    said = {
        "kind": look.kind,
        "moment": look.moment.isoformat(),
        "person_marks": list(look.person_marks),
        "size": material.size,
    }
    process.stdin.write(json.dumps(said).encode() + b"\n")
    async for part in material.parts():
        process.stdin.write(part)
        await process.stdin.drain()
    return json.loads(await process.stdout.readuntil(b"\n"))


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    await process.communicate()
