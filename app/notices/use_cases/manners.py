"""How a province tells, out of its settings."""

from datetime import time, timedelta

from app.notices.domain.channels import Channel
from app.notices.domain.notices import Pace
from app.notices.use_cases.telling import Manner
from app.platform.settings import Settings


def manner_of(settings: Settings) -> Manner:
    """Return by which channels that are connected, at which pace, and where people look."""
    connected = {
        Channel.OA: settings.zalo_oa_url is not None,
        Channel.SMS: settings.sms_url is not None,
        Channel.ZALO: settings.zalo_url is not None,
        Channel.EMAIL: settings.mail_host is not None,
    }
    wanted = [Channel(name) for name in settings.notice_channels]
    return Manner(
        channels=tuple(one for one in wanted if connected[one]),
        pace=Pace(
            gathers=timedelta(seconds=settings.notice_gather_seconds),
            spacing=timedelta(minutes=settings.notice_spacing_minutes),
            quiet=_hours(settings.notice_quiet_hours),
            latest=timedelta(hours=settings.notice_latest_hours),
        ),
        address=f"{settings.issuer}/tra-cuu?ma=",
        to_owners=settings.notice_owners,
    )


def _hours(text: str) -> tuple[time, time] | None:
    if text == "off":
        return None
    begins, _, ends = text.partition("-")
    return time.fromisoformat(begins), time.fromisoformat(ends)
