"""How a request to the document axis carries and signs its parameters.

All parameters are headers with the prefix `XroadVnpt-`. They are repeated in their exact case
in one JSON object, itself a header, and an HMAC over that text proves them. Header lines lose
the case and may collide, so a receiver reads parameters from the JSON alone.
"""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from typing_extensions import override

from app.platform.clock import VIETNAM, Clock
from app.platform.contents import Content
from app.platform.errors import Invalid, RefusedError, UnauthenticatedError
from app.platform.spools import Spool

PREFIX = "XroadVnpt-"
_FIXED = {"User-Agent": "JAVASDKAgent/1.0.0 XRoad/VPCP", f"{PREFIX}version": "3.0.201608"}
_CRLF = b"\r\n"


class UnsendableParameterError(RefusedError):
    """A header value the axis would destroy: it keeps printable ASCII only."""

    slug = "vxp-unsendable-parameter"
    title = "Tham số không gửi được qua trục"
    title_en = "The axis cannot carry this parameter"

    def __init__(self, name: str) -> None:
        why = "Tham số chỉ được chứa ký tự ASCII in được"
        why_en = "A parameter may hold printable ASCII characters only"
        super().__init__(
            f"{why}: {name}", f"{why_en}: {name}", errors=[Invalid(f"/{name}", why, why_en)]
        )


class WrongSignatureError(UnauthenticatedError):
    """The HMAC does not prove the parameters, or they cannot be read."""

    slug = "vxp-wrong-signature"
    title = "Chữ ký yêu cầu không đúng"
    title_en = "The request signature is wrong"

    def __init__(self) -> None:
        super().__init__(
            "Chữ ký HMAC của yêu cầu không khớp với tham số",
            "The HMAC of the request does not match its parameters",
        )


@dataclass(frozen=True, slots=True)
class Credentials:
    """Code of a connected system and the key it shares with the axis."""

    system_id: str
    secret: str

    @override
    def __repr__(self) -> str:
        return f"Credentials({self.system_id})"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a signed request says, under names in the sender's own case."""

    values: Mapping[str, str]

    def first(self, *names: str) -> str | None:
        """Return the first that is there: `docId` and `docid` are two parameters."""
        return next((self.values[name] for name in names if name in self.values), None)


def sign(
    parameters: Mapping[str, str], credentials: Credentials, clock: Clock, *, content_type: str
) -> dict[str, str]:
    """Return all headers of one request; the parameters keep their order and case.

    Raises:
        UnsendableParameterError: if a value is not printable ASCII.
    """
    values = {
        "systemid": credentials.system_id,
        **parameters,
        "timestamp": timestamp(clock.now()),
        "Content-Type": content_type,
    }
    for name, value in values.items():
        if not (value.isascii() and value.isprintable()):
            raise UnsendableParameterError(name)
    prefixed = {f"{PREFIX}{name}": value for name, value in values.items()}
    text = json.dumps(prefixed, separators=(",", ":"), ensure_ascii=False)
    return {
        "Content-Type": content_type,
        **prefixed,
        f"{PREFIX}sign-header-key": ";".join(values),
        f"{PREFIX}sign-header": text,
        f"{PREFIX}hash-header": _hmac(text.encode("ascii"), credentials.secret),
        **_FIXED,
    }


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says, before anything of it is proved."""

    signed: bytes
    hashed: str
    parameters: Parameters

    @property
    def system_id(self) -> str:
        """Whose key must prove it; empty if it does not say."""
        return self.parameters.first("systemid") or ""

    def proved(self, *secrets: str) -> Parameters:
        """Return what it says.

        Raises:
            WrongSignatureError: if the HMAC is not one of any of these keys.
        """
        hashed = self.hashed.encode()
        for secret in secrets:
            if hmac.compare_digest(_hmac(self.signed, secret).encode(), hashed):
                return self.parameters
        raise WrongSignatureError


def claim_of(headers: Mapping[str, str]) -> Claim:
    """Return what a request says; `headers` has lower-case names, as ASGI gives them.

    Raises:
        WrongSignatureError: if the JSON is not an object of texts.
    """
    signed = headers.get(f"{PREFIX}sign-header".lower(), "").encode("latin-1", "replace")
    hashed = headers.get(f"{PREFIX}hash-header".lower(), "").lower()
    return Claim(signed, hashed, _parameters(signed))


def file_hash(content: bytes) -> str:
    """Return the SHA-256 in hex; the vendor's client leaves out the leading zero of each byte."""
    return unpadded(hashlib.sha256(content).hexdigest())


def unpadded(sha256: str) -> str:
    """Return a SHA-256 in hex without the leading zero of each byte."""
    return "".join(f"{byte:x}" for byte in bytes.fromhex(sha256))


async def read_file(body: AsyncIterator[bytes], spool: Spool, claimed: str) -> Content | None:
    """Read a body as it arrives; return the file in it that a `hash-file` is of, None if none is.

    The kit appends a line end that it does not hash; a client that sends the file alone may send
    one that ends so itself.

    Raises:
        DiskFullError: if the spool finds no room.
    """
    held = b""
    async for piece in body:
        held += piece
        cut = max(len(held) - len(_CRLF), 0)
        spool.write(memoryview(held)[:cut])
        held = held[cut:]
    if held == _CRLF and proves(spool.sha256, claimed):
        return spool.complete()
    spool.write(held)
    file = spool.complete()
    return file if proves(file.sha256, claimed) else None


def proves(sha256: str, claimed: str) -> bool:
    """Tell whether a `hash-file` is this SHA-256, with or without its leading zeros."""
    claimed = claimed.lower()
    return claimed == sha256 or claimed == unpadded(sha256)


def timestamp(moment: datetime) -> str:
    """Return `ddMMyyyy'T'HHmmss+SSSS` in Vietnam time; SSSS are milliseconds, not a zone."""
    local = moment.astimezone(VIETNAM)
    return f"{local:%d%m%Y}T{local:%H%M%S}+{local.microsecond // 1000:04}"


def _hmac(text: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def _parameters(signed: bytes) -> Parameters:
    try:
        found = json.loads(signed)
    except (ValueError, RecursionError):  # Brackets may nest deeper than the stack of the parser.
        raise WrongSignatureError from None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise WrongSignatureError
    return Parameters({name.removeprefix(PREFIX): value for name, value in found.items()})
