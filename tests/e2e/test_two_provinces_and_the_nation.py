"""Every business case over processes; in a storm it ends as in calm."""

import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from app.cli.demo.hop import await_that
from tests.conftest import Tell
from tests.e2e.realm import CODES, MakeRealm, Realm
from tests.e2e.rough_sea import RoughSea
from tests.e2e.story import FIRST, NATION, SECOND, SENDER, Story, document_id

PATIENCE = 600.0
"""Seconds that one hop may take in the storm; far more than any does where nothing else runs."""

QUICK = {"retry_cap_seconds": "0.5", "lease_seconds": "3", "vxp_poll_seconds": "0.3"}


def quiet(story: Story) -> None:
    await_that(lambda: story.is_quiet() or None, within=PATIENCE, what="an empty outbox")


@contextmanager
def dying_workers(realm: Realm, chance: random.Random, killed: list[str]) -> Iterator[None]:
    """Kill a worker now and then, at any moment, and start it again."""
    ending = threading.Event()

    def kill_on() -> None:
        while not ending.wait(chance.uniform(1, 5)):
            code = chance.choice(CODES)
            realm.kill_worker(code)
            killed.append(code)
            realm.start_worker(code)

    killer = threading.Thread(target=kill_on)
    killer.start()
    try:
        yield
    finally:
        ending.set()
        killer.join()


def calm_state(make_realm: MakeRealm) -> dict[str, Any]:
    with ExitStack() as stack:
        story = Story(stack, make_realm("calm", **QUICK), PATIENCE)
        story.tell()
        quiet(story)
        return story.state()


def test_the_story_ends_in_a_storm_as_in_calm(
    make_realm: MakeRealm, request: pytest.FixtureRequest, tell: Tell
) -> None:
    seed = int(request.config.getoption("--seed") or random.SystemRandom().randrange(10**6))
    calm = calm_state(make_realm)
    check(calm)
    chance, killed = random.Random(seed), list[str]()
    with RoughSea(seed) as sea, ExitStack() as stack:
        realm = make_realm("storm", sea.before, **QUICK)
        for operation in ("sendEdoc", "getEdoc", "updateStatus"):
            realm.control("fail-next", operation=operation, times=2, status=502)
            realm.control("fail-next", operation=operation, times=2, reset=True, after=True)
            realm.control("fail-next", operation=operation, times=1, delay_ms=700)
        story = Story(stack, realm, PATIENCE)
        with dying_workers(realm, chance, killed):
            story.tell()
        sea.is_stormy = False
        quiet(story)
        stormy = story.state()
    happened = ", ".join(f"{number} x {kind}" for kind, number in sorted(sea.happened.items()))
    tell(f"seed {seed}; workers killed {len(killed)} times; axis: {happened}")
    assert list(differences(calm, stormy)) == []


def differences(calm: dict[str, Any], stormy: dict[str, Any]) -> Iterator[str]:
    """Name each fact of each document that the two runs do not share."""
    for code in CODES:
        for name in sorted(calm[code] | stormy[code]):
            ours, theirs = calm[code].get(name, {}), stormy[code].get(name, {})
            for fact in sorted(ours | theirs):
                if ours.get(fact) != theirs.get(fact):
                    yield f"{code} {name} {fact}: {ours.get(fact)} became {theirs.get(fact)}"


def check(calm: dict[str, Any]) -> None:
    """Demand of the calm run what the story is about."""
    here, there, nation = calm["H38"], calm["H53"], calm["G22"]
    first = here[f"{document_id(1)} new"]["recipients"]
    assert {place: at["status"] for place, at in first.items()} == {FIRST: "06", NATION: "06"}
    assert first[FIRST]["replaced_by"] == f"{document_id(5)} replace"
    taken_back = there[f"{document_id(2)} new"]
    assert (taken_back["content"], taken_back["recipients"][FIRST]["status"]) == (410, "15")
    assert nation[f"{document_id(3)} new"]["content"] == 410
    assert there[f"{document_id(3)} new"]["content"] == 200
    updated = there[f"{document_id(4)} new"]["recipients"]
    assert updated[SECOND]["withdrawn"] == ["dropped", f"{document_id(4)} update"]
    answered = [tie[:2] for tie in here[f"{document_id(1)} new"]["related"]]
    assert ["answered_by", f"{document_id(6, FIRST)} new"] in answered
    rejected = nation[f"{document_id(7, NATION)} new"]["recipients"]
    assert {place: at["status"] for place, at in rejected.items()} == {FIRST: "02", SENDER: "03"}
