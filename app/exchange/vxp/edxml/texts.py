"""The one rule for text in a packet, applied when it is read and when it is made.

Text is trimmed of XML white space; what is then empty, or the word `null` that some
writers leave behind, is absent.
"""

import re
from collections.abc import Iterable

_SPACE = " \t\r\n"
_UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def held(text: str | None) -> str | None:
    """Return the text as a packet holds it, or None where it says nothing."""
    trimmed = text.strip(_SPACE) if text else ""
    return trimmed if trimmed and trimmed != "null" else None


def is_any_held(several: Iterable[str]) -> bool:
    """Tell whether one of these texts says something."""
    return any(held(text) is not None for text in several)


def is_writable(text: str) -> bool:
    """Tell whether XML 1.0 can hold every character."""
    return _UNHOLDABLE.search(text) is None
