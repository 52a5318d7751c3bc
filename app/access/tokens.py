"""Access tokens: ES256 JWTs, signed with the current key, read with it or the one before."""

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jose import jwk, jwt
from jose.exceptions import JOSEError

from app.access.domain import Client, InvalidTokenError, Scope
from app.codes import AgencyCode
from app.platform.clock import Clock
from app.platform.ids import new_id

ALGORITHM = "ES256"
_TYPE = "at+jwt"
_OPTIONS = {
    "require_aud": True, "require_sub": True, "require_iss": True,
    "verify_exp": False, "verify_iat": False, "verify_nbf": False,
}  # fmt: skip
"""`exp` and `iat` are demanded and judged below, by our own clock: with `require_exp` the
library would judge by its own."""


class SigningKeyError(Exception):
    """A file does not hold an ES256 private key, or cannot be read."""

    def __init__(self, setting: str, path: Path, error: Exception | None = None) -> None:
        what = "is not a PEM file with an EC P-256 private key"
        if isinstance(error, OSError):
            what = f"cannot be read: {error.strerror}; `lgsp key FILE` makes one"
        super().__init__(f"{setting}: {path} {what}")


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What a good token says."""

    client_id: str
    member: AgencyCode
    scopes: frozenset[Scope]
    expires_at: float


class SigningKey:
    """One ES256 key; its id is the RFC 7638 thumbprint."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        self.secret = hmac.digest(pem, b"lgsp opaque tokens", "sha256")
        self.signing = jwk.construct(pem.decode(), ALGORITHM)
        self.verifying = self.signing.public_key()
        public: dict[str, str] = {
            name: value if isinstance(value, str) else value.decode()
            for name, value in self.verifying.to_dict().items()
        }
        members = {name: public[name] for name in ("crv", "kty", "x", "y")}
        canonical = json.dumps(members, sort_keys=True, separators=(",", ":")).encode()
        digest = hashlib.sha256(canonical).digest()
        self.key_id = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        self.public = {**members, "kid": self.key_id, "use": "sig", "alg": ALGORITHM}

    @classmethod
    def read(cls, path: Path, *, setting: str = "LGSP_SIGNING_KEY_FILE") -> "SigningKey":
        """Read the PEM file that a setting names.

        Raises:
            SigningKeyError: if it holds no EC P-256 private key.
        """
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise SigningKeyError(setting, path, error) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
            raise SigningKeyError(setting, path)
        return cls(key)


def new_key_pem() -> bytes:
    """Return a fresh EC P-256 private key in PEM."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


class Tokens:
    """Issues and reads access tokens of one issuer, which is also their audience."""

    def __init__(
        self, clock: Clock, issuer: str, keys: list[SigningKey], *, lifetime: timedelta
    ) -> None:
        self._clock = clock
        self._issuer = issuer
        self._current = keys[0]
        self._keys = {key.key_id: key for key in keys}
        self.lifetime = lifetime

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Return the public keys (RFC 7517)."""
        return {"keys": [key.public for key in self._keys.values()]}

    def opaque(self, seed: str) -> str:
        """Return the opaque token of a seed: the same for ever under one key, known to us alone.

        A UUID, as the national gateway's tokens are (ngsp.md a.1).
        """
        digest = hmac.digest(self._current.secret, seed.encode(), "sha256")
        return str(uuid.UUID(bytes=digest[:16], version=4))

    def issue(self, client: Client, scopes: frozenset[Scope]) -> str:
        """Return a token for the client with these scopes (RFC 9068 claims)."""
        now = int(self._clock.now().timestamp())
        claims = {
            "iss": self._issuer,
            "aud": self._issuer,
            "sub": client.client_id,
            "client_id": client.client_id,
            "member": client.member,
            "scope": " ".join(sorted(scopes)),
            "iat": now,
            "exp": now + int(self.lifetime.total_seconds()),
            "jti": new_id(),
        }
        headers = {"kid": self._current.key_id, "typ": _TYPE}
        token: str = jwt.encode(claims, self._current.signing, ALGORITHM, headers=headers)
        return token

    def attest(self, kind: str, facts: Mapping[str, Any]) -> str:
        """Return a statement of ours that anybody can check with the JWKS (RFC 7515, compact).

        `kind` becomes its type; it has no audience and is no token. `iss` and `iat` are added.
        """
        claims = {"iss": self._issuer, "iat": int(self._clock.now().timestamp()), **facts}
        headers = {"kid": self._current.key_id, "typ": kind}
        statement: str = jwt.encode(claims, self._current.signing, ALGORITHM, headers=headers)
        return statement

    def read(self, token: str) -> TokenFacts:
        """Return what the token says.

        Raises:
            InvalidTokenError: if it is not ours, not signed by us, or no longer good.
        """
        try:
            header = jwt.get_unverified_header(token)
            if header["typ"] != _TYPE:
                raise InvalidTokenError
            key = self._keys[header["kid"]]
            claims: dict[str, Any] = jwt.decode(
                token,
                key.verifying,
                algorithms=[ALGORITHM],
                audience=self._issuer,
                issuer=self._issuer,
                options=_OPTIONS,
            )
            return self._facts(claims)
        except (JOSEError, KeyError, ValueError, TypeError, AttributeError):
            raise InvalidTokenError from None

    def _facts(self, claims: dict[str, Any]) -> TokenFacts:
        if not claims["iat"] - 60 <= self._clock.now().timestamp() < claims["exp"]:
            raise InvalidTokenError
        return TokenFacts(
            client_id=claims["sub"],
            member=AgencyCode(claims["member"]),
            scopes=frozenset(Scope(scope) for scope in claims["scope"].split()),
            expires_at=float(claims["exp"]),
        )
