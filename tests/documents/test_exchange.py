"""Two provinces over the axis: documents there, statuses back."""

from datetime import timedelta

from mock_ngsp.faults import Fault
from mock_ngsp.vxp.deliveries import Transport
from tests.builders import evidence_of
from tests.documents.axis import Connected
from tests.documents.packets import (
    DOCUMENT_ID,
    SAMPLE,
    a_packet,
    history,
    report,
    sent,
    standing,
)
from tests.gateway import Api

SECOND = "000.00.71.H53"


def arrived(away: Connected) -> str:
    """Return the id of the only document in the inbox there."""
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    return str(item["id"])


def handed_over(home: Connected, away: Connected, sender: Api) -> tuple[str, str]:
    """Send the sample and have it arrive; return its id at both."""
    document = sent(sender)["id"]
    assert home.relay() == 1
    assert away.receive() == 1
    return document, arrived(away)


def told(home: Connected, away: Connected) -> None:
    """Carry what is owed both ways, until nothing is."""
    while home.relay() + away.relay() + home.receive() + away.receive():
        pass


def test_the_axis_gets_the_very_bytes_and_the_recipients_beyond_us(
    home: Connected, sender: Api
) -> None:
    sent(sender, a_packet("000.00.61.H38", SECOND))
    home.universe.settings = home.universe.settings.model_copy(update={"rewriting": "off"})
    home.relay()
    (delivery,) = home.universe.deliveries.about(DOCUMENT_ID)
    assert delivery.to == SECOND
    assert delivery.package.edxml == a_packet("000.00.61.H38", SECOND)


def test_the_transport_id_is_noted_with_every_recipient(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    home.relay()
    (first, _) = home.universe.deliveries.about(DOCUMENT_ID)
    found = sender.get(f"/v1/documents/{document}").json()["recipients"]
    assert [(one["delivery"], one["transport_id"]) for one in found] == [
        ("sent", first.package.doc_id)
    ] * 2


def test_a_failing_axis_leaves_the_document_owed_and_says_why(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    home.universe.faults.add(Fault("sendEdoc", 1, status=503))
    home.relay()
    (recipient, _) = sender.get(f"/v1/documents/{document}").json()["recipients"]
    assert (recipient["delivery"], recipient["delivery_reason"]) == ("queued", "http-503")
    home.gateway.clock.advance(timedelta(minutes=20))
    home.relay()
    (recipient, _) = sender.get(f"/v1/documents/{document}").json()["recipients"]
    assert (recipient["delivery"], recipient["delivery_reason"]) == ("sent", None)


def test_a_refusal_of_the_axis_is_shown(home: Connected, sender: Api) -> None:
    document = sent(sender, a_packet("000.00.00.G01"))["id"]
    home.relay()
    (recipient,) = sender.get(f"/v1/documents/{document}").json()["recipients"]
    assert recipient["delivery"] == "refused"
    assert recipient["delivery_reason"] == "1012: unknown-recipient"


def test_a_document_arrives_with_its_files(home: Connected, away: Connected, sender: Api) -> None:
    document, there = handed_over(home, away, sender)
    ours = sender.get(f"/v1/documents/{document}").json()
    theirs = away.gateway.client("H53.71").get(f"/v1/documents/{there}").json()
    assert [file["sha256"] for file in theirs["attachments"]] == [
        file["sha256"] for file in ours["attachments"]
    ]
    assert [(one["code"], one["route"], one["status"]) for one in theirs["recipients"]] == [
        (SECOND, "here", "01")
    ]
    assert away.waiting() == []
    (entry,) = evidence_of(away.gateway, f"document:{there}", member="H53")
    assert (entry.client_id, entry.act) == ("system:axis", "document.receive")


def test_what_arrived_is_kept_as_it_came(home: Connected, away: Connected, sender: Api) -> None:
    _, there = handed_over(home, away, sender)
    kept = away.gateway.client("H53").get(f"/v1/documents/{there}/edxml").content
    (delivery,) = [one for one in away.universe.deliveries.about(DOCUMENT_ID) if one.to == SECOND]
    assert kept == delivery.package.edxml != SAMPLE


def test_arrival_and_acceptance_come_back_to_the_sender(
    home: Connected, away: Connected, sender: Api
) -> None:
    document, there = handed_over(home, away, sender)
    told(home, away)
    assert standing(sender, document) == {"000.00.00.G22": None, SECOND: "01"}
    clerk = away.gateway.client("H53.71")
    away.gateway.clock.advance(timedelta(minutes=5))
    answer = report(clerk, there, "03", reason="Vào sổ số 118", staff="Văn thư")
    assert (answer.status_code, answer.json()["delivery"]) == (201, "queued")
    told(home, away)
    assert history(sender, document) == [(SECOND, "01"), (SECOND, "03")]
    last = sender.get(f"/v1/documents/{document}/statuses").json()["items"][-1]
    assert (last["reason"], last["staff"]) == ("Vào sổ số 118", "Văn thư")
    assert (last["source"], last["is_unexpected"]) == ("axis", False)
    mine = clerk.get(f"/v1/documents/{there}/statuses").json()["items"]
    assert [entry["delivery"] for entry in mine] == ["sent", "sent"]


def test_a_document_is_taken_back_across_the_axis(
    home: Connected, away: Connected, sender: Api
) -> None:
    document, there = handed_over(home, away, sender)
    told(home, away)
    home.gateway.clock.advance(timedelta(minutes=5))
    answer = report(sender, document, "13", reason="Gửi nhầm nơi nhận", recipient="H53.71")
    assert answer.status_code == 201, answer.text
    told(home, away)
    clerk = away.gateway.client("H53.71")
    assert standing(clerk, there) == {SECOND: "13"}
    home.gateway.clock.advance(timedelta(minutes=5))
    assert report(clerk, there, "15").status_code == 201
    told(home, away)
    assert standing(sender, document)[SECOND] == "15"


def test_a_document_that_comes_again_is_only_acknowledged(
    home: Connected, away: Connected, sender: Api
) -> None:
    handed_over(home, away, sender)
    (delivery,) = [one for one in away.universe.deliveries.about(DOCUMENT_ID) if one.to == SECOND]
    away.universe.deliveries.update(delivery, Transport.INITIAL, "", delivery.updated_at)
    assert away.receive() == 1
    assert away.waiting() == []
    assert history(away.gateway.client("H53"), arrived(away)) == [(SECOND, "01")]


def test_an_acknowledgement_that_is_lost_is_made_up_for(
    home: Connected, away: Connected, sender: Api
) -> None:
    sent(sender)
    home.relay()
    away.universe.faults.add(Fault("updateStatus", 1, status=500))
    assert away.receive() == 0
    assert away.receive() == 1
    assert history(away.gateway.client("H53"), arrived(away)) == [(SECOND, "01")]


def test_two_recipients_of_one_province_have_one_document(
    home: Connected, away: Connected, sender: Api
) -> None:
    sent(sender, a_packet("H53.71", "000.00.72.H53"))
    home.relay()
    assert away.receive() == 2
    found = history(away.gateway.client("H53"), arrived(away))
    assert found == [("H53.71", "01"), ("000.00.72.H53", "01")]


def test_while_another_worker_receives_this_one_does_not(
    home: Connected, away: Connected, sender: Api
) -> None:
    sent(sender)
    home.relay()

    async def released() -> None:
        await away.receiver("w-2").release()

    away.universe.faults.add(Fault("getEdoc", 1, status=500))
    assert away.receive("w-2") == 0
    assert away.receive("w-1") == 0
    away.run(released)
    assert away.receive("w-1") == 1
