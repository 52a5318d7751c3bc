"""A small day of the province over processes, on rough sea; and a nation that forgets."""

import asyncio
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from app.cli.processes import Processes
from app.cli.replay.command import set_stage
from app.cli.replay.hub import Hub
from app.cli.replay.judging import Verdict, judge
from app.cli.replay.nation import Nation
from app.cli.replay.plan import plan
from app.cli.replay.playing import Player, expected
from app.cli.replay.sea import drained
from app.dossiers.domain.calendars import WorkingHours
from app.dossiers.store.calendar import calendar_of
from tests.conftest import Tell
from tests.engines import Engines

ROUGH = ("--portal-fails", "0.1", "--kill-worker", "3")


def replay(*words: str) -> tuple[int, Any]:
    command = [sys.executable, "-m", "app.cli", "replay", *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own program
    return done.returncode, json.loads(done.stdout)


def test_on_rough_sea_the_portal_ends_with_exactly_our_state(
    engines: Engines, engine: str, tell: Tell
) -> None:
    empty = engines.empty(engine)
    words = ("--dossiers", "60", "--seed", "2", "--database-url", empty)
    code, found = replay(*words, *ROUGH)
    assert (code, found["differences"]) == (0, [])
    assert (found["kills"], found["parts"]) == (3, 12)
    assert found["portal"]["failed"] > 10
    assert sum(found["status"].values()) == sum(found["agency"].values()) == 72
    tell(f"{found['acts']} acts, {found['rows_sent_again']} rows sent again, {found['seconds']}")


async def _judged_after_a_loss(url: str, hub: Hub) -> Verdict:
    nation = Nation(url, 4)
    planned = plan(2, 8, calendar_of((), WorkingHours()), date(2026, 1, 5))
    try:
        played = await Player(hub, planned, lambda _at, _acts: None).play(4)
        assert await drained(hub, lambda _owed: None, patience=30) == (0, 0)
        await asyncio.to_thread(httpx.post, f"{url}/_axis/v1/reset", trust_env=False)
        return await judge(hub, nation, expected(planned, played), lambda _done: None)
    finally:
        await hub.close()
        await nation.close()


def test_what_the_portal_forgot_is_named_dossier_by_dossier(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        url, province = set_stage(processes, tmp_path, None)
        lost = _judged_after_a_loss(url, Hub(province, 4))
        verdict = asyncio.run(lost)
    assert verdict.dossiers == 8
    assert len(verdict.found) == 8
    assert all(one.endswith("the portal does not have it") for one in verdict.found)
