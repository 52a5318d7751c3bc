"""A gateway with a filled catalogue, and the credentials of a client of its whole province."""

import pytest

from app.access import use_cases as access
from app.access.domain import Scope
from app.codes import AgencyCode
from tests.builders import seed_catalogue
from tests.gateway import Gateway

Credentials = tuple[str, str]


@pytest.fixture
def knowing(gateway: Gateway) -> Gateway:
    seed_catalogue(gateway)
    return gateway


@pytest.fixture
def credentials(knowing: Gateway) -> Credentials:
    client, secret = knowing.transact(
        access.register,
        knowing.clock,
        name="contract",
        member=AgencyCode("H38"),
        scopes=[scope.value for scope in Scope],
    )
    return client.client_id, secret


@pytest.fixture
def token(knowing: Gateway, credentials: Credentials) -> str:
    form = {"grant_type": "client_credentials"}
    answer = knowing.http.post("/oauth2/token", data=form, auth=credentials)
    return str(answer.json()["access_token"])
