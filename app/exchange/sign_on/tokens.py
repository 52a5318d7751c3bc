"""Reading an id_token: who signed in, as the issuer vouches for it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Final

from jose import jwt
from jose.exceptions import JOSEError
from pydantic import BeforeValidator, Field, StringConstraints, ValidationError

from app.exchange.dvcqg.wire.fields import PortalFact, Scalar
from app.exchange.outcomes import Deferred
from app.exchange.sign_on.keys import ALGORITHM, KeyRing
from app.platform.clock import Clock

_LONGEST: Final = 16 * 2**10
_OPTIONS: Final = {
    "require_aud": True, "require_sub": True, "require_iss": True,
    "verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_at_hash": False,
}  # fmt: skip
"""`exp` and `iat` are demanded and judged below by our own clock; there is no access token here."""


class AccountKind(StrEnum):
    """Loại tài khoản, by its national code."""

    CITIZEN = "1"
    ENTERPRISE = "2"
    ORGANISATION = "3"


Number = Annotated[Scalar, StringConstraints(max_length=50)]


class Claims(PortalFact):
    """What the token says of its owner; the many other claims are passed over unread."""

    kind: Annotated[AccountKind, BeforeValidator(str)] = Field(alias="LoaiTaiKhoan")
    account_id: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,100}$")] = Field(
        alias="TechID"
    )
    citizen_id: Number = Field("", alias="SoDinhDanh", repr=False)
    identity_card: Number = Field("", alias="SoCMND", repr=False)
    tax_code: Number = Field("", alias="MaSoThue", repr=False)
    enterprise_code: Number = Field("", alias="MaSoDoanhNghiep", repr=False)


class UntrustedTokenError(Exception):
    """A token that the issuer did not sign for us, or that is not good now; it is not said why."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: its issuer and audience, and how far clocks may differ."""

    issuer: str
    client_id: str
    leeway: timedelta


class IdTokens:
    """Reads the id_tokens of one issuer."""

    def __init__(self, keys: KeyRing, clock: Clock, expected: Expected) -> None:
        self._keys = keys
        self._clock = clock
        self._expected = expected

    async def read(self, token: str, *, nonce: str | None = None) -> Claims | Deferred:
        """Return what a good token says; `Deferred` while the issuer's keys cannot be read.

        With a `nonce` the token must have been made for the attempt that has it.

        Raises:
            UntrustedTokenError: for every other token.
        """
        key_id = _key_id_of(token)
        key = await self._keys.find(key_id)
        if isinstance(key, Deferred):
            return key
        if key is None:
            raise UntrustedTokenError
        try:
            said: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=self._expected.client_id,
                issuer=self._expected.issuer,
                options=_OPTIONS,
            )
            self._judge(said)
            if nonce is not None and said["nonce"] != nonce:
                raise UntrustedTokenError
            return Claims.model_validate(said, by_name=False)
        except (JOSEError, ValidationError, KeyError, ValueError, TypeError, AttributeError):
            raise UntrustedTokenError from None

    def _judge(self, said: dict[str, Any]) -> None:
        """Judge times by our clock, and for whom the token was made.

        Raises:
            UntrustedTokenError: if it is not good now, or is another client's.
        """
        now, leeway = self._clock.now().timestamp(), self._expected.leeway.total_seconds()
        expires, issued = said["exp"], said["iat"]
        begins = said.get("nbf", issued)
        if not all(_is_number(one) for one in (expires, issued, begins)):
            raise UntrustedTokenError
        is_now = max(issued, begins) - leeway <= now < expires + leeway
        if not is_now or said.get("azp", self._expected.client_id) != self._expected.client_id:
            raise UntrustedTokenError


def _key_id_of(token: str) -> str:
    """Return which key a token says it is signed with; one of another algorithm is not looked at.

    Raises:
        UntrustedTokenError: if it does not say, or wants an extension understood.
    """
    if len(token) > _LONGEST:
        raise UntrustedTokenError
    try:
        header = jwt.get_unverified_header(token)
    except (JOSEError, ValueError, TypeError, AttributeError, RecursionError):
        raise UntrustedTokenError from None
    key_id = header.get("kid")
    if header.get("alg") != ALGORITHM or "crit" in header or not isinstance(key_id, str):
        raise UntrustedTokenError
    return key_id


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
