"""Text as people search it: without case, accents and the stroke of đ."""

from typing import Final
from unicodedata import combining, normalize


class _Bare(dict[int, str | None]):
    """What is left of each sign: nothing of an accent, and of đ a d. Signs are learned as met."""

    def __missing__(self, sign: int) -> str | None:
        kept = None if combining(chr(sign)) else chr(sign)
        return self.setdefault(sign, kept)


_BARE: Final = _Bare({ord("đ"): "d", ord("Đ"): "d"})


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, đ as d, white space as single spaces.

    Composed and decomposed spellings fold to the same text.
    """
    bare = text if text.isascii() else normalize("NFD", text).translate(_BARE)
    return " ".join(bare.casefold().split())
