"""What document software with the vendor's client inside does all day, against any axis.

Each scene is a function over a Target; it needs no empty inbox and leaves what it acknowledged.
"""

import re
from collections.abc import Callable

from lxml import etree

from tests.wires.vxp_directory import the_directory_is_read_and_a_unit_registered_and_deleted
from tests.wires.vxp_kit import Kit
from tests.wires.vxp_packets import Document, a_document, attached
from tests.wires.vxp_reactions import Json, Seen
from tests.wires.vxp_targets import Target, kit_of

ASKED = {"servicetype": "eDoc", "messagetype": "edoc"}
STATUSES = {"servicetype": "eDoc", "messagetype": "status"}
_SAFE = re.compile(r"[A-Za-z0-9._\-]+")


def sent(kit: Kit, document: Document, **given: str) -> str:
    """Send a document and return its DocId."""
    seen = kit.send_edoc(document.packet(), **{"from": document.sender}, **ASKED, **given)
    assert (seen.status, seen.error_code) == ("OK", "0"), seen
    assert _SAFE.fullmatch(seen.doc_id or ""), seen
    assert seen.doc_id not in ("0", None)
    return seen.doc_id


def inbox(kit: Kit, asked: dict[str, str] | None = None) -> dict[str, Json]:
    """What waits, by docId."""
    seen = kit.get_received_edoc_list(**asked or ASKED)
    assert (seen.status, seen.error_code) == ("OK", "0"), seen
    assert seen.rows is not None
    return {row["docId"]: row for row in seen.rows}


def arrived(kit: Kit, before: dict[str, Json], asked: dict[str, str] | None = None) -> list[str]:
    """The docIds that were not there before, oldest first."""
    return [doc_id for doc_id in inbox(kit, asked) if doc_id not in before]


def acknowledged(kit: Kit, doc_id: str, status: str = "done") -> None:
    """Set the transport state, with the id unquoted as callers have it."""
    seen = kit.update_status(f'{{"docid": {doc_id}, "status": "{status}"}}')
    assert (seen.status, seen.error_code) == ("OK", "0"), seen


def text_of(packet: bytes | None, name: str) -> str:
    """The first text of an element by its local name."""
    assert packet
    return etree.fromstring(packet).findtext(f".//{{*}}{name}", "")


def refused(seen: Seen) -> bool:
    """Whether the client is told no, in words it can print."""
    assert seen.error_code not in ("0", None), seen
    assert (seen.error_desc or "").isascii()
    return seen.status == "FAIL" and bool(seen.error_desc)


def a_document_is_sent_listed_fetched_and_acknowledged(target: Target) -> None:
    document = a_document(target.here.unit, target.there.unit)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        before = inbox(there)
        sender_id = sent(here, document)
        (doc_id,) = arrived(there, before)
        row = inbox(there)[doc_id]
        assert (row["from"], row["to"]) == (target.here.unit, target.there.unit)
        assert (row["messageType"], doc_id == sender_id) == ("edoc", False)
        fetched = there.get_edoc(docId=doc_id, filePath="C:/edoc").file
        assert text_of(fetched, "DocumentId") == document.document_id
        assert text_of(fetched, "ContentTransferEncoded").strip() == attached()
        assert there.download_edoc(docId=doc_id).file == fetched
        assert doc_id in inbox(there)
        acknowledged(there, doc_id)
        assert doc_id not in inbox(there)


def each_recipient_has_an_id_of_its_own(target: Target) -> None:
    document = a_document(target.here.unit, target.there.unit, target.there.second)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        before = inbox(there)
        sender_id = sent(here, document)
        ids = arrived(there, before)
        assert len({sender_id, *ids}) == 3
        assert {inbox(there)[doc_id]["to"] for doc_id in ids} == set(document.recipients)
        acknowledged(there, ids[0])
        rows = here.get_sent_edoc_list(docId=sender_id, **ASKED).rows
        assert rows is not None
        assert {row["receiverDocId"] for row in rows} == set(ids)
        assert {(row["senderDocId"], row["fromCode"]) for row in rows} == {
            (sender_id, target.here.unit)
        }
        assert {row["toCode"] for row in rows} == set(document.recipients)
        states = {row["receiverDocId"]: row.get("receiveStatus") for row in rows}
        assert (states[ids[0]], states[ids[1]] == "done") == ("done", False)
        acknowledged(there, ids[1])


