"""Rules of due dates that no public text settles: a province sets them."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.acting import do, done, staged
from tests.builders import seed_catalogue
from tests.dossiers.test_acts import refusal_of, shown
from tests.gateway import Api, Gateway

WAITS = {"payment": ("fees", "payments"), "stop": ("stops", "resumptions")}
BEGAN, ENDED = "2026-11-03T09:00:00+07:00", "2026-11-05T09:00:00+07:00"


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(getattr(request, "param", {}))


@pytest.fixture
def set_up(settings: Settings, clock: FrozenClock, chosen: dict[str, Any]) -> Iterator[Api]:
    changed = settings.model_copy(update=chosen)
    with TestClient(create_app(changed, clock=clock), raise_server_exceptions=False) as http:
        gateway = Gateway(http, changed, clock)
        seed_catalogue(gateway)
        yield gateway.client("H38")


def waited(api: Api, wait: str) -> Any:
    """Return a dossier after two days of a wait that is not one for papers."""
    begin, end = WAITS[wait]
    code = staged(api, begin)
    done(api, code, begin, happened_at=BEGAN)
    done(api, code, end, happened_at=ENDED)
    return shown(api, code)


@pytest.mark.parametrize("wait", WAITS)
def test_only_a_wait_for_papers_keeps_the_time_from_counting_by_default(
    set_up: Api, wait: str
) -> None:
    found = waited(set_up, wait)
    assert found["due_at"] == "2026-11-09T17:00:00+07:00"
    assert [one["reason"] for one in found["due_history"]] == ["given"]


@pytest.mark.parametrize("chosen", [{"also_suspended_by": ("payment", "stop")}], indirect=True)
@pytest.mark.parametrize(
    ("wait", "words"), [("payment", "chờ nộp phí, lệ phí"), ("stop", "dừng xử lý")]
)
def test_where_it_is_set_the_due_date_moves_by_the_working_time_waited(
    set_up: Api, wait: str, words: str
) -> None:
    found = waited(set_up, wait)
    assert found["due_at"] == "2026-11-11T17:00:00+07:00"
    assert found["due_history"][-1]["explanation"] == (
        f"Lùi bằng thời gian {words} từ 09:00 ngày 03/11/2026 đến 09:00 ngày 05/11/2026."
    )


@pytest.mark.parametrize("chosen", [{"also_suspended_by": ("stop",)}], indirect=True)
def test_each_wait_is_set_for_itself(set_up: Api) -> None:
    assert waited(set_up, "payment")["due_at"] == "2026-11-09T17:00:00+07:00"
    assert waited(set_up, "stop")["due_at"] == "2026-11-11T17:00:00+07:00"


@pytest.mark.parametrize("chosen", [{"also_suspended_by": ("payment", "stop")}], indirect=True)
def test_what_stays_and_what_ends_moves_nothing(set_up: Api) -> None:
    code = staged(set_up, "payments")
    done(set_up, code, "payments", amount_vnd=1, happened_at=ENDED)
    assert shown(set_up, code)["due_at"] == "2026-11-09T17:00:00+07:00"
    done(set_up, code, "withdrawal")
    assert shown(set_up, code)["due_at"] == "2026-11-09T17:00:00+07:00"


@pytest.mark.parametrize(
    ("chosen", "late"), [({}, True), ({"apology_rule": "off"}, False)], indirect=["chosen"]
)
@pytest.mark.parametrize("day", ["08", "09"])
def test_an_apology_on_the_due_day_is_marked_unless_that_is_off(
    set_up: Api, day: str, *, late: bool
) -> None:
    code = staged(set_up, "extensions")
    moment = f"2026-11-{day}T08:00:00+07:00"
    found = done(set_up, code, "extensions", happened_at=moment)["handling"]["extension"]
    assert found["is_late"] is (late and day == "09")


@pytest.mark.parametrize("chosen", [{"apology_rule": "refuse"}], indirect=True)
def test_an_apology_on_the_due_day_is_refused_where_that_is_set(set_up: Api) -> None:
    code = staged(set_up, "extensions")
    answer = do(set_up, code, "extensions", happened_at="2026-11-09T08:00:00+07:00")
    assert refusal_of(answer) == (409, "late-apology")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/happened_at"]
    assert shown(set_up, code)["handling"]["extension"] is None
    before = done(set_up, code, "extensions", happened_at="2026-11-08T23:00:00+07:00")
    assert before["handling"]["extension"]["is_late"] is False
