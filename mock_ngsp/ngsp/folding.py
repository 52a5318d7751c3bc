"""Names as clients of the population database fold them."""

import unicodedata


def folded(name: str) -> str:
    """Capital letters without diacritics, and nothing that is neither letter nor digit."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in plain.upper() if one.isascii() and one.isalnum())
