import base64

import pytest
from jose import jwt
from sqlalchemy import select

from app.access import use_cases
from app.access.domain import Scope
from app.codes import AgencyCode
from app.evidence.tables import evidence, unauthenticated_refusals
from app.refusals import Refusals
from tests.gateway import Gateway

GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def credentials(gateway: Gateway) -> tuple[str, str]:
    client, secret = gateway.transact(
        use_cases.register,
        gateway.clock,
        name="one-stop",
        member=AgencyCode("H38.12"),
        scopes=[Scope.SUBMIT_DOSSIERS, Scope.READ_DOSSIERS],
    )
    return client.client_id, secret


def test_without_credentials_there_is_no_token(gateway: Gateway) -> None:
    answer = gateway.http.post("/oauth2/token", data=GRANT)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")


def test_a_wrong_secret_gets_no_token(gateway: Gateway, credentials: tuple[str, str]) -> None:
    answer = gateway.http.post("/oauth2/token", data=GRANT, auth=(credentials[0], "wrong"))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_a_revoked_client_gets_no_token(gateway: Gateway, credentials: tuple[str, str]) -> None:
    gateway.transact(use_cases.revoke, gateway.clock, client_id=credentials[0])
    answer = gateway.http.post("/oauth2/token", data=GRANT, auth=credentials)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({}, "unsupported_grant_type"),
        (GRANT | {"scope": "documents:send"}, "invalid_scope"),
        (GRANT | {"scope": "no:such"}, "invalid_scope"),
    ],
)
def test_a_wrong_request_is_refused_by_name(
    gateway: Gateway, credentials: tuple[str, str], form: dict[str, str], error: str
) -> None:
    answer = gateway.http.post("/oauth2/token", data=form or {"x": "y"}, auth=credentials)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_two_ways_of_authentication_at_once_are_refused(
    gateway: Gateway, credentials: tuple[str, str]
) -> None:
    form = GRANT | {"client_id": credentials[0], "client_secret": credentials[1]}
    answer = gateway.http.post("/oauth2/token", data=form, auth=credentials)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_an_unreadable_basic_header_is_refused(gateway: Gateway) -> None:
    for header in ("Basic !!!", "Basic " + base64.b64encode(b"nocolon").decode(), "Digest x"):
        answer = gateway.http.post("/oauth2/token", data=GRANT, headers={"Authorization": header})
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_json_is_not_a_token_request(gateway: Gateway) -> None:
    answer = gateway.http.post("/oauth2/token", json=GRANT)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_basic_and_form_credentials_give_a_token_with_all_scopes(
    gateway: Gateway, credentials: tuple[str, str]
) -> None:
    form = GRANT | {"client_id": credentials[0], "client_secret": credentials[1]}
    answers = [
        gateway.http.post("/oauth2/token", data=GRANT, auth=credentials),
        gateway.http.post("/oauth2/token", data=form),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json()["token_type"] == "Bearer"
        assert answer.json()["scope"] == "dossiers:read dossiers:submit"


def test_fewer_scopes_may_be_asked_for(gateway: Gateway, credentials: tuple[str, str]) -> None:
    form = GRANT | {"scope": "dossiers:read"}
    answer = gateway.http.post("/oauth2/token", data=form, auth=credentials)
    assert answer.json()["scope"] == "dossiers:read"


def test_a_token_is_es256_and_verifies_with_the_published_key(
    gateway: Gateway, credentials: tuple[str, str]
) -> None:
    token = gateway.http.post("/oauth2/token", data=GRANT, auth=credentials).json()["access_token"]
    key = gateway.http.get("/.well-known/jwks.json").json()["keys"][0]
    claims = jwt.decode(
        token,
        key,
        algorithms=["ES256"],
        audience=gateway.settings.issuer,
        options={"verify_exp": False},
    )
    assert claims["sub"] == credentials[0]
    assert claims["member"] == "H38.12"
    assert jwt.get_unverified_header(token)["kid"] == key["kid"]


def test_refusals_are_counted_or_recorded(gateway: Gateway, credentials: tuple[str, str]) -> None:
    gateway.http.post("/oauth2/token", data=GRANT, auth=(credentials[0], "wrong"))
    gateway.http.post("/oauth2/token", data=GRANT | {"scope": "no:such"}, auth=credentials)
    assert gateway.http.portal is not None
    refusals: Refusals = gateway.http.app.state.refusals  # type: ignore[attr-defined]
    gateway.http.portal.call(refusals.flush)
    counted = gateway.transact(lambda c: c.execute(select(unauthenticated_refusals)).all())
    assert [(row.reason, row.number) for row in counted] == [("invalid_client", 1)]
    outcomes = gateway.transact(lambda c: c.execute(select(evidence.c.outcome)).scalars().all())
    assert outcomes == ["done", "invalid_scope"]
