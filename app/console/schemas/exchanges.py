"""Where the page of calls leads to."""

from typing import Final
from urllib.parse import urlencode

from app.broker.domain.watching import Sought

HERE: Final = "/luot-goi"


def address(sought: Sought, before: int | None = None) -> str:
    """Return where a page of calls is."""
    asked = {
        "dich-vu": sought.service,
        "ung-dung": sought.client_id,
        "muc-dich": sought.purpose,
        "ket-qua": sought.outcome,
        "truoc": None if before is None else str(before),
    }
    said = urlencode({name: value for name, value in asked.items() if value})
    return f"{HERE}?{said}" if said else HERE
