"""sendEdoc: who may send what to whom."""

import json
from datetime import timedelta
from typing import Literal

import pytest
from starlette.testclient import TestClient

from mock_ngsp.settings import Settings
from mock_ngsp.systems import System
from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import (
    DOCUMENT,
    DOCUMENT_ID,
    G22,
    H38,
    H53,
    STATUS,
    AxisCaller,
    nation,
)


def test_every_refusal_carries_a_doc_id(client: TestClient) -> None:
    assert client.post("/sendEdoc", content=DOCUMENT).json()["DocId"] == "0"


@pytest.mark.parametrize("name", ["from_", "servicetype", "messagetype", "hash_file"])
def test_a_missing_parameter_is_refused_by_its_name(h38: AxisCaller, name: str) -> None:
    answer = h38.send(**{name: ""})
    assert answer["ErrorCode"] == "1032"
    assert name.rstrip("_").replace("_", "-") in answer["ErrorDesc"]


def test_a_sender_of_another_member_is_refused_in_the_axis_own_words(h53: AxisCaller) -> None:
    answer = h53.send(from_="000.00.12.H38")
    assert answer["ErrorCode"] == "1010"
    assert answer["ErrorDesc"] == (f"Don vi gui 000.00.12.H38 khong dung voi ma da dang ky: {H53}")


def test_a_packet_of_another_member_is_refused_whatever_the_header_says(h53: AxisCaller) -> None:
    assert h53.send()["ErrorCode"] == "1010"


def test_another_hash_is_refused(h38: AxisCaller) -> None:
    assert h38.send(hash_file="0" * 64)["ErrorCode"] == "1011"


def test_a_recipient_no_system_serves_is_refused_by_its_name(
    client: TestClient, h38: AxisCaller, h53: AxisCaller
) -> None:
    answer = h38.send(DOCUMENT.replace(b"000.00.00.G22", b"000.00.00.H02"))
    assert answer == {
        "status": "FAIL",
        "ErrorCode": "1012",
        "ErrorDesc": "Don vi nhan khong co he thong ket noi: 000.00.00.H02",
        "DocId": "0",
    }
    assert h53.inbox() == []
    assert client.get("/_axis/v1/deliveries").json()["items"] == []


@pytest.mark.parametrize(
    "to", ["[]", '[""]', "[1]", "[", '["a b"]', '["H53.71","H53.12"]', "[" * 5_000]
)
def test_an_unreadable_list_of_recipients_is_refused(h38: AxisCaller, to: str) -> None:
    assert h38.send(to=to)["ErrorCode"] == "1013"


@pytest.mark.parametrize(("file", "kind"), [(DOCUMENT, "status"), (STATUS, "edoc")])
def test_a_message_type_that_contradicts_the_packet_is_refused(
    client: TestClient, file: bytes, kind: str
) -> None:
    sender = AxisCaller(client, H38 if file is DOCUMENT else H53)
    assert sender.send(file, messagetype=kind)["ErrorCode"] == "1025"


def test_each_recipient_gets_the_packet_under_an_id_of_its_own(
    h38: AxisCaller, h53: AxisCaller, g22: AxisCaller
) -> None:
    sent = h38.send()
    (at_h53,), (at_g22,) = h53.inbox(), g22.inbox()
    assert (at_h53["to"], at_g22["to"]) == ("000.00.71.H53", "000.00.00.G22")
    assert at_h53["from"] == "000.00.12.H38"
    assert len({sent["DocId"], at_h53["docId"], at_g22["docId"]}) == 3
    assert h53.fetch(at_h53["docId"]) == g22.fetch(at_g22["docId"])
    assert h38.inbox() == []


def test_the_header_names_the_recipients_when_present(
    h38: AxisCaller, h53: AxisCaller, g22: AxisCaller
) -> None:
    assert h38.send(to='["H53.71"]')["status"] == "OK"
    assert (len(h53.inbox()), g22.inbox()) == (1, [])


@pytest.mark.parametrize(("bare_to", "reached"), [("ignore", (1, 1)), ("take", (1, 0))])
def test_a_bare_code_is_left_over_unless_it_is_to_be_taken(
    bare_to: Literal["ignore", "take"], reached: tuple[int, int]
) -> None:
    client = nation(Universe(Settings(bare_to=bare_to)))
    assert AxisCaller(client, H38).send(to="000.00.71.H53")["status"] == "OK"
    assert tuple(len(AxisCaller(client, one).inbox()) for one in (H53, G22)) == reached


