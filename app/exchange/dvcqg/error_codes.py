"""What the portal's answers mean: one table, read from the top.

The manual is not public. The rows are what clients in production react to: by the code where
it is known, by the text where the code is not (compared after NFC and case folding). Code 0 is
success whatever the text; that the text must also say so is a habit of one client. What no row
knows is `UNKNOWN`, and never taken for success.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Meaning(StrEnum):
    """What an answer of the portal comes to."""

    DONE = "done"
    EXISTS = "exists"
    SESSION_EXPIRED = "session-expired"
    TERMINAL = "terminal"
    NOT_YET = "not-yet"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class _Row:
    """An answer fits when its code is among `codes` and its text holds `text`; "" is any."""

    meaning: Meaning
    codes: frozenset[str] = frozenset()
    text: str = ""

    def fits(self, code: str, text: str) -> bool:
        return (not self.codes or code in self.codes) and self.text in text


DEFAULT_SESSION_CODES: Final = frozenset({"-2"})
"""Codes of an expired session; unknown publicly, so a setting decides."""

_TABLE: Final = (
    _Row(Meaning.DONE, codes=frozenset({"0"})),
    _Row(Meaning.EXISTS, text="đã tồn tại"),
    _Row(Meaning.TERMINAL, text="không thể cập nhật lên trạng thái"),
    _Row(Meaning.TERMINAL, text="bị từ chối. không thể cập nhật trạng thái"),
    _Row(Meaning.NOT_YET, text="chưa cập nhật trạng thái"),
    _Row(Meaning.SESSION_EXPIRED, text="phiên làm việc"),
    _Row(Meaning.SESSION_EXPIRED, text="phiên đăng nhập"),
    _Row(Meaning.SESSION_EXPIRED, text="hết phiên"),
    _Row(Meaning.SESSION_EXPIRED, text="session"),
    _Row(Meaning.REFUSED, codes=frozenset({"-1"})),
)


def meaning_of(
    code: str, text: str, *, session_codes: Collection[str] = DEFAULT_SESSION_CODES
) -> Meaning:
    """Return what `code` with `text` means; `session_codes` go before the table."""
    if code in session_codes:
        return Meaning.SESSION_EXPIRED
    folded = unicodedata.normalize("NFC", text).casefold()
    return next((row.meaning for row in _TABLE if row.fits(code, folded)), Meaning.UNKNOWN)
