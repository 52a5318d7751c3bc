"""What becomes an event, whom it is told, and what it holds."""

import json

from standardwebhooks import Webhook as Judge

from app.platform.clock import SystemClock
from tests.acting import done, staged
from tests.documents.packets import a_packet, report, sent
from tests.webhooks.office import Office, is_signed


def test_acts_on_a_dossier_are_told_in_order_and_hold_nothing_personal(office: Office) -> None:
    office.subscribe("dossier.*")
    code = staged(office.api, "forwardings")
    done(office.api, code, "forwardings")
    office.tell()
    office.send()
    told = office.told()
    assert [one["type"] for one in told] == ["dossier.submit", "dossier.accept", "dossier.forward"]
    assert {one["data"]["dossier"] for one in told} == {code}
    assert set(told[0]["data"]) == {"dossier", "agency", "status", "number"}
    assert told[0]["timestamp"].endswith("Z")


def test_a_document_is_told_to_both_sides_and_to_nobody_else(office: Office) -> None:
    hooks = {
        member: office.subscribe(
            "document.*", api=office.gateway.client(member), url=f"{office.service.url}/{member}"
        )
        for member in ("H38.12", "H38.61", "H38.13")
    }
    number = sent(office.api, a_packet("H38.61"))["id"]
    report(office.api, number, "03")
    office.tell()
    office.send()
    by_path: dict[str, list[str]] = {}
    for asked in office.service.asked:
        said = json.loads(asked.body)
        by_path.setdefault(asked.target, []).append(said["type"])
    assert set(by_path) <= {f"/{member}" for member in hooks}
    assert by_path["/H38.61"] == ["document.arrived", "document.status"]
    assert "/H38.13" not in by_path


def test_the_reference_library_verifies_what_is_sent(office: Office) -> None:
    office.pass_time(SystemClock().now() - office.gateway.clock.now())
    secret = office.secret(office.subscribe("dossier.submit"))
    staged(office.api, "acceptance")
    office.tell()
    office.send()
    (asked,) = office.service.asked
    said = Judge(secret).verify(asked.body, dict(asked.headers))
    assert said["type"] == "dossier.submit"


def test_only_what_is_wanted_and_below_the_member_is_told(office: Office) -> None:
    office.subscribe("dossier.accept")
    office.subscribe("*", api=office.gateway.client("H38.13"), url=f"{office.service.url}/other")
    staged(office.api, "forwardings")
    office.tell()
    office.send()
    assert [one["type"] for one in office.told()] == ["dossier.accept"]


def test_what_happened_before_a_subscription_is_not_told(office: Office) -> None:
    code = staged(office.api, "acceptance")
    office.subscribe("dossier.*")
    done(office.api, code, "acceptance")
    office.tell()
    office.send()
    assert [one["type"] for one in office.told()] == ["dossier.accept"]


def test_nothing_is_told_twice_by_two_tellers(office: Office) -> None:
    office.subscribe("dossier.*")
    staged(office.api, "acceptance")
    other = Office(office.gateway, office.api, office.service, holder="worker-2")
    assert (office.tell(), other.tell()) == (1, 0)
    office.send()
    assert len(office.told()) == 1


def test_a_test_event_comes_whatever_is_wanted(office: Office) -> None:
    webhook = office.subscribe("dossier.accept")
    event = office.do(webhook, "tests")["event_id"]
    office.send()
    (asked,) = office.service.asked
    assert asked.header("webhook-id") == event
    assert is_signed(asked, office.secret(webhook))
    assert office.deliveries(webhook)[0]["state"] == "delivered"
