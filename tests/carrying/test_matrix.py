"""Each national service × each outcome: what the nation says itself, and what the broker brings."""

from collections.abc import Iterator

import httpx
import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.messages.inbox import MAGIC as MESSAGES
from mock_ngsp.ngsp.magic import Outcome, half_of
from mock_ngsp.ngsp.registry import MAGIC, OPERATIONS
from mock_ngsp.wire import Body
from tests.builders import seed_catalogue
from tests.carrying.brokered import DEAD, HASTY, Brokered, brokered
from tests.carrying.national import ROWS, Row
from tests.engines import Engines
from tests.gateway import START, Gateway
from tests.lookups.matrix import forcing

HALVES = [half_of(kind).body for kind in Body]


@pytest.fixture(scope="module")
def nation(engines: Engines, usual_settings: Settings) -> Iterator[Brokered]:
    changes = {
        "database_url": engines.migrated("sqlite"),
        "upstream_networks": ("127.0.0.0/8",),
        "broker_breaker_failures": 1000,
    }
    settings, clock = usual_settings.model_copy(update=changes), FrozenClock(START)
    with TestClient(create_app(settings, clock=clock)) as http:
        gateway = Gateway(http, settings, clock)
        seed_catalogue(gateway)
        with brokered(gateway) as found:
            yield found


CASES = [(row, outcome) for row in ROWS for outcome in Outcome if outcome in row.words]


def _named(it: object) -> str:
    return it.name if isinstance(it, Outcome) else getattr(it, "id", "")


@pytest.mark.parametrize(("row", "outcome"), CASES, ids=_named)
def test_the_broker_brings_what_the_nation_says(
    nation: Brokered, row: Row, outcome: Outcome
) -> None:
    value = forcing(*row.magic, outcome)
    question = row.ask(value)
    if outcome is Outcome.FOUND:
        nation.prepare(row, value)
    if outcome is Outcome.SLOW:
        _is_refused(nation.ask(row, question, HASTY), 504, 101504, "timeout")
        nation.patient.ask(row, question)
        assert nation.patient.last_fault() == "delay 0 ms"
        return
    direct = nation.twin.ask(row, question)
    brought = nation.ask(row, question)
    assert (brought.status_code, brought.content) == (direct.status_code, direct.content)
    assert brought.headers["content-type"] == direct.headers["content-type"]
    assert row.words[outcome] in direct.text
    if outcome is Outcome.MALFORMED:
        assert direct.content in HALVES
    if outcome is Outcome.DOWN:
        assert direct.status_code == 503
        _is_refused(nation.ask(row, question, DEAD), 503, 101503, "connect-failed")


_MESSAGES = {101503: "Error connecting to the back end", 101504: "Connection timed out"}


def _is_refused(answer: httpx.Response, status: int, code: int, why: str) -> None:
    """Demand the fault of WSO2 for a service that does not answer."""
    said = f"Dịch vụ phía sau chưa đáp ứng. / The service did not answer ({why})."
    fault = {"code": code, "message": _MESSAGES[code], "description": said}
    assert (answer.status_code, answer.json()) == (status, {"fault": fault})


def test_every_service_of_the_nation_has_its_rows() -> None:
    forced = {(one.service, one.field) for one in (*MAGIC, *MESSAGES)}
    assert {row.magic for row in ROWS} == forced
    places = {(row.upstream.split("/")[1]) for row in ROWS}
    assert {operation.context for operation in OPERATIONS} <= places
    for place in forced:
        met = {outcome for row in ROWS if row.magic == place for outcome in row.words}
        assert met >= set(Outcome) - _NEVER.get(place[0], set()), place


_NEVER = {
    "tracking": {Outcome.NOT_FOUND},
    "judicial-return": {Outcome.NOT_FOUND},
}
"""What is only told, and asked about by nobody, is never not found."""
