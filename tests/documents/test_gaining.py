"""Whom an update gives a document owes what its first recipients owe, and is counted with them."""

from datetime import timedelta
from typing import Any

import pytest

from tests.documents.arrivals import bring
from tests.documents.axis import Connected, carry
from tests.documents.packets import PDF, a_case, a_packet, report, sent_form
from tests.gateway import Api, Gateway

ORIGINAL = "000.00.12.H38,2026/03/02,43/SKTDL-VP"


def an_update(*changes: tuple[str, str]) -> dict[str, Any]:
    receivers = [{"agency": agency, "change": change} for agency, change in changes]
    return a_case("update", original=ORIGINAL, receivers=receivers)


def owed(api: Api) -> list[tuple[str, str]]:
    """Return (document, kind) of what a client's unit has still to do by tomorrow."""
    found = api.get("/v1/documents/duties", params={"kind": "confirm"}).json()["items"]
    return [(one["document"], one["kind"]) for one in found]


def counted(api: Api, side: str) -> dict[str, int]:
    """Return the counts of one side, those that are not nil."""
    (row,) = api.get("/v1/documents/statistics").json()["items"]
    names = ("documents", "interlinked", "recipients", "refused", "finished")
    return {name: row[side][name] for name in names if row[side][name]}


@pytest.fixture
def document(sender: Api) -> str:
    """A document from H38.12 to H38.61 and H38.62."""
    return str(sent_form(sender, ("a.pdf", PDF), to=["H38.61", "H38.62"])["id"])


def test_who_is_added_has_to_confirm_and_is_counted(
    gateway: Gateway, sender: Api, document: str
) -> None:
    assert document
    update = sent_form(sender, to=["H38.61"], business=an_update(("H38.63", "added")))["id"]
    added = gateway.client("H38.63")
    assert owed(added) == [(update, "confirm")]
    assert counted(added, "received") == {"documents": 1, "recipients": 1}
    assert counted(sender, "sent") == {"documents": 1, "recipients": 3}
    duties = added.get(f"/v1/documents/{update}/duties").json()["recipients"]
    kinds = [(one["member"], [duty["kind"] for duty in one["duties"]]) for one in duties]
    assert kinds == [("H38.63", ["confirm"])]
    for code in ("03", "06"):
        assert report(added, update, code).status_code == 201
    assert owed(added) == []
    assert counted(added, "received") == {"documents": 1, "recipients": 1, "finished": 1}
    assert counted(sender, "sent") == {"documents": 1, "recipients": 3, "finished": 1}


def test_who_had_it_before_owes_nothing_twice(gateway: Gateway, sender: Api, document: str) -> None:
    business = an_update(("H38.61", "added"), ("H38.62", "dropped"))
    sent_form(sender, to=["H38.61"], business=business)
    assert owed(gateway.client("H38.61")) == [(document, "confirm")]
    assert owed(gateway.client("H38.62")) == []
    assert counted(gateway.client("H38.61"), "received") == {"documents": 1, "recipients": 1}


def test_who_was_dropped_and_is_added_again_begins_anew(
    gateway: Gateway, sender: Api, document: str
) -> None:
    assert document
    sent_form(sender, to=["H38.61"], business=an_update(("H38.62", "dropped")))
    again = sent_form(sender, to=["H38.61"], business=an_update(("H38.62", "added")))["id"]
    assert owed(gateway.client("H38.62")) == [(again, "confirm")]


def test_an_added_recipient_that_refuses_is_counted_with_the_document(
    gateway: Gateway, sender: Api, document: str
) -> None:
    assert document
    update = sent_form(sender, to=["H38.61"], business=an_update(("H38.63", "added")))["id"]
    report(gateway.client("H38.63"), update, "02", reason="Nhầm nơi nhận")
    assert owed(gateway.client("H38.63")) == []
    assert counted(sender, "sent") == {"documents": 1, "recipients": 3, "refused": 1}


def test_a_document_that_comes_after_its_update_is_owed_and_counted_once(away: Connected) -> None:
    changes = {"BussinessDocType": "2", "BussinessDocReason": "Cập nhật"}
    for packet in (a_packet("H53.73", **changes), a_packet("H53.73")):
        bring(away, packet, "H53.73")
        assert away.receive() == 1
    unit, update = away.gateway.client("H53.73"), away.inbox("update")
    assert owed(unit) == [(update, "confirm")]
    assert counted(unit, "received") == {"documents": 1, "interlinked": 1, "recipients": 1}
    assert report(unit, away.inbox(), "03").status_code == 201
    assert owed(unit) == []


def test_over_the_axis_both_sides_count_whom_an_update_adds(
    home: Connected, away: Connected, sender: Api
) -> None:
    sent_form(sender, to=["H38.61"])
    sent_form(sender, to=["H38.61"], business=an_update(("H53.73", "added")))
    carry(home, away)
    added = away.gateway.client("H53.73")
    update = away.inbox("update")
    assert owed(added) == [(update, "confirm")]
    assert counted(added, "received") == {"documents": 1, "interlinked": 1, "recipients": 1}
    report(added, update, "03")
    away.gateway.clock.advance(timedelta(minutes=1))
    report(added, update, "06")
    carry(home, away)
    expected = {"documents": 1, "interlinked": 1, "recipients": 2, "finished": 1}
    assert counted(sender, "sent") == expected