def a_packet_is_sent_in_portions(target: Target) -> None:
    document = a_document(target.here.unit, target.there.unit, target.there.second)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        before, reached = inbox(there), []
        ids = set()
        for unit in (*document.recipients, document.recipients[0]):
            ids.add(sent(here, document, to=f'["{unit}"]'))
            reached.append([inbox(there)[doc_id]["to"] for doc_id in arrived(there, before)])
        first, second = document.recipients
        assert reached == [[first], [first, second], [first, second]]
        assert len(ids) == 1
        rows = here.get_sent_edoc_list(docId=ids.pop(), **ASKED).rows
        assert [row["toCode"] for row in rows or []] == [first, second]
        for doc_id in arrived(there, before):
            acknowledged(there, doc_id)


def a_status_goes_back_to_the_sender_without_a_to(target: Target) -> None:
    document = a_document(target.here.unit, target.there.unit)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        before = inbox(there)
        sent(here, document)
        (doc_id,) = arrived(there, before)
        acknowledged(there, doc_id)
        known = inbox(here, STATUSES)
        packet = document.status("03", target.there.unit)
        told = there.send_edoc(packet, **{"from": target.there.unit}, **STATUSES)
        assert (told.status, told.doc_id in ("", "0", None)) == ("OK", False), told
        (status_id,) = arrived(here, known, STATUSES)
        row = inbox(here, STATUSES)[status_id]
        assert (row["messageType"], row["to"]) == ("status", target.here.unit)
        assert status_id not in inbox(here)
        fetched = here.get_edoc(docId=status_id).file
        assert text_of(fetched, "StatusCode") == "03"
        assert text_of(fetched, "Description") == "Đã vào sổ"
        acknowledged(here, status_id)
        assert status_id not in inbox(here, STATUSES)


def counts_tell_documents_from_statuses(target: Target) -> None:
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        before = there.count_receive_edoc(**ASKED).count
        statuses = there.count_receive_status(**STATUSES).count
        assert before is not None
        known = inbox(there)
        sent(here, a_document(target.here.unit, target.there.unit))
        assert there.count_receive_edoc(**ASKED).count == before + 1
        assert there.count_receive_status(**STATUSES).count == statuses
        acknowledged(there, *arrived(there, known))
        assert there.count_receive_edoc(**ASKED).count == before


def a_failed_package_comes_again_and_can_be_reset(target: Target) -> None:
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        sent(here, a_document(target.here.unit, target.there.unit))
        (doc_id,) = arrived(there, known)
        for status in ("processing", "fail", "initial"):
            acknowledged(there, doc_id, status)
            assert doc_id in inbox(there)
        acknowledged(there, doc_id)


def refusals_are_told_so_that_the_client_survives_them(target: Target) -> None:
    document = a_document(target.stranger, target.there.unit)
    with kit_of(target, target.here) as kit:
        told = kit.send_edoc(document.packet(), **{"from": target.stranger}, **ASKED)
        assert refused(told)
        assert told.doc_id in ("0", "")
        assert "content-encoding" not in kit.heard[-1].headers
        for seen in (
            kit.get_edoc(docId="000000000000000000000000"),
            kit.update_status('{"docid": "000000000000000000000000", "status": "done"}'),
            kit.update_status('{"docid": "000000000000000000000000", "status": "danced"}'),
            kit.delete_agency(AgencyCode=target.stranger),
        ):
            assert refused(seen)
        nothing = kit.download_edoc(docId="000000000000000000000000")
        assert (nothing.file, nothing.error_code, kit.heard[-1].body) == (None, "100", b"")
        assert {heard.status for heard in kit.heard} == {200}


def a_packet_that_is_none_is_refused_with_a_doc_id(target: Target) -> None:
    with kit_of(target, target.here) as kit:
        for file in (b"", b"1212<?xml", a_document(target.here.unit).packet(), b"<edXML/>"):
            told = kit.send_edoc(file, **{"from": target.here.unit}, **ASKED)
            assert refused(told), file
            assert told.doc_id in ("0", "")


