"""Statistics, against a slow count of its own over random histories."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.access.domain import Caller, Scope
from app.codes import AgencyCode
from app.documents.domain.statistics import Dimension
from app.documents.use_cases import counting
from app.documents.use_cases.counting import Asked
from app.platform.clock import VIETNAM, FrozenClock
from tests.documents.histories import BEGIN, BEYOND, HERE, Reported, Sent, histories, put
from tests.documents.packets import Refusal, a_packet, report, sent
from tests.gateway import Api, Gateway

STATISTICS = "/v1/documents/statistics"
NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
_roots = count()
Key = tuple[Any, ...]
GAINED = [
    Sent("", (".12",), BEGIN),
    Sent(
        "",
        (".12", ".61", "G22"),
        BEGIN + timedelta(days=1),
        business=2,
        statuses=(Reported(1, "06", 10), Reported(2, "02", 20)),
        gained=(1, 2),
        original=0,
    ),
]
"""A document that an update gives to two more, one of them beyond."""


class Oracle:
    """Counts by going through the list of what happened, one document after the other."""

    def __init__(self, root: str, below: str, by: list[str], months: tuple[str, str]) -> None:
        self.root, self.below, self.by, self.months = root, below, by, months
        self.found: dict[tuple[Key, str], Counter[str]] = {}

    def count(self, history: list[Sent]) -> dict[tuple[Key, str], dict[str, int]]:
        for number, one in enumerate(history):
            if one.business == 1:
                continue
            if one.sender in HERE and one.business != 2:
                updates = [later for later in history if later.original == number]
                self._sent(one, updates)
            for place, name in enumerate(one.recipients):
                if name in HERE and (one.business != 2 or place in one.gained):
                    self._received(one, place, name)
        return {key: dict(+counted) for key, counted in self.found.items()}

    def _sent(self, one: Sent, updates: list[Sent]) -> None:
        reached = [(one, place) for place in range(len(one.recipients))]
        reached += [(update, place) for update in updates for place in update.gained]
        said = self._at(one, one.sender, "sent")
        said["interlinked"] += any(by.recipients[place] in BEYOND for by, place in reached)
        said["late"] += self._is_sent_late(one)
        said["recipients"] += len(reached)
        for by, place in reached:
            said["refused"] += "02" in self._codes(by, place)
            said["finished"] += "06" in self._codes(by, place)

    def _received(self, one: Sent, place: int, name: str) -> None:
        said = self._at(one, name, "received")
        said["interlinked"] += one.sender in BEYOND
        said["recipients"] += 1
        said["late"] += self._is_confirmed_late(one, place)
        said["refused"] += "02" in self._codes(one, place)
        said["finished"] += "06" in self._codes(one, place)

    def _at(self, one: Sent, name: str, side: str) -> Counter[str]:
        month = one.at.strftime("%Y-%m")
        member = self.root + name
        is_below = member == self.below or member.startswith(self.below + ".")
        if not is_below or not self.months[0] <= month <= self.months[1]:
            return Counter()
        dimensions = {
            "month": month,
            "member": member,
            "level": member.count(".") + 1,
            "type": one.type_name or "",
        }
        key = tuple(dimensions[name] for name in self.by)
        said = self.found.setdefault((key, side), Counter())
        said["documents"] += 1
        said["with_paper" if one.has_paper else "electronic_only"] += 1
        said[_SIGNED[one.signed]] += 1
        return said

    @staticmethod
    def _codes(one: Sent, place: int) -> list[str]:
        return [said.code for said in one.statuses if said.recipient == place]

    @staticmethod
    def _is_sent_late(one: Sent) -> bool:
        if one.promulgated_on is None:
            return False
        if one.priority:
            return one.at.date() > one.promulgated_on
        day = one.promulgated_on + timedelta(days=1)
        while day.isoweekday() > 5:
            day += timedelta(days=1)
        return (one.at.date(), one.at.hour) >= (day, 12)

    @staticmethod
    def _is_confirmed_late(one: Sent, place: int) -> bool:
        said = [entry for entry in one.statuses if entry.recipient == place]
        days = [
            (one.at + timedelta(minutes=entry.minutes)).date()
            for entry in said
            if entry.code in {"02", "03", "04", "05", "06"}
        ]
        if days:
            return min(days) > one.at.date()
        is_taken_back = any(entry.code == "15" for entry in said)
        return not is_taken_back and NOW.astimezone(VIETNAM).date() > one.at.date()


_SIGNED: dict[tuple[bool, bool] | None, str] = {
    None: "unexamined",
    (False, False): "unsigned",
    (True, False): "signed_by_organisation",
    (False, True): "signed_by_person",
    (True, True): "signed_by_both",
}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(history=GAINED, by=[Dimension.MONTH], months=(10, 12), below="")
@given(
    history=histories,
    by=st.lists(st.sampled_from(Dimension), min_size=1, unique=True),
    months=st.tuples(st.integers(10, 12), st.integers(10, 12)),
    below=st.sampled_from(HERE),
)
def test_statistics_are_what_a_slow_count_says(
    gateway: Gateway,
    history: list[Sent],
    by: list[Dimension],
    months: tuple[int, int],
    below: str,
) -> None:
    number = next(_roots)
    root = f"{chr(65 + number // 360 % 26)}{chr(65 + number // 10 % 26)}{number % 10}"
    clock, ordered = FrozenClock(NOW), [one for one in Dimension if one in by]
    caller = Caller("client", AgencyCode(root + below), frozenset(Scope), "request")

    def act(connection: Connection) -> list[Any]:
        put(connection, clock, root, history)
        asked = Asked(date(2026, months[0], 17), date(2026, months[1], 3), ordered)
        return list(counting.count(connection, clock, caller, asked))

    found: dict[tuple[Key, str], dict[str, int]] = {}
    for row in gateway.transact(act):
        key = tuple(getattr(row.group, one.value) for one in ordered)
        for side in ("sent", "received"):
            counts = getattr(row, side)
            said = {name: getattr(counts, name) for name in counts.__slots__}
            if said["documents"]:
                found[key, side] = {name: number for name, number in said.items() if number}
    span = (f"2026-{months[0]}", f"2026-{months[1]}")
    oracle = Oracle(root, root + below, [one.value for one in ordered], span)
    assert found == oracle.count(history)


def rows(api: Api, **query: Any) -> list[dict[str, Any]]:
    answer = api.get(STATISTICS, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def test_both_sides_are_counted_month_by_month(sender: Api, commune: Api, province: Api) -> None:
    document = sent(sender, a_packet("H38.61", "G22"))["id"]
    for code in ("03", "06"):
        report(commune, document, code)
    (mine,) = rows(sender)
    assert (mine["month"], mine["member"], mine["level"]) == ("2026-11", "H38.12", None)
    said = mine["sent"]
    assert (said["documents"], said["interlinked"], said["late"]) == (1, 1, 1)
    assert (said["recipients"], said["finished"], said["unexamined"]) == (2, 1, 1)
    (theirs,) = rows(commune)
    assert (theirs["received"]["documents"], theirs["received"]["late"]) == (1, 0)
    assert [one["level"] for one in rows(province, by="level")] == [2]
    assert rows(province, by="type")[0]["type"] == "Công văn"


def test_nobody_counts_what_others_exchange(sender: Api, stranger: Api, province: Api) -> None:
    sent(sender, a_packet("H38.61"))
    assert rows(stranger) == rows(province, member="H53") == []
    assert rows(province, **{"from": "2026-01", "to": "2026-10"}) == []


def test_statistics_come_in_pages(sender: Api, province: Api) -> None:
    sent(sender, a_packet("H38.61", "H38.62"))
    first = province.get(STATISTICS, params={"limit": 2}).json()
    second = province.get(STATISTICS, params={"limit": 2, "after": first["next"]}).json()
    members = [one["member"] for one in first["items"] + second["items"]]
    assert members == ["H38.12", "H38.61", "H38.62"]
    assert second["next"] is None


@pytest.mark.parametrize("query", ["from=2026", "to=2026-13", "by=colour", "after=x", "from=1"])
def test_a_wrong_count_is_refused(province: Api, query: str) -> None:
    assert Refusal.of(province.get(f"{STATISTICS}?{query}")).slug == "invalid-input"
