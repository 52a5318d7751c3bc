import json
import os
import subprocess
import sys

import pytest

from tests.bench.__main__ import AIMS, meant
from tests.bench.measurements import MEASUREMENTS


def bench(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the measurements; nobody needs to know what of ours they run through."""
    return subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-m", "tests.bench", *words],
        env={**os.environ, "COVERAGE_PROCESS_CONFIG": "", **env},  # noqa: TID251 -- passed on
        capture_output=True,
        text=True,
        check=False,
        timeout=480,
    )


def test_the_bench_prints_each_figure_by_its_name() -> None:
    names = [
        "validated",
        "documents-send-facade-sqlite",
        "documents-send-facade-postgresql",
        "documents-send-together-sqlite",
        "documents-send-together-postgresql",
        "documents-store-facade-sqlite",
        "documents-store-facade-postgresql",
        "documents-send-mock",
        "documents-large-facade",
        "documents-large-relay",
        "documents-large-fetch",
    ]
    run = bench(*names, "--quick", "--json")
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert list(figures) == names
    for name, figure in figures.items():
        assert set(figure) == {"ours", "floor", "ratio", "n"}
        assert 0 < figure["n"] <= 50
        assert name in run.stderr


def test_dossiers_are_measured_in_small() -> None:
    names = ["dossiers-accept-8", "dossiers-track-8", "dossiers-procedures", "dossiers-push"]
    run = bench(*names, "--quick", "--json")
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert list(figures) == names
    for one in figures.values():
        assert 0 < one["n"] <= 50
        assert min(one["ours"], one["floor"], one["ratio"]) > 0


@pytest.mark.parametrize("path", ["", os.defpath + ":/usr/sbin"])
def test_the_broker_is_measured_in_small_with_and_without_nginx(path: str) -> None:
    names = ["broker-post", "broker-get-cpu", "broker-get-added"]
    run = bench(*names, "--quick", "--json", PATH=path)
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert list(figures) == names
    assert all(one["ours"] > 0 and one["n"] > 0 for one in figures.values())
    if not path:
        assert "no nginx" in run.stderr


def test_a_kind_means_all_its_measurements() -> None:
    assert meant("wake") == ["wake-sqlite", "wake-postgresql"]
    assert meant("documents-directory") == ["documents-directory"]
    assert meant("dossiers") == [
        *(f"dossiers-{what}-{number}" for what in ("accept", "track") for number in (1, 8, 32)),
        "dossiers-procedures",
        "dossiers-push",
    ]
    assert meant("speed") == ["speed"]


def test_every_figure_has_an_aim() -> None:
    assert set(AIMS) == set(MEASUREMENTS)


def test_a_name_nobody_knows_is_refused_with_those_there_are() -> None:
    run = bench("speed")
    assert run.returncode == 2
    assert "wake-postgresql" in run.stderr
