"""Eight clients send the same request with the same key at the same time, again and again."""

import asyncio

import httpx
import pytest
from sqlalchemy import Connection, func, select

from app.dossiers.tables import dossiers
from app.platform.database import open_database
from app.platform.ids import new_id
from tests.builders import a_dossier
from tests.conftest import Tell
from tests.e2e.stage import MakeStage, Stage

AT_ONCE = 8


async def storm(stage: Stage, rounds: int) -> list[set[tuple[int, bytes]]]:
    headers = {"Authorization": f"Bearer {await asyncio.to_thread(stage.token)}"}
    seen = []
    async with httpx.AsyncClient(
        base_url=stage.province.url, headers=headers, timeout=60, trust_env=False
    ) as http:
        for _ in range(rounds):
            key = {"Idempotency-Key": new_id()}
            posts = [
                http.post("/v1/dossiers", json=a_dossier(), headers=key) for _ in range(AT_ONCE)
            ]
            answers = await asyncio.gather(*posts)
            seen.append({(answer.status_code, answer.content) for answer in answers})
    return seen


def stored(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(dossiers)).scalar_one())


def test_each_round_has_one_effect_and_one_answer(
    make_stage: MakeStage, request: pytest.FixtureRequest, tell: Tell
) -> None:
    rounds = int(request.config.getoption("--rounds"))
    stage = make_stage()

    async def run() -> tuple[list[set[tuple[int, bytes]]], int]:
        seen = await storm(stage, rounds)
        async with open_database(stage.province.env["LGSP_DATABASE_URL"]) as database:
            return seen, await database.read(stored)

    seen, kept = asyncio.run(run())
    tell(f"{rounds} rounds x {AT_ONCE} posts: {kept} dossiers")
    assert [len(answers) for answers in seen] == [1] * rounds
    assert {status for answers in seen for status, _ in answers} == {201}
    assert kept == rounds
