"""How a replay is told: bars on a terminal, lines elsewhere, and every difference by name."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.console import Console

from app.cli.replay.telling import Bars, Lines, Teller, show, teller_of, virtual

SUMMARY: dict[str, Any] = {
    "ok": False,
    "acts": 11347,
    "act_ms": {"p50": 20.0},
    "seconds": {"acts": 60.0},
    "portal": {"calls": 100, "failed": 10},
    "status": {"returned": 2},
    "channel": {"online": 2},
    "agency": {f"H38.71.{number:02}": 1 for number in range(30)},
    "differences": ["H38.71.01-260105-0001: the portal does not have it"],
}


def told(teller: Teller) -> None:
    with teller.stage("acts", 10):
        teller.step(3, "05/01/2026 08:00")
    teller.say("done")


def test_on_a_terminal_there_is_a_bar_with_the_virtual_clock() -> None:
    output = io.StringIO()
    told(Bars(Console(file=output, force_terminal=True, width=100)))
    assert "3/10" in output.getvalue()
    assert "05/01/2026 08:00" in output.getvalue()


def test_elsewhere_there_are_plain_lines() -> None:
    output = io.StringIO()
    told(Lines(Console(file=output, force_terminal=False, width=100)))
    assert output.getvalue().splitlines() == ["acts …", "done"]


def test_for_machines_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    told(teller_of(as_json=True))
    assert capsys.readouterr() == ("", "")
    assert isinstance(teller_of(as_json=False), Lines)


def test_the_clock_that_is_shown_is_vietnam_s() -> None:
    assert virtual(datetime(2026, 1, 5, 1, tzinfo=UTC)) == "05/01/2026 08:00"


def test_the_summary_names_the_differences(capsys: pytest.CaptureFixture[str]) -> None:
    show(SUMMARY)
    shown = capsys.readouterr().out
    assert SUMMARY["differences"][0] in shown
    assert "1 differences" in shown
    assert "(30)" in shown


def test_the_summary_of_two_that_agree_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show(SUMMARY | {"ok": True, "differences": []})
    assert "both sides hold the same" in capsys.readouterr().out
