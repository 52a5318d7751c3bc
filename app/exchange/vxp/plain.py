"""Vietnamese as the axis's wire can carry it beside a packet: without accents."""

import unicodedata


def plain(text: str) -> str:
    """Return Vietnamese without its accents, as printable ASCII in one line."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    ascii_only = bare.encode("ascii", "replace").decode()
    return "".join(sign if sign.isprintable() else " " for sign in ascii_only)
