"""The nation fails in every way it can; what was acknowledged waits, and arrives once, in order."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import httpx
import pytest

from app.cli.demo.hop import await_that
from app.cli.demo.parties import Found, Hub, Nation
from tests.builders import a_dossier
from tests.e2e.go_between import GoBetween
from tests.e2e.stage import MakeStage, Stage

PATIENCE = 30.0
FOREVER = 1_000_000
MOVES = ("accepted", "processing")


class Scene:
    """A stage whose nation is told how to fail, and one dossier on it."""

    def __init__(self, stack: ExitStack, stage: Stage) -> None:
        self.stage = stage
        self.hub = stack.enter_context(closing(Hub(stage.province, PATIENCE)))
        self.nation = stack.enter_context(closing(Nation(stage.nation.url, PATIENCE)))
        self.code = ""

    def submit(self) -> None:
        self.code = self.hub.create("/v1/dossiers", json=a_dossier())["code"]

    def move(self) -> None:
        for status in MOVES:
            self.hub.create(f"/v1/dossiers/{self.code}/progress", json={"status": status})

    def control(self, command: str, **body: Any) -> None:
        url = f"{self.stage.nation.url}/_axis/v1/{command}"
        httpx.post(url, json=body, trust_env=False).raise_for_status()

    def received(self, operation: str) -> list[Found]:
        url = f"{self.stage.nation.url}/_axis/v1/received"
        answer = httpx.get(url, params={"operation": operation}, trust_env=False)
        items: list[Found] = answer.raise_for_status().json()["items"]
        return items

    def national(self, state: str) -> Found:
        """Wait until the dossier stands so with the nation, as our clients see it."""

        def look() -> Found | None:
            found: Found = self.hub.get(f"/v1/dossiers/{self.code}")["national"]
            return found if found["state"] == state else None

        return await_that(look, within=PATIENCE, what=f"national state {state}")

    def outbox(self, *words: str) -> Any:
        done = subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-m", "app.cli", "outbox", *words, "--json"],
            env={**os.environ, **self.stage.province.env},  # noqa: TID251 -- passed on
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def arrived(self) -> list[str]:
        """Return the statuses that the nation holds of the dossier, in order."""
        held = self.nation.dossier(self.code)
        return [row["TrangThai"] for row in held["progress"]] if held else []


SetScene = Callable[..., Scene]


@pytest.fixture
def set_scene(make_stage: MakeStage) -> Iterator[SetScene]:
    with ExitStack() as stack:
        yield lambda **changes: Scene(stack, make_stage(retry_cap_seconds="0.5", **changes))


@pytest.fixture
def between() -> Iterator[GoBetween]:
    with GoBetween() as running:
        yield running


def test_a_dossier_waits_while_the_nation_is_down_and_arrives_once(set_scene: SetScene) -> None:
    scene = set_scene()
    for fault, reason in (
        ({"status": 503}, "http-503"),
        ({"reset": True}, "connection-lost"),
        ({"status": 200}, "contract-breach"),
    ):
        scene.control("fail-next", operation="TraCuuHoSo", times=FOREVER, **fault)
        scene.submit()
        assert scene.national("deferred")["reason"] == reason
        scene.move()
        assert (scene.national("deferred")["delivered_at"], scene.arrived()) == (None, [])
        scene.control("reset")  # It is up again, and has forgotten our session as well.
        scene.national("delivered")
        assert scene.arrived() == ["1", "2", "4"]
        assert len(scene.received("login")) == 1


def test_an_answer_lost_on_its_way_back_has_no_second_effect(set_scene: SetScene) -> None:
    scene = set_scene()
    for operation in ("DongBoHoSoMC", "CapNhatTienDoHoSoMC"):
        scene.control("fail-next", operation=operation, times=2, reset=True, after=True)
    scene.submit()
    scene.move()
    scene.national("delivered")
    assert scene.arrived() == ["1", "2", "4"]
    assert [call["fault"] for call in scene.received("CapNhatTienDoHoSoMC")][:3] == [
        "reset after the effect", "reset after the effect", None,
    ]  # fmt: skip


def test_an_unknown_code_never_counts_as_success(set_scene: SetScene, between: GoBetween) -> None:
    scene = set_scene(dvcqg_url=between.url)
    between.nation = scene.stage.nation.url
    for service in ("TraCuuHoSo", "DongBoHoSoMC", "CapNhatTienDoHoSoMC"):
        between.answer(service, 77, "Thành công")
        scene.submit()
        national = scene.national("deferred")
        assert (national["reason"], national["delivered_at"]) == ("unknown-error-code", None)
        assert scene.arrived() == []
        between.answers.clear()
        scene.national("delivered")
        assert scene.arrived() == ["1"]


def test_a_refused_message_holds_its_key_until_it_is_retried(
    set_scene: SetScene, between: GoBetween
) -> None:
    scene = set_scene(dvcqg_url=between.url)
    between.nation = scene.stage.nation.url
    between.answer("DongBoHoSoMC", -1, "Dữ liệu không hợp lệ: MaLinhVuc")
    scene.submit()
    assert scene.national("refused")["reason"] == "-1: Dữ liệu không hợp lệ: MaLinhVuc"
    between.answers.clear()
    scene.move()
    first, *later = scene.outbox("list")
    assert (first["state"], first["key"]) == ("parked", f"dossier:{scene.code}")
    assert (first["held_by"], first["holding"]) == (None, len(MOVES))
    assert [(row["state"], row["attempts"]) for row in later] == [("owed", 0)] * len(MOVES)
    assert {row["held_by"] for row in later} == {first["message_id"]}
    assert (between.answered["DongBoHoSoMC"], scene.arrived()) == (1, [])
    assert scene.outbox("retry", first["message_id"])["state"] == "owed"
    scene.national("delivered")
    assert scene.arrived() == ["1", "2", "4"]
    assert {row["state"] for row in scene.outbox("list")} == {"delivered"}
