"""What arrived for people, and the tokens of Zalo."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from mock_ngsp.ngsp.magic import Magic, Outcome, magic_of

BEARER = "mock-sms-bearer"
USER, PASSWORD = "mock-sms-user", "mock-sms-password"
ZALO_SECRET = "mock-zalo-secret"  # noqa: S105 - invented, in the README
FIRST_REFRESH = "mock-zalo-refresh-token"
LIFE = timedelta(hours=25)

UNREACHABLE = "000118"
"""A number that ends so has no Zalo."""

REFUSED = "000999"
"""What goes to a number that ends so is taken by no SMS service."""

FORCED: Final = {
    "000422": Outcome.MALFORMED,
    "000504": Outcome.SLOW,
    "000503": Outcome.DOWN,
}
"""What a message to a number that ends so comes to at each of the services."""

_ENDS: Final = {
    "000001": Outcome.FOUND,
    UNREACHABLE: Outcome.NOT_FOUND,
    REFUSED: Outcome.REFUSED,
    **FORCED,
}
_FOLLOWER: Final = "9999000000000000001"
_USERS: Final = magic_of("messages", "user_id", _FOLLOWER, lambda end: f"999900000000000{end}")
USERS: Final = {one.value: one.outcome for one in _USERS}
"""What a message of an Official Account to one of these users comes to; all others follow it."""

MAGIC: Final = [
    *(Magic("messages", "receiver", outcome, f"84000{end}") for end, outcome in _ENDS.items()),
    *_USERS,
]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message that somebody got; `id` is the sender's own, where the wire has one."""

    at: datetime
    wire: str
    to: str
    text: str
    id: str = ""
    title: str = ""

    def shown(self) -> dict[str, Any]:
        """The message as the control API gives it."""
        return asdict(self) | {"at": self.at.isoformat()}


class Inbox:
    """Everybody's messages, the oldest first, and which tokens of Zalo are good."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything; the first refresh token is good again."""
        self.arrived: list[Arrived] = []
        self.refresh = FIRST_REFRESH
        self._access: dict[str, datetime] = {}

    def take(self, message: Arrived) -> None:
        """Put a message into the inbox."""
        self.arrived.append(message)

    def renew(self, refresh: str, now: datetime) -> tuple[str, str] | None:
        """A pair of tokens for a refresh token, which is used up by it."""
        if refresh != self.refresh:
            return None
        access, self.refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self._access[access] = now + LIFE
        return access, self.refresh

    def is_good(self, access: str, now: datetime) -> bool:
        """Tell whether an access token is good."""
        return self._access.get(access, now) > now

    def revoke(self) -> None:
        """End every access token at once."""
        self._access.clear()
