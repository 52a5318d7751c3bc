"""A gateway with a filled catalogue, and the credentials of a client of its whole province."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.access import use_cases as access
from app.access.domain import Scope
from app.codes import AgencyCode
from tests.builders import a_dossier, seed_catalogue
from tests.documents.packets import a_packet, report, sent
from tests.gateway import Api, Gateway

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


@dataclass(frozen=True, slots=True)
class Records:
    """One record of each kind that the gateway holds."""

    tracking_code: str
    places: dict[str, dict[str, str]]
    """What stands in the places of each address of the document that has any."""


@pytest.fixture
def records(knowing: Gateway, token: str) -> Records:
    api = Api(knowing.http, token)
    dossier = api.post("/v1/dossiers", json=a_dossier()).json()
    document = {"id": sent(api, a_packet("H38.61"))["id"]}
    finished = {"id": sent(api, a_packet("H38.61", number="7"))["id"]}
    for status in ("03", "06"):
        report(api, finished["id"], status)
    code = {"code": dossier["code"]}
    places: dict[str, dict[str, Any]] = {
        "/v1/members/{code}": {"code": "H38.12"},
        "/v1/procedures/{code}": {"code": "1.003560.H38"},
        "/v1/provinces/{code}/communes": api.get("/v1/provinces").json()["items"][0],
        "/v1/dossiers/{code}": code,
        "/v1/dossiers/{code}/progress": code,
        "/v1/public-services/dossiers/{code}": code,
        "/v1/documents/{id}": document,
        "/v1/documents/{id}/edxml": document,
        "/v1/documents/{id}/attachments/{n}": document | {"n": "1"},
        "/v1/documents/{id}/statuses": document,
        "/v1/documents/{id}/timeline": document,
        "/v1/documents/{id}/receipt": document,
        "/v1/documents/{id}/duties": document,
        "/v1/documents/{id}/archive-package": finished,
        "/v1/documents/{id}/signatures": document,
        "/problems/{slug}": {"slug": "not-json"},
    }
    return Records(dossier["tracking_code"], places)
