"""Fixtures for every test; figures, and the count of tests per engine, are printed at the end."""

import gc
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest_plugins = ["tests.engines", "tests.gateway", "tests.measuring"]

ENGINES = ("sqlite", "postgresql")
_passed: Counter[str] = Counter()
_left_out: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", default="20", help="Processes killed in the crash test.")
    parser.addoption("--seed", default=None, help="Seed of the crash test; random if none.")
    parser.addoption("--at-once-part", default="8", help="Eight at once are so much smaller.")
    parser.addoption("--rounds", default="500", help="Rounds of the idempotency storm.")
    parser.addoption("--pictures", default=None, help="Folder for pictures of the pages.")
    parser.addoption("--histories", default="250", help="Random histories of dossiers counted.")
    parser.addoption("--windows", default="2", help="Windows of quotas that are used up.")
    parser.addoption("--mib", default="48", type=int, help="Size of the large packets.")


LONGEST = (
    "test_crash", "test_two_provinces", "test_oracle", "test_idempotency_storm", "test_bench",
    "test_axis_down_then_up", "test_journeys", "test_large_documents", "test_replay",
    "test_readme", "test_quotas_across_processes", "test_processes",
)  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left alone with it at the end.

    Without a Chromium what needs one is left out, and counted.
    """
    if shutil.which("chromium") is None:
        left_out = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
        _left_out["browser"] = len(left_out)
    items.sort(key=lambda item: not item.path.stem.startswith(LONGEST))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Iterator[None]:
    """Look for garbage neither while modules and tests come in nor, later, among them."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


Tell = Callable[[str], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    return lambda line: record_property("figure", line)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        _, bracket, parameters = report.nodeid.partition("[")
        if bracket:
            _passed.update(set(parameters.rstrip("]").split("-")) & set(ENGINES))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.stats.get("passed", []):
        for name, line in report.user_properties:
            if name == "figure":
                terminalreporter.write_line(f"{report.nodeid}: {line}")
    if _left_out["browser"]:
        number = _left_out["browser"]
        terminalreporter.write_line(f"no Chromium here: {number} browser tests left out")
    counts = ", ".join(f"{_passed[engine]} on {engine}" for engine in ENGINES)
    terminalreporter.write_line(f"persistence tests passed: {counts}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    config: Any = session.config
    if hasattr(config, "workerinput"):
        config.workeroutput["left_out"] = _left_out["browser"]
        return  # The counts of all processes meet in the one that started them.
    if session.exitstatus == pytest.ExitCode.OK and len({_passed[name] for name in ENGINES}) > 1:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Every process leaves the same tests out; the one that started them tells how many."""
    del error
    output = getattr(node, "workeroutput", {})
    _left_out["browser"] = max(_left_out["browser"], output.get("left_out", 0))
