"""A status that arrives before its document waits for it, up to a horizon."""

from datetime import timedelta

import pytest

from app.documents.use_cases import waiting
from app.platform.settings import Settings
from tests.documents.axis import Connected
from tests.documents.packets import a_packet, history, report, standing
from tests.documents.test_receiving import a_status, bring, outcomes

UNIT = "000.00.71.H53"
SENDER = "000.00.12.H38"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"status_wait_hours": 2.0})


def a_take_back() -> bytes:
    return a_status("13", by=SENDER, to=UNIT)


def early(connected: Connected) -> list[str]:
    found = connected.gateway.transact(waiting.page, limit=10)
    return [status.state for status in found]


def test_it_takes_effect_when_the_document_comes(away: Connected) -> None:
    bring(away, a_take_back(), UNIT)
    assert away.receive() == 1
    assert early(away) == ["waiting"]
    bring(away, a_packet(UNIT), UNIT)
    assert away.receive() == 1
    api = away.gateway.client("H53.71")
    assert history(api, away.inbox()) == [(UNIT, "01"), (UNIT, "13")]
    assert standing(api, away.inbox()) == {UNIT: "13"}
    assert early(away) == []
    assert report(api, away.inbox(), "15").status_code == 201


def test_it_waits_once_however_often_it_comes(away: Connected) -> None:
    for _ in range(2):
        bring(away, a_take_back(), UNIT)
        assert away.receive() == 1
    bring(away, a_packet(UNIT), UNIT)
    away.receive()
    assert history(away.gateway.client("H53"), away.inbox())[1:] == [(UNIT, "13")]


def test_past_the_horizon_it_is_an_error_that_is_seen(away: Connected) -> None:
    bring(away, a_take_back(), UNIT)
    (delivery,) = away.waiting()
    away.receive()
    away.gateway.clock.advance(timedelta(hours=2))
    away.receive()
    assert early(away) == ["given-up"]
    away.universe.deliveries.update(
        delivery, delivery.status.INITIAL, "", away.universe.clock.now()
    )
    assert outcomes(away) == [
        ("document.status", "waiting"),
        ("document.status", "unknown-document"),
    ]
    metrics = away.gateway.http.get("/metrics").text
    assert 'lgsp_early_messages{state="given-up"} 1.0' in metrics
    assert 'lgsp_early_messages{state="waiting"} 0.0' in metrics


def test_before_the_horizon_it_only_waits(away: Connected) -> None:
    bring(away, a_take_back(), UNIT)
    away.receive()
    away.gateway.clock.advance(timedelta(minutes=119))
    away.receive()
    assert early(away) == ["waiting"]


def test_a_status_of_our_own_documents_that_are_not_here_waits_too(home: Connected) -> None:
    bring(home, a_status("03", document_id="000.00.12.H38,2026/03/02,1/X"), "H38.12")
    assert home.receive() == 1
    assert early(home) == ["waiting"]
