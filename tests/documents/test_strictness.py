"""Both doors, strict and lenient: our members' reports, and what the axis brings."""

from datetime import UTC, datetime

import pytest

from app.platform.settings import Settings
from tests.documents.axis import Connected
from tests.documents.packets import Refusal, a_packet, history, report, sent, standing
from tests.documents.test_receiving import a_status, bring, outcomes
from tests.gateway import Api


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The defaults turned round."""
    changes = {"status_table_own": "lenient", "status_table_axis": "strict"}
    return settings.model_copy(update=changes)


def test_a_lenient_gateway_takes_a_members_jump_and_marks_it(sender: Api, commune: Api) -> None:
    document = sent(sender, a_packet("H38.61"))["id"]
    answer = report(commune, document, "06")
    assert (answer.status_code, answer.json()["is_unexpected"]) == (201, True)
    assert standing(sender, document) == {"H38.61": "06"}


def test_a_lenient_gateway_marks_nothing_that_is_lawful(sender: Api, commune: Api) -> None:
    document = sent(sender, a_packet("H38.61"))["id"]
    assert report(commune, document, "03").json()["is_unexpected"] is False


def test_a_lenient_gateway_brings_nothing_back(sender: Api, commune: Api) -> None:
    document = sent(sender, a_packet("H38.61"))["id"]
    report(sender, document, "13", reason="Gửi nhầm")
    report(commune, document, "15")
    assert report(commune, document, "03").json()["is_unexpected"] is True
    assert standing(sender, document) == {"H38.61": "15"}
    assert commune.get(f"/v1/documents/{document}/edxml").status_code == 410


def test_even_a_lenient_gateway_asks_who_speaks_and_why(sender: Api, commune: Api) -> None:
    document = sent(sender, a_packet("H38.61"))["id"]
    assert Refusal.of(report(sender, document, "06")).slug == "status-not-yours"
    assert Refusal.of(report(commune, document, "02")).slug == "reason-needed"


def test_a_strict_gateway_refuses_a_jump_of_the_axis(home: Connected, sender: Api) -> None:
    document = sent(sender, a_packet("000.00.71.H53"))["id"]
    bring(home, a_status("06"), "H38.12")
    assert home.receive() == 0
    assert outcomes(home) == [("document.status", "forbidden-status")]
    assert history(sender, document) == []


def test_a_strict_gateway_refuses_a_rejection_without_reason(home: Connected, sender: Api) -> None:
    sent(sender, a_packet("000.00.71.H53"))
    bring(home, a_status("02", description=None), "H38.12")
    assert home.receive() == 0
    assert outcomes(home) == [("document.status", "reason-needed")]


def test_a_strict_gateway_takes_what_is_lawful_and_repeats(home: Connected, sender: Api) -> None:
    document = sent(sender, a_packet("000.00.71.H53"))["id"]
    for hour in (3, 4):
        bring(home, a_status("03", at=datetime(2026, 11, 2, hour, tzinfo=UTC)), "H38.12")
        assert home.receive() == 1
    assert standing(sender, document) == {"000.00.71.H53": "03"}
