"""What the provider knows: its key, its clients, its people, and what it gave out."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jose import jwk, jwt

from mock_ngsp.sso.people import DEFAULT_PEOPLE

ALGORITHM = "RS256"
CODE_LIFETIME = timedelta(minutes=5)
TOKEN_LIFETIME = timedelta(hours=1)
_BITS = 2048


@dataclass(frozen=True, slots=True)
class Client:
    """A site that lets people sign in here; other addresses than these are not led back to."""

    client_id: str
    secret: str
    redirect_uris: tuple[str, ...]


DEFAULT_CLIENT = Client(
    "mock-cong-tinh",
    "mock-secret-of-sign-on",
    ("http://127.0.0.1:8080/dang-nhap", "http://127.0.0.1:3000/dang-nhap"),
)
"""Invented, for use at once; README.md prints it."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Who signed in for which client, until when; of a code also where it was sent."""

    client_id: str
    tech_id: str
    ends_at: datetime
    redirect_uri: str = ""
    nonce: str = ""
    challenge: str = ""


class SigningKey:
    """One RSA key with its id."""

    def __init__(self) -> None:
        private = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        self.pem = pem.decode()
        self.key_id = secrets.token_hex(8)
        self._signing = jwk.construct(self.pem, ALGORITHM)

    def public(self) -> dict[str, Any]:
        """The public half as a row of the JWKS."""
        found = self._signing.public_key().to_dict()
        plain = {
            name: value if isinstance(value, str) else value.decode()
            for name, value in found.items()
            if name in {"n", "e"}
        }
        return {"kty": "RSA", "use": "sig", "alg": ALGORITHM, "kid": self.key_id, **plain}

    def sign(self, claims: dict[str, Any]) -> str:
        """A token with these claims."""
        token: str = jwt.encode(claims, self._signing, ALGORITHM, headers={"kid": self.key_id})
        return token


class Provider:
    """Clients, people and keys stay over a reset; codes and tokens do not."""

    def __init__(self) -> None:
        self.clients = {DEFAULT_CLIENT.client_id: DEFAULT_CLIENT}
        self.people = {person["TechID"]: person for person in DEFAULT_PEOPLE}
        self._keys: list[SigningKey] = []
        self.codes: dict[str, Grant] = {}
        self.spent: dict[str, str] = {}
        self.tokens: dict[str, Grant] = {}
        self.refreshing: dict[str, Grant] = {}

    @property
    def key(self) -> SigningKey:
        """The key that signs now; made when it is first needed, which takes a moment."""
        if not self._keys:
            self._keys.append(SigningKey())
        return self._keys[-1]

    def use(self, key: SigningKey) -> None:
        """Sign with this key from now on, and publish only it."""
        self._keys = [key]

    def rotate(self) -> str:
        """Use a new key; its id."""
        self.use(SigningKey())
        return self.key.key_id

    def clear(self) -> None:
        """Forget what was given out."""
        for given in (self.codes, self.spent, self.tokens, self.refreshing):
            given.clear()

    def id_token(self, grant: Grant, issuer: str, now: datetime) -> str:
        """The id_token of whoever signed in, with every claim of the account."""
        issued = int(now.timestamp())
        about = {
            "iss": issuer,
            "aud": grant.client_id,
            "azp": grant.client_id,
            "iat": issued,
            "exp": issued + int(TOKEN_LIFETIME.total_seconds()),
        }
        nonce = {"nonce": grant.nonce} if grant.nonce else {}
        return self.key.sign({**self.people[grant.tech_id], **about, **nonce})
