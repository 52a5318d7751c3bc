"""The published schedule, out of the settings."""

from datetime import timedelta

from app.platform.settings import Settings
from app.webhooks.domain.webhooks import Terms


def terms_of(settings: Settings) -> Terms:
    """Return the schedule that is set."""
    return Terms(
        tuple(timedelta(seconds=seconds) for seconds in settings.webhook_schedule_seconds),
        timedelta(days=settings.webhook_disable_days),
    )
