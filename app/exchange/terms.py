"""How a worker's relay works: its name, its size, its patience."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from app.exchange.retry import Patience, RetryPolicy
from app.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which name, how many at once, and with how much patience a relay works.

    It looks for itself every `look_every`, signal or not, and at the end gives deliveries under
    way `grace` to finish.
    """

    worker: str
    concurrency: int
    lease: timedelta
    patience: Patience
    look_every: timedelta = timedelta(seconds=1)
    grace: timedelta = timedelta(seconds=6)

    @classmethod
    def of(cls, settings: Settings, *, worker: str) -> Self:
        """Return the terms that the settings name."""
        retry = RetryPolicy(
            first=timedelta(seconds=settings.retry_first_seconds),
            cap=timedelta(seconds=settings.retry_cap_seconds),
        )
        return cls(
            worker=worker,
            concurrency=settings.relay_concurrency,
            lease=timedelta(seconds=settings.lease_seconds),
            patience=Patience(retry, settings.dead_letter_after),
        )
