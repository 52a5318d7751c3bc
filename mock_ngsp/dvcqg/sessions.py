"""Sessions of the portal: opaque text, alive for a set time."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Account:
    """The one user the portal knows."""

    username: str
    password: str


class Sessions:
    """The sessions given out, each with the moment it ends."""

    def __init__(self, account: Account, ttl: timedelta) -> None:
        self._account = account
        self._ttl = ttl
        self._ends: dict[str, datetime] = {}

    def open(self, username: str, password: str, now: datetime) -> str | None:
        """Start a session, or return None for a wrong name or password."""
        known = f"{self._account.username}\n{self._account.password}".encode()
        if not hmac.compare_digest(known, f"{username}\n{password}".encode("utf-8", "replace")):
            return None
        self._ends = {key: end for key, end in self._ends.items() if end > now}
        session = secrets.token_urlsafe(24)
        self._ends[session] = now + self._ttl
        return session

    def alive(self, session: str, now: datetime) -> bool:
        """Tell whether a call with this session is let in."""
        end = self._ends.get(session)
        return end is not None and now < end

    def clear(self) -> None:
        """End every session."""
        self._ends.clear()
