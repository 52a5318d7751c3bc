"""Documents that are sent in one act are kept, owed and told as each alone would be."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select

from app.access.domain import Caller
from app.codes import AgencyCode
from app.documents.domain.documents import Document
from app.documents.tables import (
    attachments,
    checks,
    dealings,
    deliveries,
    document_links,
    document_symbols,
    documents,
    events,
    facts,
    recipients,
    shelves,
    words,
)
from app.documents.use_cases import sending
from app.documents.use_cases.consigning import Places, Sending
from app.documents.use_cases.packing import packed
from app.documents.use_cases.sending_together import Asked, send_together
from app.evidence.tables import evidence
from app.exchange.tables import outbox
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet
from app.exchange.vxp.edxml.reader import read
from app.platform.contents import Content
from app.platform.errors import ProblemError
from tests.documents.packets import a_packet, a_revocation
from tests.gateway import Gateway

BEYOND = ("000.00.00.G22", "H53.71")
_OF_DOCUMENT = (
    documents, recipients, attachments, words, shelves, facts, checks, dealings, deliveries,
    document_links, document_symbols, events,
)  # fmt: skip
_PASSING = {"message_id", "symbol"}
"""Columns that are another in each row."""


def asked(packet: bytes, member: str = "H38.12", speaking_for: str | None = None) -> Asked:
    """Return what a caller asks who sends a packet."""
    found = read(packet, limits=Limits())
    assert isinstance(found, Packet)
    raw = Content.of(packet)
    places = Places("/from", ("/to",) * len(found.recipients), "/id")
    wanted = Sending(packed(found, packet), places, raw.sha256, "H38")
    caller = Caller("test", AgencyCode(member), frozenset(), "request")
    return Asked(caller, wanted, None if speaking_for is None else AgencyCode(speaking_for))


def together(gateway: Gateway, *several: Asked) -> Sequence[Document | None]:
    return gateway.transact(send_together, gateway.clock, several)


def alone(gateway: Gateway, one: Asked) -> Document:
    sent = gateway.transact(sending.send, gateway.clock, one.caller, one.sending)
    return sent.document


def left(connection: Connection, document: Document) -> dict[str, list[str]]:
    """Return every row about a document, with what is its own written as `own`."""

    def rows(table: Table, *its: Any) -> list[str]:
        kept = [one for one in table.c if one.autoincrement is not True]
        found = connection.execute(select(*kept).where(*its)).mappings()
        return sorted(plain(dict(row), document) for row in found)

    return {
        **{
            one.name: rows(one, one.c["id" if one is documents else "document"] == document.id)
            for one in _OF_DOCUMENT
        },
        "evidence": rows(evidence, evidence.c.subject == document.subject_of_evidence),
        "outbox": rows(outbox, outbox.c.key.contains(str(document.document_id))),
    }


def plain(row: dict[str, Any], document: Document) -> str:
    text = repr({name: value for name, value in row.items() if name not in _PASSING})
    for own in (document.id, document.packet.sha256, document.content_sha256, document.number):
        text = text.replace(own, "own")
    return text


def test_what_is_sent_together_leaves_what_each_alone_leaves(knowing: Gateway) -> None:
    alike = [asked(a_packet(*BEYOND, number=str(number))) for number in (9171, 9172, 9173)]
    expected = knowing.transact(left, alone(knowing, alike[0]))
    assert {name for name, rows in expected.items() if not rows} == {
        "deliveries", "document_links", "document_events",
    }  # fmt: skip
    assert len(expected["outbox"]) == 2
    for document in together(knowing, *alike[1:]):
        assert document is not None
        assert knowing.transact(left, document) == expected


def test_those_that_nothing_hinders_go_though_others_have_to_go_alone(knowing: Gateway) -> None:
    known = asked(a_packet(*BEYOND, number="80"))
    alone(knowing, known)
    taken = asked(a_packet(*BEYOND, number="80", DocumentId="ma-khac"))
    answer = asked(a_packet(*BEYOND, number="81"))
    several = {
        "free": asked(a_packet(*BEYOND, number="82")),
        "known": known,
        "taken": taken,
        "ours": asked(a_packet("H38.61", number="83")),
        "stranger's": asked(a_packet(*BEYOND, number="84"), member="H53"),
        "nobody": asked(a_packet("G99", number="85")),
        "revocation": asked(a_revocation(*BEYOND)),
        "spoken for another": asked(a_packet(*BEYOND, number="86"), speaking_for="H53"),
        "spoken for its own": asked(a_packet(*BEYOND, number="87"), speaking_for="000.00.12.H38"),
        "twin": answer,
        "the other twin": answer,
    }
    found = dict(zip(several, together(knowing, *several.values()), strict=True))
    sent = {name for name, document in found.items() if document is not None}
    assert sent == {"free", "spoken for its own", "twin"}
    assert knowing.transact(numbers) == ["80", "81", "82", "87"]


def numbers(connection: Connection) -> list[str]:
    return sorted(connection.scalars(select(documents.c.number)))


def test_what_has_to_go_alone_is_told_why(knowing: Gateway) -> None:
    one = asked(a_packet("G99", number="85"))
    assert together(knowing, one) == [None]
    with pytest.raises(ProblemError):
        alone(knowing, one)


def test_a_document_that_was_named_before_it_came_goes_alone_and_is_tied(knowing: Gateway) -> None:
    naming = a_packet(*BEYOND, number="90").replace(b"<edXML:SteeringType>", _NAMING, 1)
    alone(knowing, asked(naming))
    named = asked(a_packet(*BEYOND))
    assert together(knowing, named) == [None]
    document = alone(knowing, named)
    assert knowing.transact(targets) == [document.id]


_NAMING = (
    b"<edXML:ResponseFor><edXML:OrganId>000.00.12.H38</edXML:OrganId><edXML:DocumentId>"
    b"000.00.12.H38,2026/03/02,42/SKTDL-VP</edXML:DocumentId></edXML:ResponseFor>"
    b"<edXML:SteeringType>"
)


def targets(connection: Connection) -> list[str | None]:
    return list(connection.scalars(select(document_links.c.target)))
