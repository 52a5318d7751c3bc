"""Thay thế and trả lời: a document that takes another's place, and one that answers another."""

from typing import Any

from tests.documents.axis import Connected, carry
from tests.documents.packets import (
    Refusal,
    a_case,
    a_draft,
    related,
    seen,
    send_form,
    sent_form,
)
from tests.gateway import Api, Gateway

ORIGINAL = "000.00.12.H38,2026/03/02,43/SKTDL-VP"


def a_replacement(*recipients: str, of: str = ORIGINAL) -> dict[str, Any]:
    return a_case("replace", replaced=[{"document_id": of, "recipients": list(recipients)}])


def test_a_document_is_replaced_for_those_recipients_only(
    gateway: Gateway, sender: Api, commune: Api
) -> None:
    old = sent_form(sender, to=["H38.61", "H38.62"])["id"]
    new = sent_form(sender, to=["H38.61"], number="44", business=a_replacement("H38.61"))["id"]
    assert [seen(sender, old, code)["replaced_by"] for code in ("H38.61", "H38.62")] == [new, None]
    assert related(commune, old) == [("replaced_by", new)]
    assert related(sender, new) == [("replaces", old)]
    assert related(gateway.client("H38.62"), old) == []


def test_without_recipients_it_is_replaced_for_all_that_get_the_new_one(sender: Api) -> None:
    old = sent_form(sender, to=["H38.61", "H38.62"])["id"]
    new = sent_form(sender, to=["H38.61"], number="44", business=a_replacement())["id"]
    assert [seen(sender, old, code)["replaced_by"] for code in ("H38.61", "H38.62")] == [new, None]


def test_a_replacement_of_nothing_or_for_a_stranger_is_refused(sender: Api) -> None:
    def refused(business: dict[str, Any]) -> Refusal:
        return Refusal.of(send_form(sender, a_draft(to=["H38.61"], number="44", business=business)))

    place = ("/business/replaced",)
    assert refused(a_case("replace")) == Refusal(422, "original-needed", place)
    assert refused(a_replacement()) == Refusal(422, "unknown-original", place)
    sent_form(sender, to=["H38.61"])
    assert refused(a_replacement("H38.62")) == Refusal(422, "not-its-recipient", place)


def test_over_the_axis_both_sides_see_what_is_replaced(
    home: Connected, away: Connected, sender: Api
) -> None:
    sent_form(sender, to=["H53.71", "H53.72"])
    carry(home, away)
    old = away.inbox()
    sent_form(sender, to=["H53.71"], number="44", business=a_replacement("H53.71"))
    carry(home, away)
    new = away.inbox("replace")
    clerk, other = away.gateway.client("H53.71"), away.gateway.client("H53.72")
    assert seen(clerk, old, "H53.71")["replaced_by"] == new
    assert seen(other, old, "H53.72")["replaced_by"] is None


def test_a_reply_between_our_own_members_ties_both(sender: Api, commune: Api) -> None:
    first = sent_form(sender, to=["H38.61"])["id"]
    reference = {"agency": "H38.12", "document_id": ORIGINAL}
    draft = a_draft(**{"from": "H38.61"}, to=["H38.12"], response_for=[reference])
    reply = send_form(commune, draft).json()["id"]
    assert related(sender, first) == related(commune, first) == [("answered_by", reply)]
    assert related(sender, reply) == related(commune, reply) == [("answers", first)]


def test_a_reply_over_the_axis_is_tied_at_both_ends(
    home: Connected, away: Connected, sender: Api
) -> None:
    first = sent_form(sender, to=["000.00.71.H53"])["id"]
    carry(home, away)
    clerk = away.gateway.client("H53.71")
    there = away.inbox()
    dashed = "000.00.12.H38,2026-03-02,43/SKTDL-VP"
    reference = {"agency": "000.00.12.H38", "document_id": dashed}
    draft = a_draft(**{"from": "000.00.71.H53"}, to=["000.00.12.H38"], response_for=[reference])
    reply = send_form(clerk, draft).json()["id"]
    carry(home, away)
    assert related(clerk, there) == [("answered_by", reply)]
    assert related(sender, first) == [("answered_by", home.inbox())]
    assert related(sender, home.inbox()) == [("answers", first)]


def test_a_document_that_is_not_here_is_named_all_the_same(sender: Api) -> None:
    reference = {"agency": "000.00.00.G22", "document_id": "000.00.00.G22,2026/01/02,1/VPCP"}
    document = sent_form(sender, to=["H38.61"], response_for=[reference])["id"]
    found = sender.get(f"/v1/documents/{document}").json()["related"]
    assert found == [
        {
            "relation": "answers",
            "id": None,
            "document_id": "000.00.00.G22,2026/01/02,1/VPCP",
            "recipient": None,
        }
    ]


def test_a_reply_that_came_before_what_it_answers_is_tied_when_that_comes(
    home: Connected, away: Connected, sender: Api
) -> None:
    reference = {"agency": "000.00.71.H53", "document_id": "ma-rieng"}
    early = sent_form(sender, to=["000.00.71.H53"], response_for=[reference])["id"]
    clerk = away.gateway.client("H53.71")
    draft = a_draft(**{"from": "000.00.71.H53"}, to=["000.00.12.H38"], document_id="ma-rieng")
    assert send_form(clerk, draft).status_code == 201
    carry(home, away)
    assert related(sender, early) == [("answers", home.inbox())]
    assert related(sender, home.inbox()) == [("answered_by", early)]