def test_who_is_not_in_the_packet_gets_it_where_that_is_set() -> None:
    client = nation(Universe(Settings(to_strangers="deliver")))
    assert AxisCaller(client, H38).send(to='["H53.12"]')["status"] == "OK"
    assert [item["to"] for item in AxisCaller(client, H53).inbox()] == ["H53.12"]


def test_whom_an_update_adds_or_drops_may_be_named(h38: AxisCaller, h53: AxisCaller) -> None:
    receivers = b"".join(
        b"<edXML:Receiver><edXML:ReceiverType>%d</edXML:ReceiverType>"
        b"<edXML:OrganId>%b</edXML:OrganId></edXML:Receiver>" % (n, code)
        for n, code in enumerate((b"H53.13", b"H53.12"))
    )
    info = (
        b"<edXML:BussinessDocumentInfo><edXML:ReceiverList>%b</edXML:ReceiverList>"
        b"</edXML:BussinessDocumentInfo></edXML:Bussiness>" % receivers
    )
    update = DOCUMENT.replace(b"</edXML:Bussiness>", info)
    assert h38.send(update, to='["H53.71","H53.12","H53.13"]')["status"] == "OK"
    assert [item["to"] for item in h53.inbox()] == ["H53.71", "H53.12", "H53.13"]


def test_one_unit_in_two_spellings_is_one_recipient(h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send(to=json.dumps(["H53.71", "000.00.71.H53"]))
    assert len(h53.inbox()) == 1


def test_the_nearest_system_receives(universe: Universe, client: TestClient) -> None:
    universe.systems.put(System("own-71", "secret", "H53.71"))
    AxisCaller(client, H38).send()
    assert AxisCaller(client, H53).inbox() == []
    assert len(AxisCaller(client, "own-71", "secret").inbox()) == 1


def test_a_status_goes_to_the_party_it_answers_whatever_the_header_says(
    h38: AxisCaller, h53: AxisCaller
) -> None:
    assert h53.send(STATUS, to='["000.00.00.G22"]')["status"] == "OK"
    (item,) = h38.inbox("status")
    assert (item["messageType"], item["to"]) == ("status", "000.00.12.H38")
    assert h38.inbox("edoc") == []


def test_the_same_file_again_keeps_its_first_id_and_reaches_nobody_twice(
    h38: AxisCaller, h53: AxisCaller
) -> None:
    first = h38.send()["DocId"]
    (item,) = h53.inbox()
    h53.call("updateStatus", b"{}", docid=item["docId"], status="done")
    assert h38.send()["DocId"] == first
    assert h53.inbox() == []


def test_the_same_file_to_one_more_recipient_reaches_that_one(
    h38: AxisCaller, h53: AxisCaller, g22: AxisCaller
) -> None:
    first = h38.send(to='["000.00.71.H53"]')["DocId"]
    assert h38.send(to='["000.00.71.H53","000.00.00.G22"]')["DocId"] == first
    assert (len(h53.inbox()), len(g22.inbox())) == (1, 1)


def test_a_repeat_after_the_window_is_a_new_package(
    universe: Universe, h38: AxisCaller, h53: AxisCaller
) -> None:
    first = h38.send()["DocId"]
    universe.clock.advance(universe.settings.dedupe_window)
    assert h38.send()["DocId"] != first
    assert len(h53.inbox()) == 2


def test_without_a_window_nothing_is_a_repeat() -> None:
    client = nation(Universe(Settings(dedupe_window=timedelta(0), doc_id_form="uuid")))
    sender = AxisCaller(client, H38)
    ids = {sender.send()["DocId"] for _ in range(2)}
    assert len(ids) == 2
    assert {len(doc_id) for doc_id in ids} == {36}


def test_the_same_operations_stand_at_the_root(client: TestClient) -> None:
    assert AxisCaller(client, H38, base="/").send()["status"] == "OK"
    (item,) = AxisCaller(client, G22, base="/").inbox()
    assert item["messageType"] == "edoc"


def test_the_control_api_shows_each_delivery(client: TestClient, h38: AxisCaller) -> None:
    doc_id = h38.send()["DocId"]
    query = {"member": "H53", "document_id": DOCUMENT_ID}
    (row,) = client.get("/_axis/v1/deliveries", params=query).json()["items"]
    assert row["senderDocId"] == doc_id
    assert (row["from"], row["to"]) == ("000.00.12.H38", "000.00.71.H53")
    assert (row["messageType"], row["status"]) == ("edoc", "initial")
    assert row["DocumentId"] == DOCUMENT_ID
