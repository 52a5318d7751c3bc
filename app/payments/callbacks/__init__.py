"""What the nation tells and asks of payments."""

from app.payments.callbacks import confirming, looking_up

ROUTERS = (confirming.router, looking_up.router)
SMALL_BODIES = confirming.SMALL_BODIES | looking_up.SMALL_BODIES
"""Paths that take less than others, in bytes."""

__all__ = ["ROUTERS", "SMALL_BODIES"]
