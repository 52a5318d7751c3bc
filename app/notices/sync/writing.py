"""Writing a notice for a channel: its template, filled, in the letters the channel takes."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.exchange.messaging.letters import Letter
from app.notices.domain.channels import Channel, cut, fitted, plain
from app.notices.domain.notices import Notice
from app.notices.use_cases.delivering import Order
from app.notices.use_cases.following import GOOD_FOR
from app.notices.use_cases.templates import FOLDER, templates
from app.platform.settings import Settings

_LONGEST_ZALO: Final = 400


@cache
def _texts() -> Environment:
    # These are plain texts: nothing in them is HTML.
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 -- see above
        trim_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class Longest:
    """Signs of a text that two of the channels carry at most."""

    sms: int = 160
    oa: int = 2000

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return what is set."""
        return cls(settings.sms_longest, settings.zalo_oa_longest)


def letter_of(order: Order, channel: Channel, address: str, longest: Longest) -> Letter:
    """Return a notice as a channel carries it."""
    notice = order.notice
    text = text_of(notice, channel, secret=order.secret)
    match channel:
        case Channel.SMS:
            text = fitted(plain(text), longest.sms)
        case Channel.ZALO:
            text = fitted(text, _LONGEST_ZALO)
        case Channel.OA:
            text = cut(text, longest.oa)
        case Channel.EMAIL:
            pass
    return Letter(
        message_id=notice.notice_id,
        to=address,
        title=f"{templates()[notice.kind].title}: {notice.dossier}",
        text=text,
        template=notice.kind.value,
        values=_values(order),
        dossier=notice.dossier,
        agency=notice.agency,
    )


def text_of(notice: Notice, channel: Channel, *, secret: str = "") -> str:
    """Return the filled template of a notice."""
    facts: dict[str, Any] = notice.facts | {
        "secret": secret,
        "minutes": int(GOOD_FOR.total_seconds() // 60),
    }
    return _texts().get_template(f"{notice.kind.value}.{channel.value}.txt").render(facts)


def _values(order: Order) -> dict[str, str]:
    facts = order.notice.facts
    return {
        "holder": order.holder,
        "code": facts["code"],
        "status": facts["status"],
        "procedure": facts["procedure"],
        "link": facts["url"],
    }
