"""Links that open one thing for a time to whoever holds them: signed, and not kept anywhere."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.platform.clock import Clock
from app.platform.errors import ForbiddenError, GoneError
from app.platform.settings import Settings

_LINKS: Final = b"lgsp signed links v1"
_PEOPLE: Final = b"lgsp hashes of people v1"
_KEY: Final = 32


class ForgedLinkError(ForbiddenError):
    """The link was not made here, or was changed."""

    slug = "link-not-valid"
    title = "Liên kết không hợp lệ"
    title_en = "The link is not valid"

    def __init__(self) -> None:
        super().__init__(
            "Liên kết không do hệ thống này tạo ra, hoặc đã bị sửa; hãy xin liên kết mới.",
            "The link was not made here or was changed; ask for a new one.",
        )


class ExpiredLinkError(GoneError):
    """The link was made here, and its time is over."""

    slug = "link-expired"
    title = "Liên kết đã hết hạn"
    title_en = "The link has expired"

    def __init__(self) -> None:
        super().__init__(
            "Liên kết đã hết hạn; hãy xin liên kết mới.",
            "The time of this link is over; ask for a new one.",
        )


class LinkKeyError(ValueError):
    """A file does not hold a private key that keys of links can be derived from."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a PEM file with a private key")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What stands behind the path of a link: for whom it was made, its end and its signature.

    `expires` is in seconds since 1970.
    """

    audience: str
    expires: int
    signature: str


class LinkSigner:
    """Signs with the first key, takes the signatures of all: a rotation keeps links good."""

    def __init__(self, base: str, secrets: Sequence[bytes]) -> None:
        self.base = base
        self._keys = [_derived(secret, _LINKS) for secret in secrets]
        self._people = _derived(secrets[0], _PEOPLE)

    def link(self, path: str, *, audience: str, until: datetime) -> str:
        """Return the whole address of a path, good until a moment; the path is plain ASCII."""
        expires = int(until.timestamp())
        signature = _signature(self._keys[0], path, audience, expires)
        return f"{self.base}{path}?for={audience}&expires={expires}&signature={signature}"

    def check(self, clock: Clock, path: str, ticket: Ticket) -> None:
        """Demand that a link was made here and is still good.

        Raises:
            ForgedLinkError: if no key of ours made it.
            ExpiredLinkError: if one did, and its time is over.
        """
        given, is_ours = ticket.signature.encode(), False
        for key in self._keys:
            ours = _signature(key, path, ticket.audience, ticket.expires)
            is_ours |= hmac.compare_digest(ours.encode(), given)
        if not is_ours:
            raise ForgedLinkError
        if clock.now().timestamp() >= ticket.expires:
            raise ExpiredLinkError

    def person_hash(self, number: str) -> str:
        """Return a keyed SHA-256 of a person's number: nobody without the key can try numbers."""
        return hmac.new(self._people, number.encode(), hashlib.sha256).hexdigest()


def link_signer_of(settings: Settings) -> LinkSigner | None:
    """Return the signer of these settings; None without a signing key.

    Its keys are derived from those that sign tokens, so they are renewed together.

    Raises:
        LinkKeyError: if a key file holds none.
    """
    if settings.signing_key_file is None:
        return None
    files = (settings.signing_key_file, settings.previous_signing_key_file)
    return LinkSigner(settings.issuer, [_secret(file) for file in files if file is not None])


def valid_for(clock: Clock, *, hours: float) -> datetime:
    """Return the moment so many hours from now."""
    return clock.now() + timedelta(hours=hours)


def _secret(file: Path) -> bytes:
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
        return key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise LinkKeyError(file) from error


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), _KEY, salt=None, info=purpose).derive(secret)


def _signature(key: bytes, path: str, audience: str, expires: int) -> str:
    text = f"{audience}\n{expires}\n{path}"
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
