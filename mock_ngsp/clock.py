"""The mock's own clock: the machine's time, moved forward on demand so that nobody has to wait."""

import time
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


class Clock:
    """The machine's time plus what `advance` added."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.fromtimestamp(time.time(), UTC) + self._ahead

    def advance(self, by: timedelta) -> None:
        """Move forward: sessions and repeat windows run out without waiting."""
        self._ahead += by

    def restore(self) -> None:
        """Go back to the machine's time."""
        self._ahead = timedelta(0)


@lru_cache(maxsize=1_000)
def edxml_time(moment: datetime) -> str:
    """Write a moment as edXML and the list operations do: Vietnam time, no zone."""
    return moment.astimezone(VIETNAM).strftime("%Y/%m/%d %H:%M:%S")
