"""Receivers that fail, come back, are given up, and are told again."""

from datetime import timedelta
from typing import Any

from tests.acting import done, staged
from tests.webhooks.office import PATH, Office

HOUR = timedelta(hours=1)


def by_subject(office: Office) -> dict[str, list[int]]:
    """Return the numbers of rows of progress that were told, dossier by dossier."""
    found: dict[str, list[int]] = {}
    for one in office.told():
        found.setdefault(one["data"]["dossier"], []).append(one["data"]["number"])
    return found


def test_three_days_down_loses_nothing_and_keeps_the_order(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    office.service.status = 503
    codes = [staged(office.api, "acceptance") for _ in range(4)]
    calls = 0
    for hour in range(72):
        if hour % 24 == 1:
            acts = ("acceptance", "forwardings", "send-backs")
            for code in codes:
                done(office.api, code, acts[hour // 24])
        office.tell()
        office.send()
        office.pass_time(HOUR)
    calls = len(office.service.asked)
    assert 3 < calls <= 12
    assert office.show(webhook)["state"] == "active"
    office.service.asked.clear()
    office.service.status = 200
    for _ in range(24):
        office.pass_time(HOUR)
        office.tell()
        office.send()
    told = by_subject(office)
    assert set(told) == set(codes)
    assert all(numbers == sorted(set(numbers)) for numbers in told.values())
    assert [len(numbers) for numbers in told.values()] == [4] * 4
    shown = office.show(webhook)
    assert (shown["owed"], shown["health"]["failures"]) == (0, 0)


def test_a_failing_receiver_is_tried_by_the_schedule_and_with_one_call(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    office.service.status = 500
    for _ in range(3):
        staged(office.api, "acceptance")
    office.tell()
    office.send()
    first = len(office.service.asked)
    assert first <= 3
    for wait in (5, 300, 1800):
        health = office.show(webhook)["health"]
        assert health["reason"] == "http-500"
        office.pass_time(timedelta(seconds=wait - 1))
        office.send()
        assert office.show(webhook)["health"] == health
        office.pass_time(timedelta(seconds=1))
        office.send()
    assert len(office.service.asked) == first + 3
    assert office.show(webhook)["health"]["failures"] == 4


def test_what_a_receiver_asks_for_is_waited_for(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    office.service.status, office.service.headers = 429, [("Retry-After", "120")]
    staged(office.api, "acceptance")
    office.tell()
    office.send()
    office.pass_time(timedelta(seconds=119))
    office.service.status = 200
    office.send()
    assert office.show(webhook)["owed"] == 1
    office.pass_time(timedelta(seconds=1))
    office.send()
    assert office.show(webhook)["owed"] == 0


def test_all_that_waited_goes_within_seconds_when_the_receiver_is_back(office: Office) -> None:
    office.subscribe("dossier.*")
    office.service.status = 500
    for _ in range(5):
        staged(office.api, "acceptance")
    office.tell()
    office.send()
    office.service.asked.clear()
    office.service.status = 200
    for _ in range(2):
        office.pass_time(timedelta(seconds=5))
        office.send()
    assert len({one["data"]["dossier"] for one in office.told()}) == 5


def test_a_redirect_is_a_failure_and_is_not_followed(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    office.service.status = 302
    office.service.headers = [("Location", f"{office.service.url}/elsewhere")]
    staged(office.api, "acceptance")
    office.tell()
    office.send()
    assert [asked.target for asked in office.service.asked] == ["/hook"]
    assert office.deliveries(webhook)[0]["answer"] == "http-302"


def test_an_answer_that_never_ends_is_a_failure(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    office.service.body = b"x" * (64 * 2**10 + 1)
    staged(office.api, "acceptance")
    office.tell()
    office.send()
    assert office.deliveries(webhook)[0]["answer"] == "answer-too-large"


def disabled(office: Office, webhook: str) -> dict[str, Any]:
    """Have a receiver fail until it is disabled."""
    office.service.status = 500
    staged(office.api, "acceptance")
    for _ in range(16):
        office.tell()
        office.send()
        office.pass_time(12 * HOUR)
    shown: dict[str, Any] = office.show(webhook)
    assert shown["state"] == "disabled"
    return shown


def test_a_receiver_that_fails_for_too_long_is_disabled_and_the_member_told(
    office: Office,
) -> None:
    other = office.subscribe("webhook.*", url=f"{office.service.url}/other")
    webhook = office.subscribe("dossier.*")
    shown = disabled(office, webhook)
    assert (shown["owed"], shown["health"]["reason"]) == (0, "http-500")
    assert office.deliveries(webhook)[0]["state"] == "dropped"
    office.service.status = 200
    office.service.asked.clear()
    office.pass_time(24 * HOUR)
    office.send()
    (said,) = office.told()
    assert said["type"] == "webhook.disabled"
    assert said["data"] == {"webhook": webhook, "reason": "http-500"}
    assert office.show(other)["health"]["failures"] == 0
    entries = office.api.get("/v1/evidence", params={"subject": f"webhook:{webhook}"}).json()
    assert entries["items"][0]["act"] == "webhook.disable"


def test_what_a_disabled_receiver_missed_is_replayed_when_it_is_enabled(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    begins = office.gateway.clock.now().isoformat()
    disabled(office, webhook)
    missed = staged(office.api, "forwardings")
    office.tell()
    office.service.status = 200
    office.service.asked.clear()
    office.do(webhook, "enabling")
    office.send()
    assert office.told() == []
    assert office.do(webhook, "replay", since=begins) == {"replayed": 3, "next_event": None}
    office.send()
    assert sorted(len(numbers) for numbers in by_subject(office).values()) == [1, 2]
    assert missed in by_subject(office)


def test_a_receiver_that_is_gone_is_disabled_at_once(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    office.service.status = 410
    staged(office.api, "acceptance")
    office.tell()
    office.send()
    assert office.show(webhook)["state"] == "disabled"


def test_a_replay_repeats_events_under_their_own_ids(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    staged(office.api, "forwardings")
    office.tell()
    office.send()
    first = [asked.header("webhook-id") for asked in office.service.asked]
    office.service.asked.clear()
    office.do(webhook, "replay", from_event=first[1])
    office.send()
    assert [asked.header("webhook-id") for asked in office.service.asked] == first[1:]
    assert len(office.deliveries(webhook)) == 3


def test_an_event_that_is_refused_holds_up_its_own_subject_only(office: Office) -> None:
    webhook = office.subscribe("dossier.*", url=f"{office.service.url}/hook")
    office.service.status = 422
    poison = staged(office.api, "acceptance")
    office.tell()
    office.send()
    office.service.status = 200
    office.service.asked.clear()
    other = staged(office.api, "acceptance")
    done(office.api, poison, "acceptance")
    office.tell()
    office.send()
    assert list(by_subject(office)) == [other]
    health = office.show(webhook)["health"]
    assert (health["failures"], health["next_attempt_at"]) == (0, None)
    office.pass_time(timedelta(seconds=5))
    office.send()
    assert len(by_subject(office)[poison]) == 2


def test_an_event_that_is_refused_for_days_is_given_up_and_its_subject_goes_on(
    office: Office,
) -> None:
    webhook = office.subscribe("dossier.*")
    poison = staged(office.api, "acceptance")
    done(office.api, poison, "acceptance")
    office.tell()
    for _ in range(22):
        office.service.status = 422
        office.send()
        office.service.status = 200
        office.do(webhook, "tests")
        office.send()
        office.pass_time(6 * HOUR)
    office.pass_time(24 * HOUR)
    office.send()
    states = {one["event_type"]: one["state"] for one in office.deliveries(webhook)}
    assert states["dossier.submit"] == "dropped"
    assert states["dossier.accept"] == "delivered"


def test_a_receiver_that_only_says_no_is_disabled_in_the_end(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    office.service.status = 401
    staged(office.api, "acceptance")
    for _ in range(24):
        office.tell()
        office.send()
        office.pass_time(6 * HOUR)
    assert office.show(webhook)["state"] == "disabled"


def test_a_closed_webhook_is_told_nothing_more(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    staged(office.api, "acceptance")
    office.tell()
    office.do(webhook, "closing")
    office.send()
    assert office.service.asked == []
    assert office.deliveries(webhook)[0]["state"] == "dropped"


def test_deliveries_come_in_pages(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    staged(office.api, "forwardings")
    office.tell()
    page = office.api.get(f"{PATH}/{webhook}/deliveries", params={"limit": 1}).json()
    rest = office.api.get(f"{PATH}/{webhook}/deliveries", params={"after": page["next"]}).json()
    types = [one["event_type"] for one in page["items"] + rest["items"]]
    assert types == ["dossier.accept", "dossier.submit"]
