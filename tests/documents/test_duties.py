"""Duties of documents, and reminders of those that are not done."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.calendars import use_cases as calendars
from app.calendars.domain import NamedDay
from app.evidence.domain import SystemActor
from tests.documents.axis import Connected
from tests.documents.packets import Refusal, a_packet, a_revocation, report, send, sent
from tests.gateway import Api, Gateway

REMINDERS = "/v1/documents/duties"


def owed(api: Api, **query: Any) -> list[tuple[str, str, str]]:
    """Return (number, kind, state) of each reminder."""
    answer = api.get(REMINDERS, params=query)
    assert answer.status_code == 200, answer.text
    return [
        (one["symbol"].partition("/")[0], one["kind"], one["state"])
        for one in answer.json()["items"]
    ]


def packet(number: str, *, due: str = "2026/11/20", priority: str = "0") -> bytes:
    return a_packet("H38.61", number=number, DueDate=due, Priority=priority)


def test_what_came_today_is_to_be_confirmed_today(sender: Api, commune: Api) -> None:
    document = sent(sender, packet("1"))["id"]
    assert owed(commune) == [("1", "confirm", "due_soon")]
    assert report(commune, document, "03").status_code == 201
    assert owed(commune) == []


FAR = [
    ("2198/12/31", "2198-12-31"), ("1901/01/01", "1901-01-01"),
    ("0001-01-01T00:00:00", None), ("31/12/9999", None),
]  # fmt: skip


@pytest.mark.parametrize(("said", "day"), FAR)
def test_a_date_far_away_or_none_breaks_no_list(
    sender: Api, commune: Api, said: str, day: str | None
) -> None:
    far = a_packet("H38.61", DueDate=said, PromulgationDate=said)
    document = sent(sender, far)
    assert (document["due_on"], document["promulgated_on"]) == (day, day)
    assert ("42", "confirm", "due_soon") in owed(commune)
    assert sender.get(f"/v1/documents/{document['id']}/duties").status_code == 200


@pytest.mark.parametrize("name", ["DueDate", "PromulgationDate"])
def test_a_date_beyond_all_sense_is_refused_by_its_element(sender: Api, name: str) -> None:
    refusal = Refusal.of(send(sender, a_packet("H38.61", **{name: "9999/12/30"})))
    assert (refusal.status, refusal.slug) == (422, "edxml-wrong-date")
    assert refusal.pointers[0].endswith(f"/{name}")


def test_what_was_not_confirmed_is_overdue_the_next_day(knowing: Gateway, sender: Api) -> None:
    sent(sender, packet("1"))
    knowing.clock.advance(timedelta(minutes=45))
    api = knowing.client("H38.61")
    assert owed(api, state="overdue") == []
    knowing.clock.advance(timedelta(hours=24))
    fresh, root = knowing.client("H38.61"), knowing.client("H38")
    assert owed(fresh, state="overdue") == owed(root) == [("1", "confirm", "overdue")]
    assert owed(fresh, state="due_soon") == []


def test_the_urgent_come_first_then_what_is_due_first(sender: Api, commune: Api) -> None:
    for number, due, priority in (
        ("1", "2026/11/04", "0"),
        ("2", "2026/10/30", "0"),
        ("3", "2026/11/03", "2"),
        ("4", "2026/11/20", "4"),
    ):
        report(commune, sent(sender, packet(number, due=due, priority=priority))["id"], "03")
    expected = [
        ("3", "finish", "due_soon"), ("2", "finish", "overdue"), ("1", "finish", "due_soon"),
    ]  # fmt: skip
    assert owed(commune) == owed(commune, kind="finish") == expected
    assert owed(commune, state="overdue") == [("2", "finish", "overdue")]
    assert owed(commune, kind="confirm") == []


@pytest.mark.parametrize("code", ["02", "06"])
def test_nothing_is_owed_after_a_refusal_or_the_end(sender: Api, commune: Api, code: str) -> None:
    document = sent(sender, packet("1", due="2026/11/02"))["id"]
    report(commune, document, "03") if code == "06" else None
    assert report(commune, document, code, reason="Nhầm").status_code == 201
    assert owed(commune) == []


def test_a_swapped_day_counts_for_lateness(knowing: Gateway) -> None:
    dated = {"PromulgationDate": "2026/11/01", "Priority": "0"}

    def sending(number: str) -> tuple[str, str]:
        sender = knowing.client("H38.12")
        document = sent(sender, a_packet("H38.61", number=number, **dated))["id"]
        duty = sender.get(f"/v1/documents/{document}/duties").json()["sending"]
        return duty["deadline"][:13], duty["state"]

    knowing.clock.advance(timedelta(hours=2, minutes=59))
    assert sending("1") == ("2026-11-02T12", "met")
    days = (NamedDay(date(2026, 11, 2), is_working=False, note="Nghỉ bù"),)
    parsed = calendars.Days(days, "digest")
    actor = SystemActor("system:administrator", "H38")
    knowing.transact(calendars.import_calendar, knowing.clock, actor, parsed)
    knowing.clock.advance(timedelta(minutes=45))
    assert sending("2") == ("2026-11-03T12", "met")
    (row,) = knowing.client("H38.12").get("/v1/documents/statistics").json()["items"]
    assert (row["sent"]["documents"], row["sent"]["late"]) == (2, 0)


def test_nothing_is_owed_after_a_take_back(sender: Api, commune: Api) -> None:
    document = sent(sender, packet("1", due="2026/11/02"))["id"]
    report(sender, document, "13", reason="Nhầm")
    assert len(owed(commune)) == 2
    report(commune, document, "15")
    assert owed(commune) == []


def test_nothing_is_owed_after_a_revocation_was_agreed_to(sender: Api, commune: Api) -> None:
    sent(sender, a_packet("H38.61", DueDate="2026/11/02"))
    revocation = sent(sender, a_revocation("H38.61"))["id"]
    assert len(owed(commune)) == 2
    assert report(commune, revocation, "15").status_code == 201
    assert owed(commune) == []


def test_reminders_come_in_pages(sender: Api, commune: Api) -> None:
    for number in range(5):
        sent(sender, packet(str(number), due="2026/11/02"))
    found: list[tuple[str, str]] = []
    after: dict[str, str] = {}
    while True:
        page = commune.get(REMINDERS, params={"limit": 3, **after}).json()
        found += [(one["document"], one["kind"]) for one in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(found) == len(set(found)) == 10


def test_reminders_are_only_of_ones_own(sender: Api, stranger: Api, province: Api) -> None:
    sent(sender, packet("1"))
    assert owed(sender) == owed(stranger) == owed(province, member="H38.62") == []
    assert len(owed(province, member="H38.61")) == 1


def test_a_wrong_query_is_refused(province: Api) -> None:
    queries = ["kind=send", "state=met", "after=x", "after=WzEsICIiLCAiIiwgIiIsICIiXQ"]
    answers = [province.get(f"{REMINDERS}?{query}") for query in queries]
    assert {Refusal.of(answer).slug for answer in answers} == {"invalid-input"}


def test_a_document_tells_its_duties_with_their_source(sender: Api, commune: Api) -> None:
    document = sent(sender, packet("1"))["id"]
    said = sender.get(f"/v1/documents/{document}/duties").json()
    assert (said["sending"]["state"], said["sending"]["source"]) == (
        "late",
        "QĐ 28/2018/QĐ-TTg, đ.6.2",
    )
    confirm, finish = said["recipients"][0]["duties"]
    assert (confirm["state"], confirm["source"]) == ("due_soon", "NĐ 30/2020/NĐ-CP, đ.21.2")
    assert (finish["deadline"], finish["source"]) == ("2026-11-21T00:00:00+07:00", None)
    assert commune.get(f"/v1/documents/{document}/duties").json()["sending"] == said["sending"]


SECOND = "000.00.71.H53"


def told(home: Connected, away: Connected) -> None:
    """Carry what is owed both ways, until nothing is."""
    while home.relay() + away.relay() + home.receive() + away.receive():
        pass


def test_who_receives_from_beyond_owes_and_the_sender_beyond_does_not(
    home: Connected, away: Connected, sender: Api
) -> None:
    sent(sender, a_packet(SECOND, DueDate="2026/11/01"))
    told(home, away)
    there = away.gateway.client("H53.71")
    document = there.get("/v1/documents/inbox").json()["items"][0]["id"]
    assert there.get(f"/v1/documents/{document}/duties").json()["sending"] is None
    assert owed(there) == [("42", "finish", "overdue"), ("42", "confirm", "due_soon")]
    assert owed(sender) == []


def test_a_status_from_beyond_counts(home: Connected, away: Connected, sender: Api) -> None:
    document = sent(sender, a_packet(SECOND, DueDate="2026/11/02"))["id"]
    told(home, away)
    there = away.gateway.client("H53.71")
    report(there, there.get("/v1/documents/inbox").json()["items"][0]["id"], "03")
    told(home, away)
    duties = sender.get(f"/v1/documents/{document}/duties").json()["recipients"][0]["duties"]
    assert [one["state"] for one in duties] == ["met", "due_soon"]
