"""`lgsp catalogue sync procedures` as an administrator runs it, against a running nation."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.cli.processes import Processes
from app.cli.staging import found_nation
from tests.cli.shell import Shell
from tests.contract.judges import message


@pytest.fixture
def connected(tmp_path: Path) -> Iterator[tuple[Shell, str]]:
    with Processes(tmp_path) as processes:
        nation = found_nation(processes, tmp_path, ("H38",))
        shell = Shell(tmp_path).inside
        shell.env |= {
            "LGSP_DVCQG_URL": nation.url,
            "LGSP_DVCQG_USERNAME": "lgsp-demo",
            "LGSP_DVCQG_PASSWORD_FILE": str(nation.password_file),
        }
        shell.ok("migrate", "--no-seed")
        yield shell, nation.url


def test_people_read_what_changed(connected: tuple[Shell, str]) -> None:
    shell, nation = connected
    found = shell.json("catalogue", "sync", "procedures")
    assert found["new"][0]["code"] == "1.003560"
    changes = {"MATTHC": "1.003560.H38", "changes": {"TENTTHC": "Tên mới"}}
    httpx.post(f"{nation}/_axis/v1/procedures", json=changes, trust_env=False)
    httpx.delete(f"{nation}/_axis/v1/procedures/2.000001.H38", trust_env=False)
    told = shell.ok("catalogue", "sync", "procedures")
    assert "~ 1.003560.H38 Tên mới (name: " in told.replace("\n", " ")
    assert "- 2.000001.H38" in told
    assert "0 new, 1 changed, 1 switched off, 2 unchanged, 0 unreadable" in told.replace("\n", " ")


def test_a_portal_that_is_down_ends_with_1_and_a_missing_one_with_2(
    connected: tuple[Shell, str],
) -> None:
    shell, _ = connected
    words = ("catalogue", "sync", "procedures")
    down = shell.run(*words, LGSP_DVCQG_URL="http://127.0.0.1:1")
    assert (down.returncode, "Traceback" in down.stderr) == (1, False)
    del shell.env["LGSP_DVCQG_USERNAME"]
    missing = shell.run(*words)
    assert (missing.returncode, "LGSP_DVCQG_USERNAME" in missing.stderr) == (2, True)


def test_a_ministrys_dossiers_are_pulled(connected: tuple[Shell, str]) -> None:
    shell, nation = connected
    words = ("dossiers", "pull", "--from", "2026-11-01", "--to", "2026-11-07")
    missing = shell.run(*words)
    assert (missing.returncode, "LGSP_MINISTRY_URL" in missing.stderr) == (2, True)
    shell.env |= {
        "LGSP_MINISTRY_URL": f"{nation}/tcdbdvcdata",
        "LGSP_MINISTRY_USERNAME": "lgsp-demo",
        "LGSP_MINISTRY_PASSWORD_FILE": shell.env["LGSP_DVCQG_PASSWORD_FILE"],
    }
    shell.env["LGSP_DATABASE_URL"] = shell.env["LGSP_DATABASE_URL"].replace("lgsp.db", "seeded.db")
    shell.ok("migrate")
    (row,) = message("ministry_danh_sach_ho_so_answer.json").json()["data"]
    for given in (row, row | {"MaHoSo": "x"}):
        body = {"row": given, "files": []}
        httpx.post(f"{nation}/_axis/v1/ministry/dossiers", json=body, trust_env=False)
    assert shell.json(*words) == {
        "new": 1,
        "moved": 0,
        "unchanged": 0,
        "skipped": [["x", "code"]],
    }
    told = shell.ok(*words).splitlines()
    assert told == ["? x (code)", "0 new, 0 moved, 1 unchanged, 1 skipped"]
    assert shell.run(*words[:3], "2026-11-08", *words[4:]).returncode == 2
