"""Fixtures of the mock's own tests."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import G22, H38, H53, AxisCaller, Province, nation


@pytest.fixture
def universe() -> Universe:
    return Universe()


@pytest.fixture
def client(universe: Universe) -> Iterator[TestClient]:
    with nation(universe) as client:
        yield client


@pytest.fixture
def h38(client: TestClient) -> AxisCaller:
    return AxisCaller(client, H38)


@pytest.fixture
def h53(client: TestClient) -> AxisCaller:
    return AxisCaller(client, H53)


@pytest.fixture
def g22(client: TestClient) -> AxisCaller:
    return AxisCaller(client, G22)


@pytest.fixture
def province(client: TestClient) -> Province:
    caller = Province(client)
    caller.login()
    return caller
