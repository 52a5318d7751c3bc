"""A small day of the province over processes, on rough sea; and a nation that knows less."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app.calendars.domain import WorkingHours
from app.calendars.store import calendar_of
from app.cli.processes import Processes
from app.cli.replay.command import set_stage
from app.cli.replay.history import Deed, History
from app.cli.replay.hub import Hub
from app.cli.replay.plan import plan
from app.cli.replay.playing import Played, Player, expected
from tests.bench.national import Owing
from tests.conftest import Tell
from tests.engines import Engines

ROUGH = ("--portal-fails", "0.1", "--kill-worker", "3")


def replayed(*words: str) -> tuple[int, Any]:
    command = [sys.executable, "-m", "app.cli", "replay", *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own program
    return done.returncode, json.loads(done.stdout)


def test_on_rough_sea_the_portal_ends_with_exactly_our_state(
    engines: Engines, engine: str, tell: Tell
) -> None:
    empty = engines.empty(engine)
    words = ("--dossiers", "40", "--seed", "2", "--database-url", empty)
    code, found = replayed(*words, *ROUGH)
    assert (code, found["differences"]) == (0, [])
    assert (found["kills"], found["parts"]) == (3, 3)
    assert found["portal"]["failed"] > 5
    assert sum(found["status"].values()) == sum(found["agency"].values()) == 43
    tell(f"{found['acts']} acts, {found['rows_sent_again']} rows sent again, {found['seconds']}")


def test_a_dossier_whose_message_was_lost_is_named_and_ends_with_1(engines: Engines) -> None:
    url = engines.migrated("sqlite")
    Owing(url).owe(1)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        database.execute("DELETE FROM outbox")
        database.commit()
    code, found = replayed("--dossiers", "2", "--database-url", url)
    assert (code, found["ok"]) == (1, False)
    assert sum(found["status"].values()) == 3
    assert found["differences"] == [
        "H38.12-261102-0001: the portal does not have it",
        "3 dossiers; planned 2 and 0 parts",
    ]


async def _played(hub: Hub, planned: list[History]) -> Played:
    async def hold(_acts: int) -> None: ...

    try:
        return await Player(hub, planned, hold=hold, told=lambda _at, _acts: None).play(2)
    finally:
        await hub.close()


def test_an_act_that_is_refused_is_named_and_what_follows_it_is_left_out(tmp_path: Path) -> None:
    first, second = plan(1, 2, calendar_of((), WorkingHours()), date(2026, 1, 5))
    body = {"actor": {"kind": "citizen"}, "score": 5}
    early = Deed(first.at, "rating", body)
    planned = [replace(first, deeds=(early, *first.deeds)), second]
    with Processes(tmp_path) as processes:
        _, province = set_stage(processes, tmp_path, None)
        played = asyncio.run(_played(Hub(province, 2), planned))
    assert played.refused == ["dossier 0, rating: HTTP 409 act-out-of-turn"]
    assert played.acts == 2 + len(second.deeds)
    assert expected(planned, played).keys() == set(played.codes.values())
