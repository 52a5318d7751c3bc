"""Partners of the payment platform, and the payments they began."""

import secrets
from dataclasses import dataclass
from typing import Any

PAID, FAILED, WAITING = "1", "2", "0"
"""TrangThaiGD; the platform's own codes are not public."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A province's gateway: its code, the shared secret, and the base of its address, if told."""

    code: str
    secret: str
    url: str = ""


DEFAULT_PARTNER = Partner("MOCK-H38", "mock-secret-of-the-payment-platform")
"""Invented, for use at once; README.md prints it."""


@dataclass(slots=True)
class Order:
    """A payment: the INIT that began it, where it stands, and the platform's own id."""

    asked: dict[str, Any]
    page: str
    transaction: str
    state: str = WAITING

    @property
    def reference(self) -> str:
        """Its MaThamChieu."""
        return str(self.asked["MaThamChieu"])


class Payments:
    """Partners stay over a reset, payments do not."""

    def __init__(self, partner: Partner = DEFAULT_PARTNER) -> None:
        self._partners = {partner.code: partner}
        self._orders: dict[str, Order] = {}

    def put_partner(self, partner: Partner) -> None:
        """Add a partner, or replace the one with its code."""
        self._partners[partner.code] = partner

    def partner(self, code: str) -> Partner | None:
        """The partner with this code."""
        return self._partners.get(code)

    def begin(self, asked: dict[str, Any], page: str) -> Order:
        """The payment of an INIT: a new one, or the one that the same INIT began before."""
        return self._orders.setdefault(
            asked["MaThamChieu"], Order(asked, page, f"GD{secrets.token_hex(8).upper()}")
        )

    def find(self, reference: str) -> Order | None:
        """The payment with this MaThamChieu."""
        return self._orders.get(reference)

    def all(self) -> list[Order]:
        """Every payment, oldest first."""
        return list(self._orders.values())

    def clear(self) -> None:
        """Forget every payment."""
        self._orders.clear()
