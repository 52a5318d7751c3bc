"""Lists, packages and transport states."""

import pytest
from starlette.testclient import TestClient

from mock_ngsp.clock import edxml_time
from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import DOCUMENT, H38, H53, STATUS, AxisCaller, nation


def other(number: int) -> bytes:
    return DOCUMENT.replace(b"42/SKTDL", b"%d/SKTDL" % number)


def test_somebody_elses_package_is_refused(
    h38: AxisCaller, h53: AxisCaller, g22: AxisCaller
) -> None:
    h38.send()
    (item,) = h53.inbox()
    for stranger in (g22, h38):
        assert stranger.call("getEdoc", b"{}", docId=item["docId"])["ErrorCode"] == "1030"
        answer = stranger.call("updateStatus", b"{}", docid=item["docId"], status="done")
        assert answer["ErrorCode"] == "1030"
    assert len(h53.inbox()) == 1


def test_a_failed_download_has_an_empty_body(h53: AxisCaller) -> None:
    answer = h53.request("downloadEdoc", docId="none")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("status", ["", "acceptance", "DONE"])
def test_an_unknown_state_is_refused(h38: AxisCaller, h53: AxisCaller, status: str) -> None:
    h38.send()
    doc_id = h53.inbox()[0]["docId"]
    answer = h53.call("updateStatus", b"{}", docid=doc_id, status=status)
    assert answer["ErrorCode"] == "1031"


@pytest.mark.parametrize("name", ["fromDate", "toDate"])
def test_a_date_of_another_form_is_refused(h53: AxisCaller, name: str) -> None:
    answer = h53.call("getReceivedEdocList", **{name: "2026-01-01"})
    assert (answer["ErrorCode"], name in answer["ErrorDesc"]) == ("1032", True)


def test_an_empty_list_is_a_list(h53: AxisCaller) -> None:
    for operation in ("getReceivedEdocList", "getSentEdocList"):
        assert h53.call(operation) == {
            "status": "OK",
            "ErrorCode": "0",
            "ErrorDesc": "Thanh cong",
            "data": [],
        }


def test_a_list_never_holds_null(h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send()
    assert "status_desc" not in h53.inbox()[0]
    raw = h38.request("getSentEdocList").text + h53.request("getReceivedEdocList").text
    assert "null" not in raw


def test_fetching_leaves_the_package_listed_and_done_removes_it(
    h38: AxisCaller, h53: AxisCaller
) -> None:
    h38.send()
    doc_id = h53.inbox()[0]["docId"]
    h53.fetch(doc_id)
    assert len(h53.inbox()) == 1
    assert h53.call("updateStatus", b"{}", docid=doc_id, status="done")["status"] == "OK"
    assert h53.inbox() == []
    assert b"SKTDL" in h53.fetch(doc_id)


def test_download_and_get_give_the_same_bytes(h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send()
    doc_id = h53.inbox()[0]["docId"]
    assert h53.request("downloadEdoc", docId=doc_id).content == h53.fetch(doc_id)


def test_a_failed_package_stays_listed_for_a_while_and_initial_brings_it_back(
    universe: Universe, h38: AxisCaller, h53: AxisCaller
) -> None:
    h38.send()
    doc_id = h53.inbox()[0]["docId"]
    for _ in range(universe.settings.relist_after_fail):
        h53.call("updateStatus", b"{}", docid=doc_id, status="fail", description="Loi")
        (item,) = h53.inbox()
        assert (item["status"], item["status_desc"]) == ("fail", "Loi")
    h53.call("updateStatus", b"{}", docid=doc_id, status="fail")
    assert h53.inbox() == []
    h53.call("updateStatus", b"{}", docid=doc_id, status="initial")
    assert h53.inbox()[0]["status"] == "initial"


def test_left_over_headers_say_nothing_to_a_list(h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send()
    h53.left_over = {
        "from": H53,
        "to": '["000.00.00.G22"]',
        "status": "done",
        "hash-file": "ab",
        "docId": "old",
        "filePath": "C:/edoc",
    }
    assert len(h53.inbox()) == 1


def test_get_prefers_one_spelling_and_update_the_other(h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send(other(1))
    h38.send(other(2))
    first, second = (item["docId"] for item in h53.inbox())
    both = {"docid": first, "docId": second}
    fetched = h53.request("downloadEdoc", **both).content
    assert b"2/SKTDL-VP" in fetched
    h53.call("updateStatus", b"{}", status="done", **both)
    assert [item["docId"] for item in h53.inbox()] == [second]


def test_each_spelling_works_alone(h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send()
    doc_id = h53.inbox()[0]["docId"]
    assert h53.call("getEdoc", b"{}", docid=doc_id)["status"] == "OK"
    assert h53.call("updateStatus", b"{}", docId=doc_id, status="processing")["status"] == "OK"
    assert h53.inbox()[0]["status"] == "processing"


def test_lists_are_cut_by_date(universe: Universe, h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send()
    year, month, day = edxml_time(universe.clock.now()).split()[0].split("/")
    later = f"{day}/{month}/{int(year) + 1} 00:00:00"
    assert h53.inbox(fromDate=later) == []
    assert len(h53.inbox(toDate=later)) == 1


@pytest.mark.parametrize(("paging", "count"), [(False, 3), (True, 1)])
def test_paging_is_a_setting(paging: bool, count: int) -> None:  # noqa: FBT001 - a case
    client = nation(Universe(Settings(paging=paging)))
    for number in range(3):
        AxisCaller(client, H38).send(other(number))
    receiver = AxisCaller(client, H53)
    assert len(receiver.inbox(pageSize="2", pageIndex="2")) == count
    bad = receiver.call("getReceivedEdocList", pageSize="many")
    assert bad["status"] == ("FAIL" if paging else "OK")


def test_what_was_sent_is_listed_with_both_ids_and_the_recipients_state(
    h38: AxisCaller, h53: AxisCaller
) -> None:
    doc_id = h38.send()["DocId"]
    h38.send(other(1))
    received = h53.inbox()[0]["docId"]
    h53.call("updateStatus", b"{}", docid=received, status="done")
    rows = h38.call("getSentEdocList", docId=doc_id)["data"]
    assert {row["toCode"] for row in rows} == {"000.00.71.H53", "000.00.00.G22"}
    (row,) = (row for row in rows if row["receiverDocId"] == received)
    assert (row["senderDocId"], row["receiveStatus"]) == (doc_id, "done")
    assert (row["notation"], "receivedTime" in row) == ("42/SKTDL-VP", True)
    assert len(h38.call("getSentEdocList")["data"]) == 4


def test_counts_tell_documents_from_statuses(h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send()
    h53.send(STATUS)
    assert h53.call("countReceiveEdoc", b"{}")["count"] == 1
    assert h53.call("countReceiveStatus", b"{}")["count"] == 0
    assert h38.call("countReceiveStatus", b"{}")["count"] == 1


def test_the_directory_knows_both_spellings(h38: AxisCaller) -> None:
    old = {row["code"]: row for row in h38.call("getAgenciesList")["data"]}
    new = {row["code"]: row for row in h38.call("getAgenciesListQD20")["data"]}
    assert old["000.00.12.H38"]["pid"] == "H38"
    assert new["H38.12"]["code102"] == "000.00.12.H38"


def test_an_unknown_operation_and_another_method_are_http_errors(client: TestClient) -> None:
    unknown = client.post("/XrdAdapter/adapter/sendEverything")
    wrong = client.get("/sendEdoc")
    assert (unknown.status_code, unknown.json()["status"]) == (404, "FAIL")
    assert (wrong.status_code, wrong.json()["ErrorCode"]) == (405, "1041")
