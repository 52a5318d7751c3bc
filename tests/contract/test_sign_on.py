"""The sign-on: what the stand-in answers and what the gateway reads, against the description."""

import re
from typing import Any

import pytest
from jose import jwt
from starlette.testclient import TestClient

from app.exchange.sign_on.tokens import AccountKind, Claims
from mock_ngsp.front import Nation
from mock_ngsp.sso.people import DEFAULT_PEOPLE
from mock_ngsp.sso.provider import DEFAULT_CLIENT
from mock_ngsp.universe import Universe
from tests.contract.judges import OPENAPI, description, faults_of_json

_SCHEMAS = "sign_on.yaml#/components/schemas"
_CREDENTIALS = {"client_id": DEFAULT_CLIENT.client_id, "client_secret": DEFAULT_CLIENT.secret}


@pytest.fixture
def http() -> TestClient:
    return TestClient(Nation(Universe()), follow_redirects=False)


def _signed_in(http: TestClient) -> dict[str, Any]:
    back = DEFAULT_CLIENT.redirect_uris[0]
    asked = {"response_type": "code", "scope": "openid", "redirect_uri": back}
    asked |= {"client_id": DEFAULT_CLIENT.client_id, "nguoi": DEFAULT_PEOPLE[0]["TechID"]}
    led_to = http.get("/oauth2/authorize", params=asked).headers["location"]
    form = {"grant_type": "authorization_code", "redirect_uri": back, **_CREDENTIALS}
    tokens = http.post("/oauth2/token", data=form | {"code": led_to.partition("code=")[2]})
    found: dict[str, Any] = tokens.json()
    return found


def test_every_answer_of_the_stand_in_is_what_is_described(http: TestClient) -> None:
    tokens = _signed_in(http)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    asked = {"token": tokens["access_token"]}
    answers = {
        "TokenResponse": [tokens],
        "IdTokenClaims": [jwt.get_unverified_claims(tokens["id_token"])],
        "Account": [http.post("/oauth2/userinfo", headers=bearer).json(), *DEFAULT_PEOPLE],
        "Jwks": [http.get("/oauth2/jwks").json()],
        "Introspection": [
            http.post("/oauth2/introspect", data=asked).json(),
            http.post("/oauth2/introspect", data={"token": "x"}).json(),
        ],
        "OauthError": [
            http.post("/oauth2/token", data={}).json(),
            http.post("/oauth2/userinfo").json(),
        ],
    }
    faults = {
        name: faults_of_json(f"{_SCHEMAS}/{name}", one)
        for name, said in answers.items()
        for one in said
    }
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_misspelt_claim_would_be_seen() -> None:
    account = dict(DEFAULT_PEOPLE[0])
    for name in list(account):
        misspelt = {(one + "x" if one == name else one): text for one, text in account.items()}
        assert faults_of_json(f"{_SCHEMAS}/Account", misspelt), name


@pytest.mark.parametrize("account", DEFAULT_PEOPLE, ids=lambda account: account["TechID"])
def test_we_read_the_claims_as_they_are_described(account: dict[str, Any]) -> None:
    known = description("sign_on.yaml")["components"]["schemas"]["Account"]["properties"]
    names = {field.alias for field in Claims.model_fields.values()}
    assert names <= set(known)
    read = Claims.model_validate(account, by_name=False)
    assert (read.account_id, read.kind) == (
        account["TechID"],
        AccountKind(account["LoaiTaiKhoan"]),
    )
    assert read.citizen_id == account["SoDinhDanh"]


def test_every_claim_has_a_row_in_the_glossary() -> None:
    rows = [line.split("|") for line in (OPENAPI / "glossary.md").read_text("utf-8").splitlines()]
    wire = {row[2].strip().strip("`") for row in rows if len(row) == 6}
    claims = description("sign_on.yaml")["components"]["schemas"]["Account"]["properties"]
    assert set(claims) - wire == set()
    assert not [name for name in claims if re.search(r"\s", name)]
