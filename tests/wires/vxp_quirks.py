"""The seven quirks of the vendor's client (vxp.md §1.3), each as it shows against an axis."""

from collections.abc import Callable

from tests.wires.vxp_kit import unpadded
from tests.wires.vxp_packets import a_document
from tests.wires.vxp_scenes import ASKED, acknowledged, arrived, inbox, refused, sent, text_of
from tests.wires.vxp_targets import Target, kit_of


def headers_of_earlier_calls_say_nothing(target: Target) -> None:
    """Quirk 1: `status: done`, `from`, `hash-file` and `docId` stand in every later call."""
    with kit_of(target, target.here) as kit, kit_of(target, target.there) as there:
        known = inbox(kit)
        back = a_document(target.there.unit, target.here.unit)
        sent(there, back)
        sent(kit, a_document(target.here.unit, target.there.unit))
        (doc_id,) = arrived(kit, known)
        assert kit.get_edoc(docId=doc_id, filePath="C:/edoc").file
        acknowledged(kit, doc_id)
        left = {"status", "docid", "docId", "filePath", "hash-file", "from"}
        assert left <= kit.headers.keys()
        again = a_document(target.there.unit, target.here.unit)
        sent(there, again)
        (second,) = arrived(kit, known)
        assert b"\r\nXroadVnpt-status: done\r\n" in kit.written[-1]
        assert kit.get_sent_edoc_list(**ASKED).rows
        assert f"\r\nXroadVnpt-docId: {doc_id}\r\n".encode() in kit.written[-1]
        assert kit.count_receive_edoc(**ASKED).count
        assert kit.get_agencies_list().rows
        acknowledged(kit, second)


def both_spellings_of_doc_id_keep_their_own_values(target: Target) -> None:
    """Quirk 2: from the second document on, `docId` is new and `docid` the one before."""
    documents = [a_document(target.here.unit, target.there.unit) for _ in range(3)]
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        for document in documents:
            sent(here, document)
        ids = arrived(there, known)
        for doc_id, document in zip(ids, documents, strict=True):
            fetched = there.get_edoc(docId=doc_id, filePath="C:/edoc").file
            assert text_of(fetched, "DocumentId") == document.document_id
            assert text_of(there.download_edoc(docId=doc_id).file, "DocumentId") == (
                document.document_id
            )
            acknowledged(there, doc_id)
        last = there.written[-2]
        assert f"\r\nXroadVnpt-docId: {ids[2]}\r\n".encode() in last
        assert f"\r\nXroadVnpt-docid: {ids[1]}\r\n".encode() in last
        assert not set(ids) & inbox(there).keys()
        reply = a_document(target.there.unit, target.here.unit)
        theirs = inbox(here)
        sent(there, reply)
        assert there.written[-1].lower().count(b"\r\nxroadvnpt-docid: ") == 1
        acknowledged(here, *arrived(here, theirs))


def a_hash_without_its_leading_zeros_is_taken(target: Target) -> None:
    """Quirk 3."""
    documents = (a_document(target.here.unit, target.there.unit) for _ in range(500))
    document = next(one for one in documents if len(unpadded(one.packet())) < 64)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        sent(here, document)
        assert len(here.headers["hash-file"]) < 64
        acknowledged(there, *arrived(there, known))


def the_line_end_behind_a_file_is_no_part_of_it(target: Target) -> None:
    """Quirk 4: the body is two bytes longer than the file, and no multipart."""
    document = a_document(target.here.unit, target.there.unit)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        sent(here, document)
        length = f"\r\nContent-Length: {len(document.packet()) + 2}\r\n".encode()
        assert length in here.written[-1]
        assert here.written[-1].endswith(b"</edXML>\r\n")
        acknowledged(there, *arrived(there, known))


def letters_outside_ascii_break_the_signature(target: Target) -> None:
    """Quirk 5: what was signed is not what arrives."""
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        sent(here, a_document(target.here.unit, target.there.unit))
        (doc_id,) = arrived(there, known)
        told = there.update_status(
            f'{{"docid": "{doc_id}", "status": "fail", "description": "Lỗi"}}'
        )
        assert b"L?i" in there.written[-1]
        assert refused(told)
        del there.headers["description"]
        acknowledged(there, doc_id)


def an_unquoted_id_is_a_text_like_any_other(target: Target) -> None:
    """Quirk 6: on the wire it is a plain string, whatever the caller's JSON looked like."""
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        sent(here, a_document(target.here.unit, target.there.unit))
        (doc_id,) = arrived(there, known)
        there.update_status(f'{{"docid": {doc_id}, "status": done}}')
        assert f'"XroadVnpt-docid":"{doc_id}"'.encode() in there.written[-1]
        assert doc_id not in inbox(there)


def a_to_header_names_the_recipients_and_says_nothing_to_a_list(target: Target) -> None:
    """Quirk 7: a JSON array on sendEdoc, usually absent; a bare code on lists."""
    document = a_document(target.here.unit, target.there.unit, target.there.second)
    with kit_of(target, target.there) as there, kit_of(target, target.here) as here:
        known = inbox(there)
        sent(here, document, to=f'["{target.there.second}"]')
        asked = ASKED | {"to": target.there.unit, "pageSize": "1000", "pageIndex": "1"}
        (doc_id,) = arrived(there, known, asked)
        assert inbox(there)[doc_id]["to"] == target.there.second
        acknowledged(there, doc_id)


QUIRKS: tuple[Callable[[Target], None], ...] = (
    headers_of_earlier_calls_say_nothing,
    both_spellings_of_doc_id_keep_their_own_values,
    a_hash_without_its_leading_zeros_is_taken,
    the_line_end_behind_a_file_is_no_part_of_it,
    letters_outside_ascii_break_the_signature,
    an_unquoted_id_is_a_text_like_any_other,
    a_to_header_names_the_recipients_and_says_nothing_to_a_list,
)
