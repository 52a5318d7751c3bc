"""Fixtures for every test; figures, and the count of tests per engine, are printed at the end."""

from collections import Counter
from collections.abc import Callable

import pytest

pytest_plugins = ["tests.engines", "tests.gateway"]

ENGINES = ("sqlite", "postgresql")
_passed: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", default="20", help="Processes killed in the crash test.")
    parser.addoption("--seed", default=None, help="Seed of the crash test; random if none.")
    parser.addoption("--at-once-part", default="8", help="Eight at once are so much smaller.")
    parser.addoption("--rounds", default="500", help="Rounds of the idempotency storm.")
    parser.addoption("--mib", default="48", type=int, help="Size of the large packets.")


LONGEST = (
    "test_crash", "test_idempotency_storm", "test_axis_down_then_up", "test_journeys", "test_replay"
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: not item.path.stem.startswith(LONGEST))


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
    counts = ", ".join(f"{_passed[engine]} on {engine}" for engine in ENGINES)
    terminalreporter.write_line(f"persistence tests passed: {counts}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return  # The counts of all processes meet in the one that started them.
    if session.exitstatus == pytest.ExitCode.OK and len({_passed[name] for name in ENGINES}) > 1:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
