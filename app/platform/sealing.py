"""Secrets that must be used again, kept encrypted: AES-256-GCM under a key from the settings."""

import base64
import binascii
import hashlib
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from app.platform.settings import Settings, read_secret, setting_name

_KEY: Final = 32
_NONCE: Final = 12
KEY_ID: Final = 4
"""How many bytes of what is sealed say under which key."""


class SealingKeyError(Exception):
    """A file does not hold a key that this module made."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} does not hold {_KEY} bytes in base64url")


class UnopenableError(Exception):
    """What was sealed was sealed under another key, for something else, or is damaged."""

    def __init__(self) -> None:
        super().__init__("a kept secret cannot be opened with LGSP_ENCRYPTION_KEY_FILE")


def new_sealing_key() -> str:
    """Return a fresh key: 32 bytes in base64url, 43 characters."""
    return base64.urlsafe_b64encode(secrets.token_bytes(_KEY)).decode().rstrip("=")


class Sealer:
    """Seals with the first key, opens with any: what a rotation leaves behind stays readable."""

    def __init__(self, *keys: bytes) -> None:
        self._ciphers = {hashlib.sha256(key).digest()[:KEY_ID]: AESGCM(key) for key in keys}
        self._current = next(iter(self._ciphers))

    @property
    def key_ids(self) -> frozenset[str]:
        """The ids of the keys that open, in hex."""
        return frozenset(key.hex() for key in self._ciphers)

    def seal(self, secret: SecretStr, *, about: str) -> bytes:
        """Return the secret encrypted; only the same `about` opens it again."""
        nonce = secrets.token_bytes(_NONCE)
        text = secret.get_secret_value().encode()
        sealed = self._ciphers[self._current].encrypt(nonce, text, about.encode())
        return self._current + nonce + sealed

    def open(self, sealed: bytes, *, about: str) -> SecretStr:
        """Return the secret.

        Raises:
            UnopenableError: if none of the keys opens it for this `about`.
        """
        cipher = self._ciphers.get(sealed[:KEY_ID])
        nonce, text = sealed[KEY_ID : KEY_ID + _NONCE], sealed[KEY_ID + _NONCE :]
        if cipher is None:
            raise UnopenableError
        try:
            return SecretStr(cipher.decrypt(nonce, text, about.encode()).decode())
        except (InvalidTag, ValueError):
            raise UnopenableError from None

    def anew(self, sealed: bytes, *, about: str) -> bytes:
        """Return a secret encrypted under the first key.

        Raises:
            UnopenableError: if none of the keys opens it for this `about`.
        """
        return self.seal(self.open(sealed, about=about), about=about)


def sealer_of(settings: Settings) -> Sealer | None:
    """Return the sealer of these settings; None where no key is set.

    Raises:
        SecretFileError: if a key file cannot be read.
        SealingKeyError: if it holds no key.
    """
    if settings.encryption_key_file is None:
        return None
    named = ("encryption_key_file", "previous_encryption_key_file")
    files = [(name, getattr(settings, name)) for name in named]
    return Sealer(*(_key(name, file) for name, file in files if file is not None))


def _key(field: str, file: Path) -> bytes:
    text = read_secret(setting_name(field), file).get_secret_value()
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY:
        raise SealingKeyError(file)
    return key
