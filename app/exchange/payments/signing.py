"""MaXacThuc: SHA-256 over the signed values and the shared secret, joined by `|`, in small hex.

The order of the values is part of the wire. As the secret stands last, nobody can go on where a
known message ends; as no value but the last before the secret may hold a `|`, no two messages
have the same text.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

from pydantic import SecretStr

SEPARATOR: Final = "|"


def seal(values: Iterable[str], secret: SecretStr) -> str:
    """Return the signature of values in the order of the wire."""
    text = SEPARATOR.join([*values, secret.get_secret_value()])
    return hashlib.sha256(text.encode()).hexdigest()


def fits(given: str, values: Iterable[str], secret: SecretStr) -> bool:
    """Tell, in constant time, whether a signature is that of the values."""
    return hmac.compare_digest(given.encode(), seal(values, secret).encode())
