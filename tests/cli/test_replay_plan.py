"""The plan of a replay: pure, and in its shares what the provinces have told of themselves."""

from collections import Counter
from datetime import date, datetime
from functools import cache
from itertools import pairwise

import pytest

from app.calendars.domain import Calendar, WorkingHours
from app.calendars.store import calendar_of
from app.cli.replay.history import History
from app.cli.replay.plan import plan
from app.cli.replay.province import DAILY, UNITS, catalogue, unit_code
from app.dossiers.domain.statuses import Status
from app.dossiers.domain.transitions import MOVES
from tests.acting import BEFORE

CALENDAR: Calendar = calendar_of((), WorkingHours())
START = date(2026, 1, 5)
WEEKS = 3 * 5 * DAILY


@cache
def planned(seed: int = 1, number: int = WEEKS, start: date = START) -> tuple[History, ...]:
    return plan(seed, number, CALENDAR, start)


def acts(histories: tuple[History, ...]) -> Counter[str]:
    return Counter(
        "supplements/{number}/receipt" if deed.act.endswith("receipt") else deed.act
        for history in histories
        for deed in history.deeds
    )


def moments(history: History) -> list[datetime]:
    return [history.at, *(deed.at for deed in history.deeds)]


def test_the_same_seed_gives_the_same_histories_whatever_number_is_asked_for() -> None:
    assert plan(1, 50, CALENDAR, START) == planned()[:50]
    assert plan(2, 50, CALENDAR, START) != planned()[:50]


def test_a_working_day_brings_about_264_dossiers_and_a_day_off_none() -> None:
    days = Counter(history.at.date() for history in planned())
    *whole, _ = (days[day] for day in sorted(days))
    assert all(CALENDAR.is_working(day) for day in days)
    assert all(abs(number - DAILY) <= 26 for number in whole)
    assert abs(sum(whole) / len(whole) - DAILY) <= 13


def test_nothing_comes_at_tet() -> None:
    days = {history.at.date() for history in planned(number=600, start=date(2026, 2, 13))}
    assert min(days) == date(2026, 2, 13)
    assert not days & {date(2026, 2, day) for day in range(14, 23)}


def test_about_240_postal_orders_go_with_a_day_s_dossiers() -> None:
    orders = sum(history.postal_orders for history in planned())
    assert orders / len(planned()) * DAILY == pytest.approx(240, rel=0.03)


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_share_that_comes_online_is_that_of_khanh_hoa(seed: int) -> None:
    channels = Counter(history.filing["channel"] for history in planned(seed, 2000))
    assert 0.33 <= channels["online"] / 2000 <= 0.47
    assert min(channels.values()) > 200


def test_94_in_100_come_to_their_end() -> None:
    finished = sum(history.is_finished for history in planned())
    assert finished / len(planned()) == pytest.approx(0.94, abs=0.01)


def test_every_unit_has_something_to_do_and_some_much_more_than_others() -> None:
    units = Counter(history.filing["agency_code"] for history in planned())
    assert len(units) == UNITS
    assert max(units.values()) > 5 * min(units.values())


def test_every_act_there_is_is_done() -> None:
    assert acts(planned(number=2000)).keys() == BEFORE.keys()


def test_the_moments_of_a_life_grow_and_staff_acts_in_working_time() -> None:
    for history in planned(number=1000):
        times = moments(history)
        assert all(earlier < later for earlier, later in pairwise(times))
        assert all(at.microsecond == 0 for at in times)
        for deed in history.deeds:
            if deed.body["actor"]["kind"] in {"counter", "officer", "leader"}:
                assert CALENDAR.is_working(deed.at.date())
                assert 7 <= deed.at.hour <= 17


def test_a_life_stands_where_a_lawful_way_leads() -> None:
    ends = {history.status for history in planned()}
    assert ends >= {Status.RETURNED, Status.REJECTED, Status.WITHDRAWN, Status.STOPPED}
    reached = {status for ways in MOVES.values() for status in ways}
    assert ends <= reached | {Status.REGISTERED}


def test_chains_have_parts_of_other_units() -> None:
    chains = [history for history in planned() if history.parts]
    assert 0.01 < len(chains) / len(planned()) < 0.05
    assert {history.opened for history in chains} == {1, 2, 3}
    for history in chains:
        (wanted,) = (deed.body["parts"] for deed in history.deeds if deed.act == "parts")
        assert history.filing["agency_code"] not in {part["agency_code"] for part in wanted}


def test_the_catalogue_has_every_unit_once() -> None:
    codes = [member["code"] for member in catalogue()["members"]]
    assert len(codes) == len(set(codes)) == UNITS + 10
    assert {unit_code(number) for number in range(UNITS)} < set(codes)
