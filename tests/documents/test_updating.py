"""Cập nhật: type 2 changes a document and who has it."""

from typing import Any

import pytest

from tests.contract.judges import faults_of_packet
from tests.documents.axis import Connected, carry
from tests.documents.packets import (
    PDF,
    Refusal,
    a_case,
    a_draft,
    content_answers,
    history,
    related,
    report,
    seen,
    send_form,
    sent_form,
    standing,
)
from tests.gateway import Api, Gateway

ORIGINAL = "000.00.12.H38,2026/03/02,43/SKTDL-VP"
CHANGED = PDF + b"changed"


def an_update(*changes: tuple[str, str], **more: Any) -> dict[str, Any]:
    receivers = [{"agency": agency, "change": change} for agency, change in changes]
    return a_case("update", original=ORIGINAL, receivers=receivers, **more)


@pytest.fixture
def document(sender: Api) -> str:
    """A document from H38.12 to H38.61 and H38.62."""
    return str(sent_form(sender, ("a.pdf", PDF), to=["H38.61", "H38.62"])["id"])


def test_who_is_dropped_loses_the_document_and_who_is_added_gains_it(
    gateway: Gateway, sender: Api, commune: Api, document: str
) -> None:
    business = an_update(("H38.62", "dropped"), ("H38.63", "added"))
    update = sent_form(sender, ("a.pdf", CHANGED), to=["H38.61"], business=business)["id"]
    dropped, added = gateway.client("H38.62"), gateway.client("H38.63")
    for one in (document, update):
        for answer in content_answers(dropped, one):
            assert (answer.status_code, answer.json()["cause"]) == (410, "dropped")
    assert seen(dropped, document, "H38.62")["legal_state"] == "deleted"
    assert seen(dropped, update, "H38.62")["role"] == "dropped"
    assert content_answers(added, update)[1].content == CHANGED
    assert (seen(added, update, "H38.63")["role"], standing(added, update)) == (
        "added",
        {"H38.63": "01"},
    )
    assert content_answers(commune, document)[1].content == PDF
    assert content_answers(commune, update)[1].content == CHANGED
    assert related(commune, document) == [("updated_by", update)]


def test_an_update_may_be_agreed_to_or_declined_and_work_goes_on(
    sender: Api, commune: Api, document: str
) -> None:
    report(commune, document, "03")
    update = sent_form(sender, to=["H38.61"], business=an_update(is_content_changed=True))["id"]
    assert report(commune, update, "15").status_code == 201
    assert {answer.status_code for answer in content_answers(commune, document)} == {200}
    assert report(commune, update, "06").status_code == 201
    assert standing(commune, document) == {"H38.61": "06"}
    assert standing(sender, update) == {"H38.61": "15"}


def test_who_was_dropped_may_be_added_again(gateway: Gateway, sender: Api, document: str) -> None:
    clerk = gateway.client("H38.62")
    dropping = an_update(("H38.62", "dropped"))
    sent_form(sender, to=["H38.61"], business=dropping)
    again = sent_form(
        sender, ("a.pdf", CHANGED), to=["H38.61"], business=an_update(("H38.62", "added"))
    )
    assert content_answers(clerk, again["id"])[0].status_code == 200
    assert content_answers(clerk, document)[0].status_code == 410
    assert report(clerk, again["id"], "03").status_code == 201


def test_what_was_returned_may_be_sent_anew_and_is_worked_on(
    home: Connected, away: Connected, sender: Api
) -> None:
    document = sent_form(sender, to=["000.00.71.H53"])["id"]
    carry(home, away)
    clerk = away.gateway.client("H53.71")
    assert report(clerk, away.inbox(), "02", reason="Thiếu phụ lục").status_code == 201
    update = sent_form(sender, to=["000.00.71.H53"], business=an_update())["id"]
    carry(home, away)
    assert report(clerk, away.inbox("update"), "03").status_code == 201
    carry(home, away)
    assert standing(sender, document) == {"000.00.71.H53": "02"}
    assert standing(sender, update) == {"000.00.71.H53": "03"}


def test_an_update_that_drops_a_stranger_is_refused(sender: Api, document: str) -> None:
    assert document
    business = an_update(("H38.13", "dropped"))
    answer = send_form(sender, a_draft(to=["H38.61"], business=business))
    assert Refusal.of(answer) == Refusal(422, "not-its-recipient", ("/business/receivers",))


def test_a_wrong_receiver_is_named(sender: Api, document: str) -> None:
    assert document
    business = an_update(("H38.99", "added"))
    answer = send_form(sender, a_draft(to=["H38.61"], business=business))
    assert Refusal.of(answer) == Refusal(422, "unknown-member", ("/business/receivers",))


def test_without_original_or_reason_it_is_refused(sender: Api) -> None:
    unknown = send_form(sender, a_draft(to=["H38.61"], business=an_update()))
    assert Refusal.of(unknown) == Refusal(422, "unknown-original", ("/business/original",))
    sent_form(sender, to=["H38.61"])
    silent = send_form(sender, a_draft(to=["H38.61"], business={"type": "update"}))
    assert Refusal.of(silent) == Refusal(422, "business-reason-needed", ("/business/reason",))


def test_over_the_axis_the_dropped_lose_it_and_tell_and_the_added_have_it(
    home: Connected, away: Connected, sender: Api
) -> None:
    document = sent_form(sender, ("a.pdf", PDF), to=["H53.71", "H53.72"])["id"]
    carry(home, away)
    business = an_update(("H53.72", "dropped"), ("H53.73", "added"))
    update = sent_form(sender, ("a.pdf", CHANGED), to=["H53.71"], business=business)["id"]
    carry(home, away)
    theirs, updated = away.inbox(), away.inbox("update")
    dropped, added = away.gateway.client("H53.72"), away.gateway.client("H53.73")
    assert {one.status_code for one in content_answers(dropped, theirs)} == {410}
    assert {one.status_code for one in content_answers(dropped, updated)} == {410}
    assert content_answers(added, updated)[1].content == CHANGED
    assert standing(sender, document) == {"H53.71": "01", "H53.72": "15"}
    assert standing(sender, update) == {"H53.71": None, "H53.72": "15", "H53.73": "01"}
    assert seen(sender, document, "H53.72")["withdrawn"]["cause"] == "dropped"
    assert sorted(history(sender, update)) == [("H53.72", "15"), ("H53.73", "01")]


def test_the_packet_of_an_update_is_what_the_schema_wants(sender: Api, document: str) -> None:
    assert document
    business = an_update(("H38.62", "dropped"), ("H38.63", "added"))
    update = sent_form(sender, to=["H38.61"], business=business)["id"]
    packet = sender.get(f"/v1/documents/{update}/edxml").content
    assert faults_of_packet(packet) == []
    assert "<edXML:ReceiverType>0</edXML:ReceiverType>" in packet.decode()
