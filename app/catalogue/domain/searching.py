"""Text as people search it: without case, accents and the stroke of đ."""

import unicodedata

_STROKES = str.maketrans("đĐ", "dd")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, đ as d, white space as single spaces.

    Composed and decomposed spellings fold to the same text.
    """
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.translate(_STROKES).casefold().split())
