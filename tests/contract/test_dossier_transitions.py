"""The table of moves, against openapi/dossier_transitions.yaml, read here by its own reader."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.codes import AgencyCode, ProcedureCode
from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.conditions import WANTED, Condition
from app.dossiers.domain.dossier import first_status, first_step
from app.dossiers.domain.errors import (
    ForbiddenActorError,
    ForbiddenTransitionError,
    UnmetConditionError,
)
from app.dossiers.domain.filing import Channel, Fee, FeeKind
from app.dossiers.domain.handling import FeeRequest, Handling, Payment, PaymentMethod, Supplement
from app.dossiers.domain.parts import Part, PartState
from app.dossiers.domain.statuses import Status
from tests.builders import RECEIVED, a_filing, a_held_dossier

FILE = Path(__file__).resolve().parents[2] / "openapi" / "dossier_transitions.yaml"
CODES = range(1, 11)
ACTORS = ("citizen", "counter", "officer", "leader", "system")
LATER = datetime(2026, 11, 3, 1, 40, tzinfo=UTC)


@lru_cache(maxsize=1)
def table() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def entitled(present: int, wanted: int) -> set[str]:
    """Return who may make a move, by the file alone."""
    return {
        actor
        for row in table()["transitions"]
        if (row["from"], row["to"]) == (present, wanted)
        for actor in row["actors"]
    }


def outcome(present: int, wanted: int, actor: str | None) -> str:
    """Return what the gateway does with a move."""
    by_code = {status.code: status for status in Status}
    dossier = a_held_dossier(by_code[present])
    kind = None if actor is None else ActorKind(actor)
    try:
        moved = dossier.move(by_code[wanted], kind, happened_at=LATER, now=LATER)
    except ForbiddenTransitionError:
        return "nobody may"
    except ForbiddenActorError as refusal:
        labels = (table()["actors"][other] for other in entitled(present, wanted))
        named = all(label in refusal.detail for label in labels)
        return "others may" if named else "others may, and the reason does not say who"
    assert moved.status.code == wanted
    return "done"


def expected(present: int, wanted: int, actor: str | None) -> str:
    may = entitled(present, wanted)
    if not may:
        return "nobody may"
    return "done" if actor is None or actor in may else "others may"


def pairs() -> Iterator[tuple[int, int]]:
    return ((present, wanted) for present in CODES for wanted in CODES)


@pytest.mark.parametrize("actor", [*ACTORS, None])
def test_every_pair_is_for_an_actor_what_the_file_says(actor: str | None) -> None:
    wrong = [
        (present, wanted)
        for present, wanted in pairs()
        if outcome(present, wanted, actor) != expected(present, wanted, actor)
    ]
    assert wrong == []


def test_the_walk_meets_each_outcome_for_each_actor() -> None:
    for actor in ACTORS:
        met = {expected(present, wanted, actor) for present, wanted in pairs()}
        assert met == {"done", "others may", "nobody may"}


def test_the_file_names_the_statuses_and_actors_as_the_gateway_does() -> None:
    assert table()["statuses"] == {
        status.code: {"name": status.value, "label": status.label} for status in Status
    }
    assert table()["actors"] == {kind.value: kind.label for kind in ActorKind}


def test_the_file_says_each_move_once_and_how_sure_it_is() -> None:
    rows = table()["transitions"]
    moves = [(row["from"], row["to"]) for row in rows]
    assert len(set(moves)) == len(moves)
    assert {row["basis"] for row in rows} == {"known", "inferred"}
    assert all(row["actors"] and set(row["actors"]) <= set(ACTORS) for row in rows)


@pytest.mark.parametrize("channel", Channel)
def test_a_dossier_begins_where_the_file_says_by_whom_it_says(channel: Channel) -> None:
    begins = {row["to"]: row["actors"] for row in table()["begins"]}
    step = first_step(a_filing(channel=channel))
    assert step.status is first_status(channel)
    assert step.actor in begins[step.status.code]


def test_a_final_status_has_no_way_out() -> None:
    ways = {row["from"] for row in table()["transitions"]}
    assert set(CODES) - ways == {3, 7, 10}


def asked(asked_from: Status, answer_by: datetime = LATER) -> Supplement:
    return Supplement(1, RECEIVED, "Cán bộ", asked_from, "Thiếu giấy tờ", answer_by)


def unpaid(asked_from: Status) -> FeeRequest:
    fee = Fee("LP01", "Lệ phí mẫu", 20_000, FeeKind.FEE)
    return FeeRequest(1, RECEIVED, "Cán bộ", asked_from, (fee,))


def part(state: PartState) -> Part:
    return Part(1, "Phần", AgencyCode("H38.61"), ProcedureCode("2.900001.H38"), state=state)


PAID = Payment(1, RECEIVED, 20_000, PaymentMethod.CASH, "Cán bộ")
STANDING: dict[str, tuple[Handling, Handling]] = {
    "fees_settled": (
        Handling(fee_requests=(unpaid(Status.PROCESSING),)),
        Handling(fee_requests=(unpaid(Status.PROCESSING),), payments=(PAID,)),
    ),
    "window_passed": (
        Handling(supplements=(asked(Status.PROCESSING, LATER),)),
        Handling(supplements=(asked(Status.PROCESSING, LATER - timedelta(seconds=1)),)),
    ),
    "parts_done": (
        Handling(parts=(part(PartState.DONE), part(PartState.REFUSED))),
        Handling(parts=(part(PartState.DONE), part(PartState.DONE))),
    ),
}
"""For each condition what stands against it, and what fulfils it."""


def origins(condition: str, wanted: Status) -> tuple[Handling, Handling]:
    others = (Status.REGISTERED, Status.ACCEPTED, Status.PROCESSING)
    other = next(status for status in others if status is not wanted)
    if condition == "supplement_origin":
        return Handling(supplements=(asked(other),)), Handling(supplements=(asked(wanted),))
    return Handling(fee_requests=(unpaid(other),)), Handling(fee_requests=(unpaid(wanted),))


def test_every_condition_of_the_file_is_one_of_the_gateway_and_the_other_way_round() -> None:
    in_file = {
        (row["from"], row["to"]): row["condition"]
        for row in table()["transitions"]
        if "condition" in row
    }
    held = {(present.code, to.code): found.value for (present, to), found in WANTED.items()}
    assert in_file == held
    assert set(in_file.values()) == set(table()["conditions"])


@pytest.mark.parametrize(("move", "condition"), WANTED.items())
def test_a_condition_stops_a_move_until_it_holds(
    move: tuple[Status, Status], condition: Condition
) -> None:
    present, wanted = move
    against, fulfilled = STANDING.get(condition.value) or origins(condition.value, wanted)
    dossier = replace(a_held_dossier(present), handling=against)
    with pytest.raises(UnmetConditionError) as refusal:
        dossier.move(wanted, None, happened_at=LATER, now=LATER)
    assert refusal.value.extensions["condition"] == condition.value
    ready = replace(dossier, handling=fulfilled)
    assert ready.move(wanted, None, happened_at=LATER, now=LATER).status is wanted
