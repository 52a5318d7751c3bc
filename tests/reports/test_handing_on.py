"""Sums that are handed on: kept, owed to the receiver, and what it says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.exchange.ministry_statistics.client import StatisticsClient
from app.exchange.relay import Relay, Terms
from app.platform.settings import Settings
from app.reports.sync import handlers
from mock_ngsp.faults import Fault
from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.reports.reporting import COUNTS, FORMS, PERIOD, WHY, accepted, done, places, slug

REASON = "Các đơn vị khác chưa kết nối."
RECEIVER = {"ministry_statistics_url": "http://nation.test"}


@dataclass
class Receiver:
    """The system that takes figures, and a relay that is moved by hand."""

    gateway: Gateway
    universe: Universe = field(default_factory=Universe)

    def relay(self) -> int:
        async def turn() -> int:
            context = self.gateway.context
            http = httpx.AsyncClient(transport=httpx.ASGITransport(Nation(self.universe)))
            client = StatisticsClient(
                http, url="http://nation.test/", bearer=None, deadline=timedelta(seconds=5)
            )
            return await Relay(
                context.database,
                context.clock,
                handlers(client, context.settings),
                terms=Terms.of(context.settings, worker="w-1"),
                metrics=context.metrics,
            ).turn()

        assert self.gateway.http.portal is not None
        return self.gateway.http.portal.call(turn)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings.model_validate(settings.model_dump() | RECEIVER)


@pytest.fixture
def receiver(gateway: Gateway) -> Iterator[Receiver]:
    made = Receiver(gateway)
    yield made
    made.universe.close()


def hand_on(api: Api, **changes: Any) -> httpx.Response:
    body = {"period": PERIOD, "agency_code": "H38", "missing_reason": REASON}
    return api.post(f"{FORMS}/handovers", json=body | changes)


def state(api: Api, handover: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/v1/report-handovers/{handover}").json()
    return found


def test_a_sum_reaches_the_receiver(gateway: Gateway, province: Api, receiver: Receiver) -> None:
    accepted(province, "H38.11")
    accepted(province, "H38.12")
    made = hand_on(province).json()
    assert (made["state"], made["units"], len(made["missing"])) == ("owed", 2, 6)
    assert receiver.relay() == 1
    (told,) = receiver.universe.figures.all()
    assert (told.figures.year, told.figures.month, told.figures.total) == (2026, 10, 300)
    assert told.figures.organizationInchargeIdlevel1 == "H38"
    assert told.figures.solvedInTimePercent == 94.55
    after = state(province, made["id"])
    assert (after["state"], after["delivered_at"]) == ("delivered", "2026-11-02T09:00:00+07:00")
    (entry,) = evidence_of(gateway, f"report-handover:{made['id']}")
    assert entry.act == "report.hand-on"


def test_units_that_are_missing_are_named_and_need_a_reason(province: Api) -> None:
    assert slug(hand_on(province)) == "no-accepted-report"
    accepted(province, "H38.11")
    refused = hand_on(province, missing_reason=None)
    assert (refused.status_code, slug(refused)) == (409, "reports-missing")
    assert len(refused.json()["errors"]) == 7
    assert places(refused) == {"/missing_reason"}
    assert province.get(f"{FORMS}/handovers").json()["items"] == []


def test_a_receiver_that_is_away_is_told_later(
    gateway: Gateway, province: Api, receiver: Receiver
) -> None:
    accepted(province)
    made = hand_on(province).json()
    receiver.universe.faults.add(Fault("Statistic", 1, status=503))
    assert receiver.relay() == 1
    assert (state(province, made["id"])["state"], receiver.universe.figures.all()) == (
        "deferred", [],
    )  # fmt: skip
    gateway.clock.advance(timedelta(minutes=20))
    assert receiver.relay() == 1
    assert state(province, made["id"])["state"] == "delivered"


def test_an_answer_that_got_lost_is_told_again_and_is_one_month(
    gateway: Gateway, province: Api, receiver: Receiver
) -> None:
    accepted(province)
    made = hand_on(province).json()
    receiver.universe.faults.add(Fault("Statistic", 1, status=503, after=True))
    receiver.relay()
    gateway.clock.advance(timedelta(minutes=20))
    receiver.relay()
    (told,) = receiver.universe.figures.all()
    assert told.times == 2
    assert state(province, made["id"])["state"] == "delivered"


def test_a_receiver_that_refuses_leaves_its_word(province: Api, receiver: Receiver) -> None:
    accepted(province)
    made = hand_on(province).json()
    receiver.universe.faults.add(Fault("Statistic", 1, status=422))
    receiver.relay()
    after = state(province, made["id"])
    assert (after["state"], after["reason"][:8]) == ("refused", "http-422")


def test_a_corrected_sum_is_handed_on_behind_the_first(
    province: Api, unit: Api, receiver: Receiver
) -> None:
    report = accepted(province)
    hand_on(province)
    changed = COUNTS | {"new_reception": 121, "total": 151, "pending": 38, "total_pending": 41}
    done(unit, report, "values", values=changed, explanations=WHY)
    done(unit, report, "submission", reason="Sót một hồ sơ.")
    done(province, report, "acceptance")
    hand_on(province)
    while receiver.relay():
        continue
    (told,) = receiver.universe.figures.all()
    assert (told.figures.newReception, told.times) == (121, 2)
    first = province.get(f"{FORMS}/handovers?limit=1").json()
    rest = province.get(f"{FORMS}/handovers?after={first['next']}").json()
    values = [one["values"]["new_reception"] for one in first["items"] + rest["items"]]
    assert values == [121, 120]


def test_a_repeat_with_the_same_key_hands_on_once(province: Api, receiver: Receiver) -> None:
    accepted(province)
    body = {"period": PERIOD, "agency_code": "H38", "missing_reason": REASON}
    answers = [province.post(f"{FORMS}/handovers", json=body, key="k") for _ in range(2)]
    assert answers[0].content == answers[1].content
    receiver.relay()
    assert [one.times for one in receiver.universe.figures.all()] == [1]


def test_a_handover_of_others_is_not_there(gateway: Gateway, province: Api) -> None:
    accepted(province)
    made = hand_on(province).json()
    stranger = gateway.client("H53")
    assert slug(stranger.get(f"/v1/report-handovers/{made['id']}")) == "unknown-report-handover"
    assert stranger.get(f"{FORMS}/handovers").json()["items"] == []
    assert slug(hand_on(stranger)) == "agency-not-yours"


def test_only_the_sum_of_the_province_is_owed(
    gateway: Gateway, province: Api, receiver: Receiver
) -> None:
    accepted(province, "H38.11")
    unit = gateway.client("H38.11")
    assert hand_on(unit, agency_code="H38.11").json()["state"] == "recorded"
    assert receiver.relay() == 0
