"""How a request to the document axis carries and signs its parameters.

All parameters are headers with the prefix `XroadVnpt-`. They are repeated in their exact case
in one JSON object, itself a header, and an HMAC over that text proves them. Header lines lose
the case and may collide, so a receiver reads parameters from the JSON alone.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from typing_extensions import override

from app.platform.clock import VIETNAM, Clock
from app.platform.contents import Content, part_of
from app.platform.errors import Invalid, RefusedError, UnauthenticatedError

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


def verify(headers: Mapping[str, str], secret: str) -> Parameters:
    """Return what a request proves; `headers` has lower-case names, as ASGI gives them.

    Raises:
        WrongSignatureError: if the HMAC is another, or the JSON is not an object of texts.
    """
    signed = _signed(headers)
    claimed = headers.get(f"{PREFIX}hash-header".lower(), "").lower()
    if not hmac.compare_digest(_hmac(signed, secret).encode(), claimed.encode()):
        raise WrongSignatureError
    return _parameters(signed)


def claimed_system(headers: Mapping[str, str]) -> str | None:
    """Return whose key must prove the request; nothing is proved yet.

    Raises:
        WrongSignatureError: if the JSON is not an object of texts.
    """
    return _parameters(_signed(headers)).first("systemid")


def file_hash(content: bytes) -> str:
    """Return the SHA-256 in hex; the vendor's client leaves out the leading zero of each byte."""
    return unpadded(hashlib.sha256(content).hexdigest())


def unpadded(sha256: str) -> str:
    """Return a SHA-256 in hex without the leading zero of each byte."""
    return "".join(f"{byte:x}" for byte in bytes.fromhex(sha256))


def without_line_end(body: Content) -> Content:
    """Return a body without the trailing CRLF the wire adds, if it is there."""
    size = body.size - len(_CRLF)
    if body.read(max(size, 0), len(_CRLF)) != _CRLF:
        return body
    return part_of(body, 0, size)


def file_of(body: Content, claimed: str) -> Content | None:
    """Return the file in a body that a `hash-file` is of; None if it is of something else.

    The kit appends a line end that it does not hash; a client that sends the file alone may send
    one that ends so itself.
    """
    file = without_line_end(body)
    if proves(file.sha256, claimed):
        return file
    return body if file is not body and proves(body.sha256, claimed) else None


def proves(sha256: str, claimed: str) -> bool:
    """Tell whether a `hash-file` is this SHA-256, with or without its leading zeros."""
    return claimed.lower() in {sha256, unpadded(sha256)}


def timestamp(moment: datetime) -> str:
    """Return `ddMMyyyy'T'HHmmss+SSSS` in Vietnam time; SSSS are milliseconds, not a zone."""
    local = moment.astimezone(VIETNAM)
    return f"{local:%d%m%Y}T{local:%H%M%S}+{local.microsecond // 1000:04}"


def _hmac(text: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def _signed(headers: Mapping[str, str]) -> bytes:
    return headers.get(f"{PREFIX}sign-header".lower(), "").encode("latin-1", "replace")


def _parameters(signed: bytes) -> Parameters:
    try:
        found = json.loads(signed)
    except (ValueError, RecursionError):  # Brackets may nest deeper than the stack of the parser.
        raise WrongSignatureError from None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise WrongSignatureError
    return Parameters({name.removeprefix(PREFIX): value for name, value in found.items()})
