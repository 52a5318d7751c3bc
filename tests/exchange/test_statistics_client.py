"""The client of the receiver of monthly figures before a scripted server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.exchange.ministry_statistics.client import StatisticsClient
from app.exchange.ministry_statistics.connecting import statistics_of
from app.exchange.ministry_statistics.wire import Statistic
from app.exchange.outcomes import Deferred, Delivered, Refused
from app.exchange.transport import build_client
from app.platform.settings import SecretFileError, Settings
from tests.contract.judges import message
from tests.exchange.loopback import Server, Step, answer, reset, scripted

pytestmark = pytest.mark.anyio
GOLDEN = message("ministry_statistic_request.json").json()
FIGURES = Statistic.model_validate(GOLDEN)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def receiver(
    *steps: Step, bearer: SecretStr | None = None
) -> AsyncIterator[tuple[StatisticsClient, Server]]:
    async with scripted(steps) as server, build_client(timeout=timedelta(seconds=5)) as http:
        seconds = timedelta(seconds=5)
        yield StatisticsClient(http, url=server.url, bearer=bearer, deadline=seconds), server


async def test_the_golden_message_goes_out_with_the_bearer() -> None:
    async with receiver(answer(body={}), bearer=SecretStr("b")) as (client, server):
        assert await client.send(FIGURES) == Delivered()
    (sent,) = server.requests
    assert (sent.target, sent.content) == ("/Statistic", GOLDEN)
    assert sent.headers["authorization"] == "Bearer b"


@pytest.mark.parametrize("status", [200, 201, 204])
async def test_any_success_will_do_whatever_it_says(status: int) -> None:
    async with receiver(answer(status, body=b"" if status == 204 else b"<html>")) as (client, s):
        assert await client.send(FIGURES) == Delivered()
    assert "authorization" not in s.requests[0].headers


@pytest.mark.parametrize("status", [400, 409, 422])
async def test_figures_that_are_refused_are_refused_for_good(status: int) -> None:
    async with receiver(answer(status, body=b"x")) as (client, _):
        outcome = await client.send(FIGURES)
    assert isinstance(outcome, Refused)
    assert outcome.code == f"http-{status}"


@pytest.mark.parametrize("status", [401, 403, 404, 405])
async def test_where_we_are_not_let_in_the_figures_wait_and_somebody_is_told(status: int) -> None:
    async with receiver(answer(status, body=b"x")) as (client, _):
        outcome = await client.send(FIGURES)
    assert outcome == Deferred("contract-breach", alarm=True)


@pytest.mark.parametrize("step", [answer(503, body=b""), reset()], ids=["503", "reset"])
async def test_a_receiver_that_is_away_is_tried_again(step: Step) -> None:
    async with receiver(step) as (client, _):
        assert isinstance(await client.send(FIGURES), Deferred)


async def test_it_is_connected_where_it_has_an_address(tmp_path: Path) -> None:
    async with build_client(timeout=timedelta(seconds=5)) as http:
        assert statistics_of(Settings(), http) is None
        said = {"ministry_statistics_url": "http://127.0.0.1:9"}
        assert statistics_of(Settings.model_validate(said), http) is not None
        said |= {"ministry_statistics_bearer_file": str(tmp_path / "none")}
        with pytest.raises(SecretFileError):
            statistics_of(Settings.model_validate(said), http)
