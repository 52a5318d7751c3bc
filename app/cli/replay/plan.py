"""The plan of a replay: a pure function of a seed, a number, a calendar and a first day.

History n is the same whatever number is asked for.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any, Final

from app.calendars.domain import VIETNAM, WORKING_DAY, Calendar
from app.cli.replay.history import History
from app.cli.replay.life import Life
from app.cli.replay.living import live
from app.cli.replay.province import (
    BY_POST,
    DAILY,
    LEFT_OPEN,
    ONLINE,
    PROCEDURE,
    SMALL_PROCEDURE,
    UNITS,
    unit_code,
)
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.statuses import Status

_AROUND: Final = 26
"""A day's number is that much more or less than the usual one, at most."""

_CHAINS: Final = 0.03
_ENTERPRISES: Final = 0.15
_BUSY: Final = 1.5
"""The larger, the more of all dossiers the first units take; 1 is all alike."""

_PAPER: Final = {
    "component_code": "TP01",
    "name": "don-de-nghi.pdf",
    "url": "https://onestop.example.vn/files/don-de-nghi.pdf",
}
_FEE: Final = {"code": "LP01", "name": "Lệ phí mẫu", "amount_vnd": 20000, "kind": "fee"}


def plan(seed: int, number: int, calendar: Calendar, start: date) -> tuple[History, ...]:
    """Return so many histories, those of the first working day first."""
    days = _days(seed, calendar, start)
    return tuple(
        _history(Random(f"{seed}/{place}"), place, calendar, day)  # noqa: S311 -- a plan
        for place, day in enumerate(islice(days, number))
    )


def _days(seed: int, calendar: Calendar, start: date) -> Iterator[date]:
    """Give the day of each dossier in turn."""
    chance = Random(f"{seed}/days")  # noqa: S311 -- a plan
    day = calendar.working_from(start)
    while True:
        for _ in range(DAILY + chance.randint(-_AROUND, _AROUND)):
            yield day
        day = calendar.working_from(day + timedelta(1))


def _history(chance: Random, number: int, calendar: Calendar, day: date) -> History:
    unit = int(UNITS * chance.random() ** _BUSY)
    is_chain = _happens(chance, _CHAINS)
    channel = Channel.COUNTER if is_chain else _channel(chance)
    at = _moment(chance, calendar, day, channel)
    filing = _filing(chance, number, unit, (channel, at))
    status = Status.REGISTERED if channel is Channel.ONLINE else Status.ACCEPTED
    life = Life(chance, calendar, unit=unit, at=at, status=status)
    live(life, number, is_chain=is_chain)
    if life.happens(LEFT_OPEN):
        life.cut()
    return History(number, at, filing, tuple(life.deeds), life.status, tuple(life.parts))


def _happens(chance: Random, share: float) -> bool:
    return chance.random() < share


def _channel(chance: Random) -> Channel:
    drawn = chance.random()
    if drawn < ONLINE:
        return Channel.ONLINE
    return Channel.POSTAL if drawn < ONLINE + BY_POST else Channel.COUNTER


def _moment(chance: Random, calendar: Calendar, day: date, channel: Channel) -> datetime:
    """Return when it comes: online at any hour from six to ten, else while offices are open."""
    if channel is Channel.ONLINE:
        begins = datetime.combine(day, time(6), VIETNAM)
        return begins + timedelta(seconds=chance.randrange(16 * 3600))
    begins = calendar.opening(datetime.combine(day, time(), VIETNAM))
    worked = chance.randrange(1, int(WORKING_DAY.total_seconds()))
    return calendar.after(begins, timedelta(seconds=worked))


def _filing(
    chance: Random, number: int, unit: int, came: tuple[Channel, datetime]
) -> dict[str, Any]:
    channel, at = came
    is_small = _happens(chance, 0.3)
    filed_at = at - timedelta(hours=chance.randint(20, 60)) if channel is Channel.POSTAL else at
    return {
        "procedure_code": SMALL_PROCEDURE if is_small else PROCEDURE,
        "agency_code": unit_code(unit),
        "channel": channel.value,
        "applicant": _applicant(chance, number),
        "summary": f"Hồ sơ mẫu số {number + 1}",
        "submitted_at": filed_at.isoformat(),
        "received_at": at.isoformat(),
        "result_delivery": chance.choice(("direct", "postal", "postal", "postal")),
        "attachments": [{**_PAPER, "digitised": _happens(chance, 0.8)}],
        "fees": [_FEE] if _happens(chance, 0.4) else [],
        "intake": _intake(chance, channel),
    }


def _intake(chance: Random, channel: Channel) -> dict[str, Any]:
    match channel:
        case Channel.COUNTER:
            return {"source": "counter", "authentication": "in_person"}
        case Channel.POSTAL:
            return {"source": "post", "authentication": "none"}
        case Channel.ONLINE:
            means = chance.choice(("mobile", "remote", "card"))
            signature = {"signer_name": "Người ký mẫu", "means": means}
            known = chance.choice(("vneid", "vneid", "national_portal", "province_account"))
            if _happens(chance, 0.05):
                return {"source": "zalo", "authentication": "zalo"}
            return {"source": "portal", "authentication": known, "signatures": [signature]}


def _applicant(chance: Random, number: int) -> dict[str, Any]:
    person = number + 1
    contact = {"phone": f"{person:010}", "address": "Thôn Ví Dụ, xã Ví Dụ, tỉnh Lào Cai"}
    if _happens(chance, _ENTERPRISES):
        return {
            "kind": "enterprise",
            "full_name": f"Công ty Giả Định {person}",
            "identity_type": "tax_code",
            "identity_number": f"{person:010}",
            **contact,
        }
    return {
        "kind": "citizen",
        "full_name": f"Nguyễn Giả Định {person}",
        "identity_type": "citizen_id",
        "identity_number": f"{person:012}",
        **contact,
    }
