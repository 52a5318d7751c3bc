"""`lgsp catalogue sync members` as an administrator runs it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.test_directory import NEW, OK, OLD, UNITS
from tests.cli.shell import Shell
from tests.facades.destination import serving


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    made = Shell(tmp_path).inside
    secret = tmp_path / "secret"
    secret.write_text("bi-mat")
    made.ok("migrate")
    with serving() as axis:
        for name, rows in (("AgenciesListQD20", NEW), ("AgenciesList", OLD)):
            axis.bodies[f"/get{name}"] = told(rows)
        axis.bodies["/getSynchronizeUnit"] = told(UNITS)
        made.env |= {
            "LGSP_VXP_URL": axis.url,
            "LGSP_VXP_SYSTEM_ID": "000.00.00.H38",
            "LGSP_VXP_SECRET_FILE": str(secret),
        }
        yield made


def told(rows: list[Any]) -> bytes:
    return json.dumps({**OK, "data": rows}).encode()


def test_the_difference_is_shown_taken_over_and_then_gone(shell: Shell) -> None:
    words = ("catalogue", "sync", "members")
    shown = shell.json(*words, "--dry-run")
    assert [(one["change"], one["code"]) for one in shown["changes"]] == [
        ("renamed", "H53"),
        ("new", "H53.91"),
        ("new", "H53.93"),
        ("closed", "H53.92"),
    ]
    assert (shown["done"], shown["unusable"]) == (False, 1)
    table = shell.ok(*words)
    assert all(word in table for word in ("renamed", "H53.91", "2026-10-01"))
    assert "4 changed" in table
    again = shell.json(*words)
    assert (again["done"], again["changes"]) == (True, [])
    away = shell.run(*words, LGSP_VXP_URL="http://127.0.0.1:1")
    assert (away.returncode, "nothing was changed" in away.stderr) == (1, True)
    del shell.env["LGSP_VXP_URL"]
    assert shell.run(*words).returncode == 2
