"""The client's own reading, so that a scene means what it says."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest

from tests.wires import vxp_reactions as reactions
from tests.wires.vxp_kit import Kit
from tests.wires.vxp_reactions import NOTHING, Seen

OK = b'{"status":"OK","ErrorCode":"0","ErrorDesc":"Thanh cong"'


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (b'{"status":"FAIL","ErrorCode":"1","ErrorDesc":"x"}', NOTHING),
        (
            b'{"status":"FAIL","ErrorCode":7,"ErrorDesc":"x","DocId":0}',
            Seen("FAIL", "7", "x", doc_id="0"),
        ),
        (OK + b',"DocId":"a1"}', Seen("OK", "0", "Thanh cong", doc_id="a1")),
        (b"", NOTHING),
        (b"<html/>", NOTHING),
    ],
)
def test_a_send_is_read(body: bytes, seen: Seen) -> None:
    assert reactions.of_send(body) == seen


def test_accents_in_the_answer_to_a_send_are_lost() -> None:
    body = '{"status":"FAIL","ErrorCode":"1","ErrorDesc":"Lỗi","DocId":"0"}'.encode()
    assert reactions.of_send(body).error_desc == "L\N{REPLACEMENT CHARACTER}" + (
        "\N{REPLACEMENT CHARACTER}" * 2 + "i"
    )


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"[]", []),
        (b'[{"docId":"a"}]', [{"docId": "a"}]),
        (b'[{"docId":"a"},{"docId":"b","from":null}]', None),
        (b'[{"docId":["a","b"]}]', None),
        (b"null", None),
    ],
)
def test_one_null_loses_the_whole_list(data: bytes, rows: object) -> None:
    assert reactions.of_list(OK + b',"data":' + data + b"}").rows == rows


def test_a_page_instead_of_a_list_is_taken_for_no_documents() -> None:
    assert reactions.of_received_list(b"<html/>").rows == []
    assert reactions.of_received_list(b"") == NOTHING
    assert reactions.of_list(b"<html/>") == NOTHING


def test_a_null_in_the_envelope_leaves_everything_null() -> None:
    body = b'{"status":"OK","ErrorCode":"0","ErrorDesc":null,"data":[]}'
    assert reactions.of_list(body).status is None


def test_any_body_at_all_is_a_downloaded_file() -> None:
    assert reactions.of_download(b'{"status":"FAIL"}').file == b'{"status":"FAIL"}'
    assert reactions.of_download(b"") == Seen("FAIL", "100")


def test_a_count_may_be_a_text() -> None:
    assert reactions.of_count(OK + b',"count":"7"}').count == 7
    assert reactions.of_count(OK + b',"count":7}').count == 7


@pytest.fixture
def deaf() -> Iterator[str]:
    """A server that gives everybody the same answer, a page, and never a 100."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        while b"\r\n\r\n" not in connection.recv(65536):
                            pass
                        connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 7\r\n\r\n<html/>")

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def test_the_kit_signs_as_the_published_vector(deaf: str) -> None:
    with Kit(deaf, "000.00.00.H40", "loopback-secret") as kit:
        assert kit.get_agencies_list() == NOTHING
        assert kit.written[0].decode().splitlines()[:8] == [
            "POST /getAgenciesList HTTP/1.1",
            "XroadVnpt-systemid: 000.00.00.H40",
            "XroadVnpt-timestamp: 21112026T225657+0039",
            "XroadVnpt-Content-Type: application/json",
            "XroadVnpt-sign-header-key: systemid;timestamp;Content-Type",
            (
                'XroadVnpt-sign-header: {"XroadVnpt-systemid":"000.00.00.H40",'
                '"XroadVnpt-timestamp":"21112026T225657+0039",'
                '"XroadVnpt-Content-Type":"application/json"}'
            ),
            (
                "XroadVnpt-hash-header: "
                "e49b787c8dac5fca5ece0c4dc6fe4abe41673b92c1e2fa6f0726c05aeaff5d0c"
            ),
            "XroadVnpt-version: 3.0.201608",
        ]


def test_names_are_signed_in_the_order_in_which_they_came(deaf: str) -> None:
    with Kit(deaf, "x", "s") as kit:
        assert kit.get_received_edoc_list(servicetype="eDoc", messagetype="edoc").rows == []
        kit.update_status('{"docid": 0a-1, "status": done}')
        kit.get_edoc(docId="0b")
    keys = [
        line.partition(": ")[2]
        for written in kit.written
        for line in written.decode().splitlines()
        if line.startswith("XroadVnpt-sign-header-key")
    ]
    assert keys[0] == "systemid;servicetype;messagetype;timestamp;Content-Type"
    assert keys[2] == f"{keys[0]};docid;status;docId"
    assert b'"XroadVnpt-docid":"0a-1","XroadVnpt-status":"done"' in kit.written[1]
