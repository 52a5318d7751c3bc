"""What the mock axis answers, operation by operation, judged by `openapi/vxp.yaml`."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from tests.contract import corrupted
from tests.contract.judges import description, faults_of_json, faults_of_packet, message
from tests.mock_ngsp.driving import H38, H53, STATUS, AxisCaller, nation

_ASKED = {"servicetype": "eDoc", "messagetype": "edoc"}
_UNIT = json.dumps(message("vxp_register_agency_request.json").json()).encode()
_PATHS = description("vxp.yaml")["paths"]
_OPERATIONS = {
    entry["operationId"]: (method, entry)
    for path in _PATHS.values()
    for method, entry in path.items()
}


def schema_of(operation: str) -> str:
    content = _OPERATIONS[operation][1]["responses"]["200"]["content"]
    reference: str = content["application/json"]["schema"]["$ref"]
    return f"vxp.yaml{reference}"


@pytest.fixture
def axis() -> Iterator[TestClient]:
    universe = Universe(Settings(agencies=150))
    with nation(universe) as client:
        sender, receiver = AxisCaller(client, H38), AxisCaller(client, H53)
        sender.send()
        sender.send(message("edoc_revoke.edxml").read())
        receiver.send(STATUS)
        doc_id = receiver.inbox()[0]["docId"]
        receiver.call("updateStatus", b"{}", docid=doc_id, status="fail", description="Loi")
        sender.call("registerAgency", _UNIT)
        sender.call("deleteAgency", b"{}", AgencyCode="H38.13")
        yield client


def answers(axis: TestClient) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation that answers JSON, taken and refused."""
    h38, h53 = AxisCaller(axis, H38), AxisCaller(axis, H53)
    doc_id = h53.inbox()[0]["docId"]
    for name in ("edoc_variant_a.edxml", "edoc_variant_b.edxml"):
        yield "sendEdoc", h38.send(message(name).read())
    yield "sendEdoc", h38.send(hash_file="0")
    for caller in (h38, h53, AxisCaller(axis, H38, "another")):
        for operation in ("getReceivedEdocList", "getSentEdocList"):
            yield operation, caller.call(operation, **_ASKED)
            yield operation, caller.call(operation, servicetype="eDoc", messagetype="status")
        for operation in ("countReceiveEdoc", "countReceiveStatus"):
            yield operation, caller.call(operation, b"{}", **_ASKED)
        for operation in ("getAgenciesList", "getAgenciesListQD20", "getSynchronizeUnit"):
            yield operation, caller.call(operation)
        yield "getEdoc", caller.call("getEdoc", b"{}", docId=doc_id)
        yield "registerAgency", caller.call("registerAgency", _UNIT)
        yield "deleteAgency", caller.call("deleteAgency", b"{}", AgencyCode="H38.12")
        yield "updateStatus", caller.call("updateStatus", b"{}", docid=doc_id, status="done")


def test_every_operation_is_judged(axis: TestClient) -> None:
    told = {operation: set[str]() for operation in _OPERATIONS}
    for operation, answer in answers(axis):
        told[operation].add(answer["status"])
    assert told.pop("downloadEdoc") == set()
    assert [name for name, seen in told.items() if "FAIL" not in seen] == []
    assert [name for name, seen in told.items() if "OK" not in seen] == []


def test_every_answer_is_as_described(axis: TestClient) -> None:
    found = [
        (operation, faults_of_json(schema_of(operation), answer))
        for operation, answer in answers(axis)
    ]
    assert len(found) > 30
    assert [(operation, faults) for operation, faults in found if faults] == []


def test_every_refusal_has_a_code_of_the_list(axis: TestClient) -> None:
    refused = [answer for _, answer in answers(axis) if answer["status"] == "FAIL"]
    schema = "vxp.yaml#/components/schemas/OurErrorCode"
    assert len(refused) > 10
    assert [answer for answer in refused if faults_of_json(schema, answer["ErrorCode"])] == []


def test_a_misspelt_name_in_any_answer_would_be_seen(axis: TestClient) -> None:
    first = {operation: answer for operation, answer in answers(axis) if answer["status"] == "OK"}
    passed = []
    for operation, answer in first.items():
        if isinstance(answer.get("data"), list):
            answer["data"] = answer["data"][:1]
        mutants = [one for one in corrupted.of_json(answer, []) if one.fault.startswith("misspelt")]
        assert mutants
        passed += [
            f"{operation}: {one.fault}"
            for one in mutants
            if not faults_of_json(schema_of(operation), one.content)
        ]
    assert passed == []


def test_a_refused_download_is_empty_and_a_taken_one_is_a_packet(axis: TestClient) -> None:
    caller = AxisCaller(axis, H53)
    doc_id = caller.inbox()[0]["docId"]
    method, entry = _OPERATIONS["downloadEdoc"]
    assert (method, list(entry["responses"]["200"]["content"])) == (
        "get",
        ["application/octet-stream"],
    )
    taken = caller.request("downloadEdoc", docId=doc_id)
    assert taken.headers["content-type"] == "application/octet-stream"
    assert b"edXMLEnvelope" in taken.content
    for refused in (caller, AxisCaller(axis, H53, "another")):
        assert refused.request("downloadEdoc", docId="none").content == b""


def test_a_status_passes_the_axis_as_a_writer_would_write_it(axis: TestClient) -> None:
    receiver = AxisCaller(axis, H38)
    (item,) = receiver.inbox("status")
    assert faults_of_packet(receiver.fetch(item["docId"])) == []