def another_secret_opens_nothing(target: Target) -> None:
    document = a_document(target.here.unit, target.there.unit)
    with kit_of(target, target.here, secret="another secret") as kit:
        told = kit.send_edoc(document.packet(), **{"from": target.here.unit}, **ASKED)
        assert refused(told)
        assert told.doc_id in ("0", "")
        lists = (
            kit.get_received_edoc_list,
            kit.get_sent_edoc_list,
            kit.count_receive_edoc,
            kit.count_receive_status,
        )
        for seen in [ask(**ASKED) for ask in lists]:
            assert refused(seen)
            assert not seen.rows
        assert refused(kit.get_agencies_list())
        assert kit.download_edoc(docId="x").file is None


def a_package_is_nobody_elses(target: Target) -> None:
    document = a_document(target.here.unit, target.there.unit)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        sent(here, document)
        (doc_id,) = arrived(there, known)
        assert refused(here.get_edoc(docId=doc_id))
        assert here.download_edoc(docId=doc_id).file is None
        assert refused(here.update_status(f'{{"docid": {doc_id}, "status": "done"}}'))
        assert doc_id in inbox(there)
        acknowledged(there, doc_id)


def a_body_waits_for_the_go_ahead_on_all_but_send_edoc(target: Target) -> None:
    with kit_of(target, target.here) as kit:
        kit.count_receive_edoc(**ASKED)
        kit.get_edoc(docId="none")
        kit.register_agency({"code": "a b", "name": "x"})
        assert [heard.continued for heard in kit.heard] == [True] * 3
        assert all(b"\r\nExpect: 100-continue\r\n" in request for request in kit.written)
        kit.get_received_edoc_list(**ASKED)
        assert (kit.heard[-1].continued, b"Expect" in kit.written[-1]) == (False, False)


def connections_that_are_never_closed_are_held(target: Target) -> None:
    with kit_of(target, target.there) as kit:
        for _ in range(150):
            assert kit.count_receive_edoc(**ASKED).count is not None
        assert {heard.headers.get("connection", "") for heard in kit.heard} <= {"", "keep-alive"}


def every_address_leads_to_the_same_store(target: Target) -> None:
    for base in range(len(target.bases)):
        with (
            kit_of(target, target.there, base=-1 - base) as there,
            kit_of(target, target.here, base=base) as here,
        ):
            known = inbox(there)
            sent(here, a_document(target.here.unit, target.there.unit))
            acknowledged(there, *arrived(there, known))


def lists_are_cut_by_dates(target: Target) -> None:
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        sender_id = sent(here, a_document(target.here.unit, target.there.unit))
        (doc_id,) = arrived(there, known)
        past = {"fromDate": "01/01/2020 00:00:00", "toDate": "02/01/2020 00:00:00"}
        assert inbox(there, ASKED | past) == {}
        assert here.get_sent_edoc_list(docId=sender_id, **ASKED | past).rows == []
        wide = {"fromDate": "01/01/2020 00:00:00", "toDate": "01/01/2099 00:00:00"}
        assert doc_id in inbox(there, ASKED | wide)
        acknowledged(there, doc_id)


def a_to_header_that_is_left_over_or_wrong_adds_nobody(target: Target) -> None:
    document = a_document(target.here.unit, target.there.unit)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        for wrong in (target.stranger, target.there.second):
            asked = ASKED | {
                "from": document.sender,
                "to": f'["{document.recipients[0]}","{wrong}"]',
            }
            assert refused(here.send_edoc(document.packet(), **asked))
        assert arrived(there, known) == []
        sent(here, document, to=target.there.second)
        (doc_id,) = arrived(there, known)
        assert inbox(there)[doc_id]["to"] == target.there.unit
        acknowledged(there, doc_id)


SCENES: tuple[Callable[[Target], None], ...] = (
    a_document_is_sent_listed_fetched_and_acknowledged,
    each_recipient_has_an_id_of_its_own,
    a_packet_is_sent_in_portions,
    a_to_header_that_is_left_over_or_wrong_adds_nobody,
    a_status_goes_back_to_the_sender_without_a_to,
    counts_tell_documents_from_statuses,
    a_failed_package_comes_again_and_can_be_reset,
    the_directory_is_read_and_a_unit_registered_and_deleted,
    refusals_are_told_so_that_the_client_survives_them,
    a_packet_that_is_none_is_refused_with_a_doc_id,
    another_secret_opens_nothing,
    a_package_is_nobody_elses,
    a_body_waits_for_the_go_ahead_on_all_but_send_edoc,
    connections_that_are_never_closed_are_held,
    every_address_leads_to_the_same_store,
    lists_are_cut_by_dates,
)
