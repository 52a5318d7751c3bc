"""Settings of webhooks: how receivers are called, and how long one may fail."""

from pydantic import BaseModel, Field

from app.platform.settings.kinds import Seconds


class WebhookSettings(BaseModel):
    """How subscribers are told what happens; they also need `encryption_key_file`."""

    webhook_schedule_seconds: tuple[float, ...] = Field(
        (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400),
        min_length=1,
        description="Waits after failures of a receiver in a row; the last one is repeated. As "
        "Standard Webhooks proposes.",
    )
    webhook_disable_days: float = Field(
        5.0, gt=0, le=60, description="A receiver that has only failed for so long is disabled."
    )
    webhook_timeout_seconds: Seconds = Field(
        15.0, description="Time-out of one call to a receiver."
    )
    webhook_private_targets: bool = Field(
        default=False,
        description="Receivers may have private and loopback addresses, and plain http.",
    )
    webhook_event_days: float = Field(
        30.0, gt=0, le=366, description="How long events can be replayed."
    )
