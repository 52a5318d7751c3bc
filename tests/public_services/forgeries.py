"""Tokens that must open nothing."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from jose import jwt

from mock_ngsp.sso.provider import SigningKey
from tests.public_services.accounts import ISSUER, OTHER, Accounts

Forged = Callable[[Accounts], str]


def _claiming(**changes: Any) -> Forged:
    return lambda accounts: accounts.token(**changes)


def later(**seconds: int) -> Forged:
    def forged(accounts: Accounts) -> str:
        now = int(accounts.gateway.clock.now().timestamp())
        moved: dict[str, Any] = {name: now + ahead for name, ahead in seconds.items()}
        return accounts.token(**moved)

    return forged


def _coded(part: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def headed(**header: Any) -> Forged:
    """Return a maker of tokens whose header says something else, under the good signature."""

    def forged(accounts: Accounts) -> str:
        good = accounts.token()
        said = jwt.get_unverified_header(good) | header
        return ".".join([_coded(said), *good.split(".")[1:]])

    return forged


def _by_another_key(accounts: Accounts) -> str:
    other = SigningKey()
    other.key_id = accounts.universe.provider.key.key_id
    return other.sign(accounts.claims())


def _bringing_its_key(accounts: Accounts) -> str:
    other = SigningKey()
    header = {"kid": other.key_id, "jwk": other.public(), "jku": "http://evil.test/jwks"}
    return str(jwt.encode(accounts.claims(), other.pem, "RS256", headers=header))


def _signed_with_what_is_public(accounts: Accounts) -> str:
    row = accounts.universe.provider.key.public()
    text = f"{_coded({'alg': 'HS256', 'kid': row['kid']})}.{_coded(accounts.claims())}"
    mac = hmac.new(json.dumps(row).encode(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def _changed(accounts: Accounts) -> str:
    head, _, seal = accounts.token(OTHER).split(".")
    return f"{head}.{_coded(accounts.claims())}.{seal}"


FORGED: dict[str, Forged] = {
    "empty": lambda _: "",
    "one dot": lambda _: "a.b",
    "no JSON": lambda _: f"{_coded([1])}.{_coded({})}.x",
    "deep": lambda _: f"{base64.urlsafe_b64encode(b'[' * 9000).decode()}.x.y",
    "huge": lambda accounts: accounts.token(TonGiao="x" * 20_000),
    "unsigned": lambda accounts: f"{_coded({'alg': 'none'})}.{_coded(accounts.claims())}.",
    "alg none": headed(alg="none"),
    "alg of another key": headed(alg="HS256"),
    "signed with what is public": _signed_with_what_is_public,
    "alg RS384": headed(alg="RS384"),
    "no kid": headed(kid=None),
    "kid a list": headed(kid=["x"]),
    "unknown kid": headed(kid="x"),
    "crit": headed(crit=["exp"]),
    "another key": _by_another_key,
    "its own key": _bringing_its_key,
    "changed": _changed,
    "another issuer": _claiming(iss="http://evil.test"),
    "issuer with a slash": _claiming(iss=ISSUER + "/"),
    "no issuer": _claiming(iss=None),
    "another audience": _claiming(aud="khac"),
    "no audience": _claiming(aud=None),
    "for another client": _claiming(aud=["mock-cong-tinh", "khac"], azp="khac"),
    "no subject": _claiming(sub=None),
    "expired": later(exp=-61),
    "issued later": later(iat=61),
    "begins later": later(nbf=61),
    "no end": _claiming(exp=None),
    "no beginning": _claiming(iat=None),
    "end a truth": _claiming(exp=True),
    "end a text": _claiming(exp="9999999999"),
    "no account": _claiming(TechID=None),
    "account a list": _claiming(TechID=["x"]),
    "account with a blank": _claiming(TechID="a b"),
    "account too long": _claiming(TechID="x" * 101),
    "unknown kind": _claiming(LoaiTaiKhoan="9"),
    "number a record": _claiming(SoDinhDanh={"x": 1}),
}
