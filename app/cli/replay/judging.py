"""Asking both sides over HTTP what they hold, and counting it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.cli.replay.comparing import differences
from app.cli.replay.hub import Hub
from app.cli.replay.nation import Nation
from app.dossiers.domain.statuses import Status

_AT_ONCE: Final = 16


@dataclass(slots=True)
class Verdict:
    """What both sides hold: every difference by name, and how many of each kind there are."""

    found: list[str] = field(default_factory=list)
    compared: int = 0
    rows: int = 0
    repeated: int = 0
    status: Counter[str] = field(default_factory=Counter)
    channel: Counter[str] = field(default_factory=Counter)
    agency: Counter[str] = field(default_factory=Counter)

    @property
    def dossiers(self) -> int:
        """How many dossiers the gateway holds."""
        return self.status.total()

    def count(self, line: Mapping[str, Any]) -> None:
        """Count a dossier of the gateway."""
        self.status[line["status"]] += 1
        self.channel[line["channel"]] += 1
        self.agency[line["agency_code"]] += 1


async def judge(
    hub: Hub, nation: Nation, wanted: Mapping[str, Status], told: Callable[[int], None]
) -> Verdict:
    """Compare everything that either side holds, and the plan's ends with ours."""
    verdict = Verdict()
    ours = {line["code"]: line async for line in hub.every("/v1/dossiers")}
    for line in ours.values():
        verdict.count(line)
    for code in sorted({code async for code in nation.codes()} - ours.keys()):
        verdict.found.append(f"{code}: the portal has it, the gateway does not")
    for code, status in wanted.items():
        held = ours.get(code, {}).get("status")
        if held != status:
            verdict.found.append(f"{code}: planned to be {status}, the gateway says {held}")
    turn = asyncio.Semaphore(_AT_ONCE)

    async def compare(code: str) -> None:
        async with turn:
            await _compared(hub, nation, code, verdict)
            verdict.compared += 1
            told(verdict.compared)

    async with asyncio.TaskGroup() as group:
        for code in ours:
            group.create_task(compare(code))
    return verdict


async def _compared(hub: Hub, nation: Nation, code: str, verdict: Verdict) -> None:
    ours, steps = await asyncio.gather(
        hub.get(f"/v1/dossiers/{code}"), hub.get(f"/v1/dossiers/{code}/progress")
    )
    theirs = await nation.dossier(code)
    if theirs is not None:
        verdict.rows += len(theirs["progress"])
        verdict.repeated += theirs["repeated"]
    verdict.found += differences(ours, steps["items"], theirs)
