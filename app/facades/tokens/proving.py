"""What a client sends to prove itself, in every way that NGSP's own clients have."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, unquote_plus

from starlette.datastructures import Headers

from app.access.domain.bearers import Style
from app.platform.bodies import media_type

FORM: Final = "application/x-www-form-urlencoded"
_LONGEST_ID: Final = 80
_LONGEST_NAME: Final = 100


class TokenRefusal(Exception):  # noqa: N818 -- a refusal, in the words of RFC 6749 §5.2
    """A request for a token that is not granted."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True, slots=True)
class Credentials:
    """A client's id and secret."""

    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Key:
    """A long-lived token."""

    token: str


@dataclass(frozen=True, slots=True)
class Person:
    """The name and password of the password grant."""

    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was sent: as whom, and in which ways besides plain OAuth2; not yet believed."""

    client: Credentials | Key
    styles: frozenset[Style]
    person: Person | None = None
    scope: str = ""


def read_proof(headers: Headers, body: bytes) -> Proof:
    """Read a request to the token endpoint.

    Raises:
        TokenRefusal: if it cannot be read, or says two things at once.
    """
    form, styles = _form(headers, body)
    client, style = _client(headers, form)
    if style is not None:
        styles.add(style)
    grant, person = form.get("grant_type"), None
    if grant == "password":
        person = Person(form.get("username", ""), form.get("password", ""))
        styles.add(Style.PASSWORD)
        if not _is_clean(person.username, _LONGEST_NAME):
            raise TokenRefusal("invalid_grant", "unknown account or wrong password")
    elif grant != "client_credentials":
        raise TokenRefusal(
            "unsupported_grant_type", "only client_credentials and password are offered"
        )
    return Proof(client, frozenset(styles), person, form.get("scope", ""))


def read_key(headers: Headers) -> Proof:
    """Read a request that shows its key in the header Auth (Đồng Tháp).

    Raises:
        TokenRefusal: if it shows none.
    """
    token = headers.get("auth", "")
    if not token:
        raise _unproven("no Auth header was sent")
    return Proof(Key(token), frozenset({Style.AUTH_HEADER}))


def _form(headers: Headers, body: bytes) -> tuple[Mapping[str, str], set[Style]]:
    """Return the fields, and whether their kind stood in the misspelt header only."""
    styles: set[Style] = set()
    if media_type(headers.get("content-type", "")) != FORM:
        if media_type(headers.get("contenttype", "")) != FORM:
            raise TokenRefusal("invalid_request", f"send the form as {FORM}")
        styles.add(Style.MISSPELT_HEADER)
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError:
        raise TokenRefusal("invalid_request", "the form cannot be read") from None
    if any(len(values) > 1 for values in fields.values()):
        raise TokenRefusal("invalid_request", "a field is given twice")
    return {name: values[0] for name, values in fields.items()}, styles


def _client(headers: Headers, form: Mapping[str, str]) -> tuple[Credentials | Key, Style | None]:
    """Return who it says it is; one way of saying it, not two."""
    ways = [
        headers.get("authorization") is not None,
        headers.get("lgspaccesstoken") is not None,
        "client_secret" in form,
    ]
    if sum(ways) > 1:
        raise TokenRefusal("invalid_request", "use one way of authentication, not two")
    if ways[0]:
        return _authorised(headers["authorization"])
    if ways[1]:
        return _packed(headers["lgspaccesstoken"]), Style.ACCESS_TOKEN_HEADER
    if "client_id" not in form or "client_secret" not in form:
        raise _unproven("no client credentials were sent")
    return _clean(form["client_id"], form["client_secret"]), None


def _authorised(header: str) -> tuple[Credentials | Key, Style | None]:
    kind, _, shown = header.partition(" ")
    if kind.lower() == "bearer" and shown:
        return Key(shown.strip()), Style.STATIC_BEARER
    name, colon, secret = _decoded(shown).partition(":")
    if kind.lower() != "basic" or not colon:
        raise _unproven("the Authorization header cannot be read")
    return _clean(unquote_plus(name), unquote_plus(secret)), None


def _packed(header: str) -> Credentials:
    """Return what stands in `lgspaccesstoken`: base64 of JSON with AccessKey and SecretKey.

    What else clients put there, e.g. AppName and PartnerCode, says nothing to us.
    """
    try:
        said: Any = json.loads(_decoded(header))
    except (ValueError, RecursionError):
        said = None
    known = said if isinstance(said, dict) else {}
    name, secret = known.get("AccessKey"), known.get("SecretKey")
    if not isinstance(name, str) or not isinstance(secret, str):
        raise _unproven("the lgspaccesstoken header cannot be read")
    return _clean(name, secret)


def _decoded(text: str) -> str:
    """Return what stands in base64; "" if nothing can be read."""
    try:
        return base64.b64decode(text.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _clean(client_id: str, secret: str) -> Credentials:
    if not _is_clean(client_id, _LONGEST_ID):
        raise _unproven("unknown client or wrong secret")
    return Credentials(client_id, secret)


def _is_clean(name: str, longest: int) -> bool:
    return 0 < len(name) <= longest and name.isprintable()


def _unproven(description: str) -> TokenRefusal:
    return TokenRefusal("invalid_client", description, 401)
