"""Packets that come before the document they are about: the end is as if they had come after."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.documents.axis import Connected
from tests.documents.packets import (
    a_packet,
    a_revocation,
    content_answers,
    history,
    related,
    report,
    standing,
)
from tests.documents.test_receiving import bring

UNIT = "000.00.71.H53"
ORIGINAL = "000.00.12.H38,2026/03/02,42/SKTDL-VP"


def an_update(*, drops: bool = False) -> bytes:
    """Return the update of the sample that keeps its only recipient, or drops it."""
    receivers = (
        "<edXML:ReceiverList><edXML:Receiver><edXML:ReceiverType>0</edXML:ReceiverType>"
        f"<edXML:OrganId>{UNIT}</edXML:OrganId></edXML:Receiver></edXML:ReceiverList>"
    )
    text = a_packet(UNIT, BussinessDocType="2", BussinessDocReason="Cập nhật").decode()
    info = (
        f"<edXML:BussinessDocumentInfo>{receivers if drops else ''}</edXML:BussinessDocumentInfo>"
    )
    end = "</edXML:BussinessDocReason>"
    return text.replace(end, end + info).encode()


def a_replacement() -> bytes:
    listed = (
        f"<edXML:ReplacementInfoList><edXML:ReplacementInfo><edXML:DocumentId>{ORIGINAL}"
        f"</edXML:DocumentId><edXML:OrganIdList><edXML:OrganId>{UNIT}</edXML:OrganId>"
        "</edXML:OrganIdList></edXML:ReplacementInfo></edXML:ReplacementInfoList></edXML:Bussiness>"
    )
    changes = {"BussinessDocType": "3", "BussinessDocReason": "Thay thế"}
    text = a_packet(UNIT, number="45", **changes).decode()
    return text.replace("</edXML:Bussiness>", listed).encode()


LATER: dict[str, Callable[[], bytes]] = {
    "revoke": lambda: a_revocation(UNIT),
    "update": an_update,
    "replace": a_replacement,
}


def state(away: Connected, business: str) -> dict[str, Any]:
    """Return what the recipient has, in words that do not depend on the order."""
    api = away.gateway.client("H53.71")
    names = {away.inbox("new"): "new", away.inbox(business): business}
    found: dict[str, Any] = {}
    for number, name in names.items():
        one = api.get(f"/v1/documents/{number}").json()
        (place,) = one["recipients"]
        ties = sorted((relation, names.get(str(other))) for relation, other in related(api, number))
        found[name] = (place["status"], names.get(place["replaced_by"]), ties)
        found[f"{name} history"] = history(api, number)
    return found


@pytest.mark.parametrize("business", LATER)
def test_the_order_of_arrival_leaves_no_trace(away: Connected, business: str) -> None:
    bring(away, LATER[business](), UNIT)
    assert away.receive() == 1
    bring(away, a_packet(UNIT), UNIT)
    assert away.receive() == 1
    overtaken = state(away, business)
    relation = {"revoke": "revoked_by", "update": "updated_by", "replace": "replaced_by"}[business]
    inverse = {"revoke": "revokes", "update": "updates", "replace": "replaces"}[business]
    assert overtaken == {
        "new": ("01", "replace" if business == "replace" else None, [(relation, business)]),
        "new history": [(UNIT, "01")],
        business: ("01", None, [(inverse, "new")]),
        f"{business} history": [(UNIT, "01")],
    }


def test_a_document_that_comes_after_its_revocation_was_agreed_to_is_gone(
    away: Connected,
) -> None:
    bring(away, a_revocation(UNIT), UNIT)
    away.receive()
    api = away.gateway.client("H53.71")
    assert report(api, away.inbox("revoke"), "15").status_code == 201
    bring(away, a_packet(UNIT), UNIT)
    away.receive()
    assert {answer.status_code for answer in content_answers(api, away.inbox())} == {410}
    assert standing(api, away.inbox()) == {UNIT: "15"}


def test_a_document_that_comes_after_an_update_dropped_its_recipient_is_gone(
    away: Connected,
) -> None:
    bring(away, an_update(drops=True), UNIT)
    away.receive()
    bring(away, a_packet(UNIT), UNIT)
    away.receive()
    api = away.gateway.client("H53.71")
    (answer, _) = content_answers(api, away.inbox())
    assert (answer.status_code, answer.json()["cause"]) == (410, "dropped")
