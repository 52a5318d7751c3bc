"""What a log line says of a failure: its kinds and places, and nothing of what people wrote."""

import json
import subprocess
import sys
from typing import Any

import pytest

_MARK = "dauvet88"
_FAILING = f"""
import logging
import structlog
from sqlalchemy import text
from app.platform.logging import configure_logging

configure_logging("DEBUG")
def fail():
    try:
        {{act}}
    except Exception as error:
        try:
            raise RuntimeError("{_MARK} again") from error
        except RuntimeError:
            structlog.get_logger("lgsp.http").exception("unforeseen", request_id="1")
            logging.getLogger("asyncio").exception("it failed")
fail()
"""
_ACTS = {
    "a sum": f"1 / len('{_MARK}'[99:])",
    "a text": f"int('{_MARK}')",
    "several at once": f"raise ExceptionGroup('{_MARK}', [KeyError('{_MARK}')])",
    "a file": f"open('/nowhere/{_MARK}')",
}


def _lines(act: str) -> list[dict[str, Any]]:
    script = _FAILING.format(act=act)
    ran = subprocess.run(  # noqa: S603 -- our own script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in ran.stderr.splitlines()]


@pytest.mark.parametrize("act", _ACTS.values(), ids=_ACTS)
def test_a_failure_is_told_by_kind_and_place(act: str) -> None:
    ours, theirs = _lines(act)
    for line in (ours, theirs):
        assert _MARK not in json.dumps(line)
        assert "RuntimeError" in line["exception"]
        assert "<string>:" in line["exception"]
    assert (ours["event"], theirs["event"]) == ("unforeseen", "it failed")


def test_each_failure_behind_a_failure_is_told() -> None:
    told = _lines(_ACTS["several at once"])[0]["exception"]
    assert [kind in told for kind in ("RuntimeError", "ExceptionGroup", "KeyError")] == [True] * 3


def test_what_a_system_call_said_is_told_by_its_number() -> None:
    assert "FileNotFoundError (ENOENT)" in _lines(_ACTS["a file"])[0]["exception"]
