"""Codes for tokens, and what tokens open."""

import base64
import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from mock_ngsp.sso.asking import Asked, SignOnError, client_of
from mock_ngsp.sso.provider import ALGORITHM, TOKEN_LIFETIME, Client, Grant, Provider
from mock_ngsp.wire import Answer, json_answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe


def token(universe: "Universe", asked: Asked) -> Answer:
    """Tokens for a code, or for a refresh token; the client's secret is in the body."""
    provider, now = universe.provider, universe.clock.now()
    client = client_of(provider, asked)
    match asked.given.get("grant_type"):
        case "authorization_code":
            grant = _of_code(provider, asked, client, now)
        case "refresh_token":
            grant = _of_refresh_token(provider, asked, client)
        case _:
            raise SignOnError("unsupported_grant_type", "authorization_code or refresh_token")
    access, refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    given = Grant(client.client_id, grant.tech_id, now + TOKEN_LIFETIME)
    provider.tokens[access] = provider.refreshing[refresh] = given
    if code := asked.given.get("code"):
        provider.spent[code] = access
    return json_answer(
        {
            "access_token": access,
            "refresh_token": refresh,
            "scope": "openid",
            "id_token": provider.id_token(grant, asked.issuer, now),
            "token_type": "Bearer",
            "expires_in": int(TOKEN_LIFETIME.total_seconds()),
        }
    )


def _of_code(provider: Provider, asked: Asked, client: Client, now: datetime) -> Grant:
    """Use a code up; one that is used twice takes back what it gave (RFC 6749, 4.1.2)."""
    code = asked.wanted("code")
    if code in provider.spent:
        provider.tokens.pop(provider.spent[code], None)
    grant = provider.codes.pop(code, None)
    given = (client.client_id, asked.given.get("redirect_uri"))
    if grant is None or now >= grant.ends_at or given != (grant.client_id, grant.redirect_uri):
        raise SignOnError("invalid_grant", "the code is wrong, used, old or another's")
    if grant.challenge and grant.challenge != _challenge(asked.given.get("code_verifier", "")):
        raise SignOnError("invalid_grant", "code_verifier does not fit")
    return grant


def _challenge(verifier: str) -> str:
    """What RFC 7636 makes of a verifier by S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _of_refresh_token(provider: Provider, asked: Asked, client: Client) -> Grant:
    grant = provider.refreshing.get(asked.wanted("refresh_token"))
    if grant is None or grant.client_id != client.client_id:
        raise SignOnError("invalid_grant", "the refresh token is wrong or another's")
    del provider.refreshing[asked.given["refresh_token"]]
    return grant


def userinfo(universe: "Universe", asked: Asked) -> Answer:
    """Every claim of whoever signed in."""
    grant = universe.provider.tokens.get(asked.bearer)
    if grant is None or universe.clock.now() >= grant.ends_at:
        raise SignOnError("invalid_token", "the access token is wrong or has ended", 401)
    return json_answer(universe.provider.people[grant.tech_id])


def introspect(universe: "Universe", asked: Asked) -> Answer:
    """Whose a token is and until when; of any other only that it is not active (RFC 7662)."""
    grant = universe.provider.tokens.get(asked.wanted("token"))
    if grant is None or universe.clock.now() >= grant.ends_at:
        return json_answer({"active": False})
    told = {"client_id": grant.client_id, "username": grant.tech_id, "scope": "openid"}
    return json_answer({"active": True, "exp": int(grant.ends_at.timestamp())} | told)


def revoke(universe: "Universe", asked: Asked) -> Answer:
    """Take a token of the client's back; an unknown one is no fault (RFC 7009)."""
    provider = universe.provider
    client = client_of(provider, asked)
    for given in (provider.tokens, provider.refreshing):
        grant = given.get(asked.wanted("token"))
        if grant is not None and grant.client_id == client.client_id:
            del given[asked.given["token"]]
    return json_answer({})


def jwks(universe: "Universe", _asked: Asked) -> Answer:
    """The key that id_tokens are signed with."""
    return json_answer({"keys": [universe.provider.key.public()]})


def discovery(_universe: "Universe", asked: Asked) -> Answer:
    """Where everything is (OpenID Connect Discovery)."""
    base = asked.base
    return json_answer(
        {
            "issuer": asked.issuer,
            "authorization_endpoint": f"{base}/oauth2/authorize",
            "token_endpoint": f"{base}/oauth2/token",
            "userinfo_endpoint": f"{base}/oauth2/userinfo",
            "introspection_endpoint": f"{base}/oauth2/introspect",
            "revocation_endpoint": f"{base}/oauth2/revoke",
            "end_session_endpoint": f"{base}/oidc/logout",
            "jwks_uri": f"{base}/oauth2/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid"],
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
    )
