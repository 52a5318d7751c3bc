"""Names as the population database is asked for them."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final


def folded(name: str) -> str:
    """Return capital letters without diacritics, and nothing but letters and digits."""
    plain = unicodedata.normalize("NFD", name).replace("đ", "d").replace("Đ", "D")
    return "".join(one for one in plain.upper() if one.isascii() and one.isalnum())


def upper(name: str) -> str:
    """Return capital letters, one space between words."""
    return " ".join(unicodedata.normalize("NFC", name).upper().split())


WAYS: Final[Mapping[str, Callable[[str], str]]] = {"folded": folded, "upper": upper}
