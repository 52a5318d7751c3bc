"""POST /v1/documents with a packet."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, func, select

from app.access.domain import Scope
from app.documents.tables import documents
from app.exchange.tables import outbox
from app.platform.storage.tables import blobs
from tests.builders import evidence_of
from tests.documents.packets import (
    DOCUMENT_ID,
    SAMPLE,
    STATUS,
    XML,
    Refusal,
    a_packet,
    a_revocation,
    history,
    send,
    sent,
    standing,
)
from tests.gateway import Api, Gateway

FROM = "/edXML/edXMLEnvelope/edXMLHeader/MessageHeader/From/OrganId"
SECOND = "/edXML/edXMLEnvelope/edXMLHeader/MessageHeader/To[2]/OrganId"


def kept(gateway: Gateway) -> tuple[int, int, int]:
    """Count documents, contents and messages owed."""

    def count(connection: Connection) -> tuple[int, int, int]:
        found = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (documents, blobs, outbox)
        ]
        return found[0], found[1], found[2]

    return gateway.transact(count)


def owed(gateway: Gateway) -> list[tuple[str, str, object]]:
    rows = gateway.transact(
        lambda connection: connection.execute(select(outbox).order_by(outbox.c.sequence)).all()
    )
    return [(row.topic, row.key, row.body["to"]) for row in rows]


def test_nobody_sends_without_a_token(gateway: Gateway) -> None:
    assert gateway.http.post("/v1/documents", content=SAMPLE, headers=XML).status_code == 401


def test_a_client_without_the_scope_is_refused(knowing: Gateway) -> None:
    reader = knowing.client("H38", Scope.READ_DOCUMENTS)
    assert Refusal.of(send(reader)).slug == "insufficient-scope"


def test_an_agency_sends_only_for_itself_and_those_below(
    gateway: Gateway, commune: Api, stranger: Api
) -> None:
    for api in (commune, stranger):
        assert Refusal.of(send(api)) == Refusal(403, "agency-not-yours", (FROM,))
    assert kept(gateway) == (0, 0, 0)


def test_a_key_is_needed(gateway: Gateway, sender: Api) -> None:
    answer = send(sender, key=" ")
    assert Refusal.of(answer).slug == "idempotency-key-required"
    assert kept(gateway) == (0, 0, 0)


@pytest.mark.parametrize(
    ("packet", "refusal"),
    [
        (a_packet("H38.61", "H38.99"), Refusal(422, "unknown-member", (SECOND,))),
        (a_packet("H38.61", "H02"), Refusal(422, "closed-member", (SECOND,))),
        (a_packet(OrganId="H38.98"), Refusal(422, "unknown-member", (FROM,))),
    ],
)
def test_an_unknown_party_leaves_nothing_but_its_evidence(
    gateway: Gateway, province: Api, packet: bytes, refusal: Refusal
) -> None:
    assert Refusal.of(send(province, packet)) == refusal
    assert kept(gateway) == (0, 0, 0)
    entries = evidence_of(gateway, "POST /v1/documents")
    assert [(entry.act, entry.outcome) for entry in entries] == [("documents:send", refusal.slug)]


def test_a_closed_recipient_is_answered_with_its_successor(province: Api) -> None:
    body = send(province, a_packet("H02")).json()
    assert (body["code"], body["successor"]) == ("H02", "H05")


@pytest.mark.parametrize(
    ("packet", "status", "slug"),
    [
        (b"not xml", 400, "edxml-not-xml"),
        (b'<!DOCTYPE edXML [<!ENTITY a "b">]>' + SAMPLE[39:], 400, "edxml-doctype"),
        (b"<other/>", 415, "edxml-unknown-root"),
        (SAMPLE.replace(b"UEsDBBQAAAAAAABA", b"*not base64*"), 422, "edxml-undecodable-attachment"),
        (a_packet(number="4\n2", DocumentId="x" * 201), 422, "edxml-wrong-document-id"),
        (STATUS, 422, "packet-is-status"),
    ],
)
def test_a_packet_that_cannot_be_taken_is_named(
    gateway: Gateway, sender: Api, packet: bytes, status: int, slug: str
) -> None:
    refusal = Refusal.of(send(sender, packet))
    assert (refusal.status, refusal.slug) == (status, slug)
    assert refusal.pointers
    assert kept(gateway) == (0, 0, 0)


def test_another_media_type_is_refused(sender: Api) -> None:
    answer = sender.post("/v1/documents", json={"from": "H38.12"})
    assert Refusal.of(answer).slug == "unsupported-media-type"


def test_the_sample_is_taken_unchanged_and_given_back_byte_for_byte(sender: Api) -> None:
    document = sent(sender)
    answer = sender.get(f"/v1/documents/{document['id']}/edxml")
    assert answer.content == SAMPLE
    assert answer.headers["content-length"] == str(len(SAMPLE))


def test_the_answer_says_what_was_sent_where(sender: Api) -> None:
    answer = send(sender)
    document = answer.json()
    assert answer.headers["location"] == f"/v1/documents/{document['id']}"
    assert document["document_id"] == DOCUMENT_ID
    assert document["from"]["code"] == "000.00.12.H38"
    assert document["from"]["member"] == "H38.12"
    assert [
        (one["code"], one["member"], one["route"], one["delivery"], one["status"])
        for one in document["recipients"]
    ] == [
        ("000.00.00.G22", "G22", "axis", "queued", None),
        ("000.00.71.H53", "H53.71", "axis", "queued", None),
    ]
    files = [(file["n"], file["name"], file["size"]) for file in document["attachments"]]
    assert files == [(1, "ghi-chu.txt", 53), (2, "42-SKTDL-VP.pdf", 125)]


@pytest.mark.parametrize(
    "kind", ["text/xml", "application/edxml+xml", "application/xml; charset=utf-8"]
)
def test_every_media_type_of_xml_is_read(sender: Api, kind: str) -> None:
    answer = sender.post("/v1/documents", content=SAMPLE, headers={"Content-Type": kind})
    assert answer.status_code == 201


def test_one_message_is_owed_for_all_recipients_beyond_us(gateway: Gateway, sender: Api) -> None:
    sent(sender, a_packet("000.00.00.G22", "000.00.61.H38", "000.00.71.H53"))
    key = f"document:H38.12|{DOCUMENT_ID}"
    assert owed(gateway) == [
        ("documents.packet", f"{key}|G22", ["000.00.00.G22"]),
        ("documents.packet", f"{key}|H53.71", ["000.00.71.H53"]),
    ]


def test_our_own_recipients_have_it_at_once_and_nothing_is_owed(
    gateway: Gateway, sender: Api, commune: Api
) -> None:
    document = sent(sender, a_packet("000.00.61.H38"))
    inbox = commune.get("/v1/documents/inbox").json()["items"]
    assert [one["id"] for one in inbox] == [document["id"]]
    assert document["recipients"][0]["route"] == "local"
    assert standing(sender, document["id"]) == {"000.00.61.H38": "01"}
    assert history(sender, document["id"]) == [("000.00.61.H38", "01")]
    assert owed(gateway) == []


def test_a_recipient_named_twice_is_reached_once(sender: Api) -> None:
    document = sent(sender, a_packet("000.00.61.H38", "H38.61"))
    assert [one["code"] for one in document["recipients"]] == ["000.00.61.H38"]


def test_a_renumbered_recipient_is_found_by_either_code(gateway: Gateway, sender: Api) -> None:
    document = sent(sender, a_packet("000.00.33.H38"))
    assert [one["member"] for one in document["recipients"]] == ["H38.45"]
    assert len(gateway.client("H38.45").get("/v1/documents/inbox").json()["items"]) == 1


def test_a_repeated_request_gets_the_first_answer(gateway: Gateway, sender: Api) -> None:
    first, second = send(sender, key="k-1"), send(sender, key="k-1")
    assert (second.status_code, second.content) == (201, first.content)
    assert kept(gateway)[0] == 1


def test_a_key_used_for_another_packet_is_refused(sender: Api) -> None:
    send(sender, key="k-1")
    answer = send(sender, a_packet(number="43"), key="k-1")
    assert Refusal.of(answer).slug == "idempotency-key-reused"


def test_the_same_document_again_is_the_first_one(gateway: Gateway, sender: Api) -> None:
    first = sent(sender)
    again = send(sender)
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert again.headers["location"] == f"/v1/documents/{first['id']}"
    assert (kept(gateway)[0], len(owed(gateway))) == (1, 2)


def test_another_document_of_the_same_id_is_refused_naming_both(
    gateway: Gateway, sender: Api
) -> None:
    first = sent(sender)
    answer = send(sender, a_packet(Subject="Một trích yếu khác"))
    assert Refusal.of(answer).slug == "duplicate-document"
    assert answer.json()["first_id"] == first["id"]
    assert answer.json()["document_id"] == DOCUMENT_ID
    assert kept(gateway)[0] == 1


def test_the_same_document_sent_eight_times_at_once_is_one(gateway: Gateway, sender: Api) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _n: send(sender), range(8)))
    assert {answer.json()["id"] for answer in answers} == {answers[0].json()["id"]}
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert (kept(gateway)[0], len(owed(gateway))) == (1, 2)


def test_a_revocation_follows_its_document_at_each_recipient(gateway: Gateway, sender: Api) -> None:
    first = sent(sender)
    revoking = sent(sender, a_revocation())
    assert revoking["business"] == "revoke"
    assert revoking["id"] != first["id"]
    keys = [key for _, key, _ in owed(gateway)]
    assert (len(keys), keys[:2]) == (4, keys[2:])


def test_sending_is_in_the_evidence_with_the_hash_of_the_body(
    gateway: Gateway, sender: Api
) -> None:
    document = sent(sender)
    (entry,) = evidence_of(gateway, f"document:{document['id']}")
    assert (entry.act, entry.outcome) == ("document.send", "done")
    assert entry.digest == document["packet_sha256"]
