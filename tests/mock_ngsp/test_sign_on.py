"""The sign-on of the portal, as a site that uses it and as a tester meet it."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from jose import jwt
from starlette.testclient import TestClient

from mock_ngsp.sso.provider import CODE_LIFETIME, DEFAULT_CLIENT, TOKEN_LIFETIME
from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import Json

BACK = DEFAULT_CLIENT.redirect_uris[0]
WHO = "tech-gia-dinh-0001"
ASKED = {
    "response_type": "code",
    "client_id": DEFAULT_CLIENT.client_id,
    "redirect_uri": BACK,
    "scope": "openid",
    "acr_values": "LoA1",
    "state": "aHR0cHM6Ly94",
}
CREDENTIALS = {"client_id": DEFAULT_CLIENT.client_id, "client_secret": DEFAULT_CLIENT.secret}


def authorize(client: TestClient, **changes: str) -> httpx.Response:
    given = {name: text for name, text in (ASKED | changes).items() if text}
    http: httpx.Client = client
    return http.get("/oauth2/authorize", params=given, follow_redirects=False)


def led_to(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 302, answer.text
    where = urlsplit(answer.headers["location"])
    assert f"{where.scheme}://{where.netloc}{where.path}" == BACK
    return {name: values[0] for name, values in parse_qs(where.query).items()}


def a_code(client: TestClient, **changes: str) -> str:
    return led_to(authorize(client, nguoi=WHO, **changes))["code"]


def exchanged(client: TestClient, code: str, /, **changes: str) -> httpx.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    http: httpx.Client = client
    return http.post("/oauth2/token", data=form | CREDENTIALS | changes)


def signed_in(client: TestClient) -> Json:
    answer = exchanged(client, a_code(client))
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def userinfo(client: TestClient, token: str) -> httpx.Response:
    http: httpx.Client = client
    return http.post("/oauth2/userinfo", headers={"Authorization": f"Bearer {token}"})


def introspected(client: TestClient, token: str) -> Json:
    found: Json = client.post("/oauth2/introspect", data={"token": token, "state": "0"}).json()
    return found


def test_a_person_chooses_and_is_led_back_with_the_state(client: TestClient) -> None:
    page = authorize(client)
    assert "Nguyễn Thị Giả Định" in page.text
    assert f"nguoi={WHO}" in page.text
    back = led_to(authorize(client, nguoi=WHO))
    assert back["state"] == ASKED["state"]
    assert set(back) == {"code", "state"}


def test_a_code_becomes_tokens_with_the_claims_of_the_account(client: TestClient) -> None:
    code = a_code(client, nonce="n-1")
    tokens = exchanged(client, code).json()
    assert (tokens["token_type"], tokens["scope"]) == ("Bearer", "openid")
    assert tokens["expires_in"] == TOKEN_LIFETIME.total_seconds()
    about = client.get("/.well-known/openid-configuration").json()
    keys = client.get(urlsplit(about["jwks_uri"]).path).json()
    claims = jwt.decode(
        tokens["id_token"],
        keys,
        algorithms=["RS256"],
        audience=DEFAULT_CLIENT.client_id,
        issuer=about["issuer"],
        access_token=tokens["access_token"],
    )
    assert (claims["TechID"], claims["LoaiTaiKhoan"]) == (WHO, "1")
    assert (claims["SoDinhDanh"], claims["nonce"]) == ("000000000001", "n-1")
    info = userinfo(client, tokens["access_token"]).json()
    assert info.items() <= claims.items()
    assert len(info) > 30


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "email"}, "invalid_scope"),
        ({"nguoi": "khong-co"}, "access_denied"),
    ],
)
def test_what_a_site_asks_wrongly_is_told_to_it(
    client: TestClient, changes: dict[str, str], error: str
) -> None:
    assert led_to(authorize(client, **changes)) == {"error": error, "state": ASKED["state"]}


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "khac"},
        {"client_id": ""},
        {"redirect_uri": BACK + "/x"},
        {"redirect_uri": "https://evil.test"},
        {"redirect_uri": ""},
    ],
    ids=repr,
)
def test_nobody_is_led_to_an_address_that_is_not_registered(
    client: TestClient, changes: dict[str, str]
) -> None:
    answer = authorize(client, nguoi=WHO, **changes)
    assert (answer.status_code, "location" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "sai"}, 401, "invalid_client"),
        ({"client_id": "khac"}, 401, "invalid_client"),
        ({"redirect_uri": DEFAULT_CLIENT.redirect_uris[1]}, 400, "invalid_grant"),
        ({"code": "sai"}, 400, "invalid_grant"),
        ({"code": ""}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
    ids=repr,
)
def test_tokens_are_not_given_for_less(
    client: TestClient, changes: dict[str, str], status: int, error: str
) -> None:
    answer = exchanged(client, a_code(client), **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_code_is_used_once_and_twice_takes_back(client: TestClient) -> None:
    code = a_code(client)
    token = exchanged(client, code).json()["access_token"]
    assert introspected(client, token)["active"] is True
    assert exchanged(client, code).json()["error"] == "invalid_grant"
    assert introspected(client, token) == {"active": False}


def test_codes_and_tokens_end(client: TestClient, universe: Universe) -> None:
    code, token = a_code(client), signed_in(client)["access_token"]
    universe.clock.advance(CODE_LIFETIME)
    assert exchanged(client, code).json()["error"] == "invalid_grant"
    universe.clock.advance(TOKEN_LIFETIME)
    refused = userinfo(client, token)
    assert refused.status_code == 401
    assert "invalid_token" in refused.headers["www-authenticate"]
    assert introspected(client, token) == {"active": False}


def test_a_token_is_looked_at_revoked_and_refreshed(client: TestClient) -> None:
    tokens = signed_in(client)
    told = introspected(client, tokens["access_token"])
    assert (told["client_id"], told["username"]) == (DEFAULT_CLIENT.client_id, WHO)
    form = CREDENTIALS | {"token": tokens["access_token"]}
    assert client.post("/oauth2/revoke", data=form | {"client_secret": "sai"}).status_code == 401
    assert client.post("/oauth2/revoke", data=form).status_code == 200
    assert introspected(client, tokens["access_token"]) == {"active": False}
    asked = CREDENTIALS | {
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
    }
    again = client.post("/oauth2/token", data=asked)
    assert introspected(client, again.json()["access_token"])["active"] is True
    assert client.post("/oauth2/token", data=asked).json()["error"] == "invalid_grant"


def test_who_signs_out_has_no_token_any_more(client: TestClient) -> None:
    tokens = signed_in(client)
    given = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": BACK}
    answer = client.get("/oidc/logout", params=given, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, BACK)
    assert userinfo(client, tokens["access_token"]).status_code == 401
    given["post_logout_redirect_uri"] = "https://evil.test"
    assert client.get("/oidc/logout", params=given).status_code == 200
    wrong = client.get("/oidc/logout", params={"id_token_hint": "x"})
    assert wrong.status_code == 400


def test_a_tester_adds_sites_and_people_and_takes_tokens(client: TestClient) -> None:
    site = {"client_id": "khac", "secret": "s", "redirect_uris": ["http://x.test/y"]}
    assert client.post("/_axis/v1/sso/clients", json=site).status_code == 201
    person = {"TechID": "tech-9", "LoaiTaiKhoan": "2", "claims": {"MaSoThue": "0000000009"}}
    assert client.post("/_axis/v1/sso/people", json=person).status_code == 201
    assert len(client.get("/_axis/v1/sso/people").json()) == 5
    wanted = {"TechID": "tech-9", "client_id": "khac"}
    token = client.post("/_axis/v1/sso/id-tokens", json=wanted).json()["id_token"]
    claims = jwt.get_unverified_claims(token)
    assert (claims["aud"], claims["MaSoThue"]) == ("khac", "0000000009")
    missing = wanted | {"TechID": "khong-co"}
    assert client.post("/_axis/v1/sso/id-tokens", json=missing).status_code == 404


def test_a_new_key_takes_the_place_of_the_old(client: TestClient) -> None:
    (before,) = client.get("/oauth2/jwks").json()["keys"]
    new = client.post("/_axis/v1/sso/rotate").json()["kid"]
    (after,) = client.get("/oauth2/jwks").json()["keys"]
    assert (after["kid"], after["kid"] != before["kid"]) == (new, True)


def test_secrets_are_not_in_the_record(client: TestClient) -> None:
    signed_in(client)
    items = client.get("/_axis/v1/received?axis=sso").json()["items"]
    assert [one["operation"] for one in items] == ["authorize", "token"]
    assert DEFAULT_CLIENT.secret not in str(items)


def test_another_method_is_refused(client: TestClient) -> None:
    assert client.get("/oauth2/userinfo").status_code == 405
    assert client.post("/oauth2/authorize").status_code == 405


def test_a_code_of_a_challenge_wants_its_verifier(client: TestClient) -> None:
    verifier = "v" * 43
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    asked = {"code_challenge": challenge, "code_challenge_method": "S256"}
    for given in ({}, {"code_verifier": "w" * 43}):
        refused = exchanged(client, a_code(client, **asked), **given)
        assert refused.json()["error"] == "invalid_grant"
    good = exchanged(client, a_code(client, **asked), code_verifier=verifier)
    assert good.status_code == 200
    plain = authorize(client, nguoi=WHO, code_challenge="x", code_challenge_method="plain")
    assert led_to(plain)["error"] == "invalid_request"
