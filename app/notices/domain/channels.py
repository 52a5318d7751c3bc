"""Channels, and what each makes of an address and of a text."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

_MOBILE: Final = re.compile(r"(?:\+?84|0)([035789][0-9]{8})")
"""Mobile numbers; those that begin with 00 are nobody's, which is what tests use."""

_MAIL: Final = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,180}\.[A-Za-z]{2,24}")
_USER: Final = re.compile(r"[A-Za-z0-9_\-]{8,64}")
"""User ids of an Official Account; their form is not publicly known."""

_SEPARATORS: Final = re.compile(r"[\s.\-()]")


class Channel(StrEnum):
    """How a notice goes.

    `oa` is a message of our Zalo Official Account, by the id that it knows somebody by; `zalo` is
    a ZNS, by a telephone number.
    """

    OA = "oa"
    ZALO = "zalo"
    SMS = "sms"
    EMAIL = "email"

    def address(self, text: str | None) -> str | None:
        """Return an address as the channel writes it (`84…` for telephones); None if it is none."""
        if text is None:
            return None
        if self in _WHOLE:
            return text.strip() if _WHOLE[self].fullmatch(text.strip()) else None
        found = _MOBILE.fullmatch(_SEPARATORS.sub("", text))
        return None if found is None else f"84{found[1]}"


_WHOLE: Final = {Channel.EMAIL: _MAIL, Channel.OA: _USER}
"""Channels whose addresses are written as they are."""


def masked(address: str) -> str:
    """Return an address so that its holder may know it and nobody else learns it."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"{address[:4]}*****{address[-2:]}"


def plain(text: str) -> str:
    """Return Vietnamese text without diacritics, in ASCII."""
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return spread.encode("ascii", "ignore").decode()


def fitted(text: str, longest: int) -> str:
    """Return a text in one line of at most so many signs; what is cut ends with three dots."""
    return cut(" ".join(text.split()), longest)


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many signs; what is cut ends with three dots."""
    return text if len(text) <= longest else f"{text[: longest - 3].rstrip()}..."
