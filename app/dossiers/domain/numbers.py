"""Mã hồ sơ and the tracking code: how they are made and compared."""

import hmac
import secrets
from datetime import datetime, timedelta, timezone
from typing import Final

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.errors import UncodableAgencyError

_VIETNAM: Final = timezone(timedelta(hours=7))
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O 1 I L U: people copy it from paper and read it over the telephone."""
_LENGTH: Final = 20
_NOBODY: Final = "0" * _LENGTH


def day_of(moment: datetime) -> str:
    """Return the day of a moment in Vietnam as `yyMMdd`."""
    return moment.astimezone(_VIETNAM).strftime("%y%m%d")


def code_of(agency: AgencyCode, day: str, number: int) -> DossierCode:
    """Return `{agency}-{yyMMdd}-{number}`, the number in four digits or more.

    Raises:
        UncodableAgencyError: if the agency's code does not fit the grammar of dossier codes.
    """
    try:
        return DossierCode(f"{agency.canonical}-{day}-{number:04}")
    except ValueError:
        raise UncodableAgencyError(agency) from None


def new_tracking_code() -> str:
    """Return 20 random characters (98 bits) that cannot be mistaken for one another."""
    number, letters = secrets.randbelow(len(_ALPHABET) ** _LENGTH), []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)


def is_same_tracking_code(kept: str | None, given: str) -> bool:
    """Compare in constant time; capitals, spaces and hyphens of what was given do not matter.

    Without a kept code the answer is no, in the same time.
    """
    plain = given.replace("-", "").replace(" ", "").upper()
    same = hmac.compare_digest((kept or _NOBODY).encode(), plain.encode())
    return same and kept is not None
