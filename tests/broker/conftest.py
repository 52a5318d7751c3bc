"""What tests of the broker share."""

import pytest


@pytest.fixture
def windows(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--windows"))
