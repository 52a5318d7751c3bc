"""A revoked grant stops in every process: by the clock, and measured with two processes."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from starlette.testclient import TestClient

from app.access.domain import Client, Scope
from app.broker.register import Register
from app.codes import AgencyCode
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.context import Context
from app.platform.database import DatabaseUnavailableError, open_database
from app.platform.metrics import Metrics
from app.platform.settings import Settings
from tests.broker.pair import Pair
from tests.broker.shared import SOMEBODY, consumer, done, granted, published
from tests.conftest import Tell
from tests.gateway import START, Api, Gateway

WITHIN = 0.25
"""Seconds that a process may go without a look at the register, as it is set by default."""

QUESTION = {"client_id": SOMEBODY, "method": "GET", "path": "/thuaDat/1"}
PATH = "/v1/services/land/explanation"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"broker_register_seconds": WITHIN})


@pytest.fixture
def other(settings: Settings, province: Gateway) -> Iterator[Gateway]:
    """A second process's application over the same database, with the same clock."""
    app = create_app(settings, clock=province.clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Gateway(http, settings, province.clock)


def _is_allowed(api: Api) -> bool:
    return bool(api.post(PATH, json=QUESTION).json()["is_allowed"])


def test_another_process_refuses_once_its_copy_is_as_old_as_it_may_be(
    province: Gateway, keeper: Api, other: Gateway
) -> None:
    published(keeper)
    grant = granted(keeper, consumer(province))
    there = other.client("H38")
    assert (_is_allowed(keeper), _is_allowed(there)) == (True, True)
    done(keeper, f"/v1/grants/{grant['id']}/revocation", {"reason": "?"})
    assert (_is_allowed(keeper), _is_allowed(there)) == (False, True)
    province.clock.advance(timedelta(seconds=WITHIN))
    assert not _is_allowed(there)


def test_a_clock_that_was_set_back_makes_no_copy_fresh(
    province: Gateway, keeper: Api, other: Gateway
) -> None:
    published(keeper)
    grant = granted(keeper, consumer(province))
    there = other.client("H38")
    assert _is_allowed(there)
    done(keeper, f"/v1/grants/{grant['id']}/revocation", {"reason": "?"})
    province.clock.advance(timedelta(seconds=-1))
    assert not _is_allowed(there)


def test_nothing_is_allowed_while_the_register_cannot_be_read() -> None:
    scope = {"method": "GET", "raw_path": b"/apiDatDai/1.0/thuaDat/1"}
    client = Client("client-x", "x", AgencyCode("H38"), frozenset(Scope), START)

    async def judge() -> None:
        async with open_database("sqlite:////nowhere/lgsp.db") as database:
            context = Context(Settings(), database, FrozenClock(START), Metrics())
            await Register(context).decide_request(client, scope)

    with pytest.raises(DatabaseUnavailableError):
        asyncio.run(judge())


def test_a_revoked_grant_stops_in_both_processes(pair: Pair, tell: Tell) -> None:
    first, second = pair.apis
    published(first)
    grant = granted(first, SOMEBODY)
    path = f"/v1/grants/{grant['id']}/revocation"
    # What the second process holds is older than the grant for a moment at most.
    while not _is_allowed(second):
        continue
    assert _is_allowed(first)
    allows = [partial(_is_allowed, api) for api in pair.apis]
    for number, one in enumerate(pair.watch(allows, lambda: done(first, path, {"reason": "?"}))):
        tell(
            f"process {number}: first refusal {one.refused_at:.3f} s after the revocation's "
            f"answer, last call that was allowed asked {one.allowed_asked_at:.3f} s after it"
        )
    assert [_is_allowed(api) for api in pair.apis] == [False, False]
