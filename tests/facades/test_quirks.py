"""What the vendor's clients do to a server, and what it must answer them."""

import hashlib
import hmac
import json
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.access.use_cases import systems as use_cases
from app.main import create_app
from app.platform.settings import Settings
from tests.builders import evidence_of
from tests.documents.packets import a_packet
from tests.facades.systems import SECRET, DocumentSystem, Systems
from tests.gateway import Gateway
from tests.mock_ngsp.driving import unpadded

SENDER, COMMUNE = "000.00.12.H38", "000.00.61.H38"
STALE = {"status": "done", "filePath": "D:/vb", "docId": "another", "hash-file": "0" * 64}


@pytest.fixture
def sender(systems: Systems) -> DocumentSystem:
    return systems.connect(SENDER, member="H38.12")


@pytest.fixture
def commune(systems: Systems) -> DocumentSystem:
    return systems.connect(COMMUNE, member="H38.61")


def test_headers_left_over_from_other_calls_say_nothing(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.left_over = dict(STALE)
    commune.left_over = STALE | {"from": COMMUNE, "to": COMMUNE}
    sender.sent(a_packet("H38.61"))
    assert len(commune.inbox()) == 1
    assert commune.ok("countReceiveEdoc", b"{}", messagetype="edoc")["count"] == 1
    assert commune.ok("getAgenciesList")["data"]


def test_an_id_left_over_from_fetching_does_not_narrow_the_sent_list(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61"))
    commune.sent(a_packet("H38.12", OrganId=COMMUNE, number="9"))
    fetched = commune.inbox()[0]["docId"]
    assert len(commune.sent_list(docId=fetched)) == 1
    assert commune.sent_list(docId="never-seen") == []


def test_the_two_spellings_of_the_id_have_their_priority_in_each_operation(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    for number in ("1", "2"):
        sender.sent(a_packet("H38.61", number=number))
    first, second = (item["docId"] for item in commune.inbox())
    fetched = commune.request("downloadEdoc", docId=second, docid=first).content
    assert b">2</edXML:CodeNumber>" in fetched
    commune.ok("updateStatus", b"{}", docId=second, docid=first, status="done")
    assert [item["docId"] for item in commune.inbox()] == [second]


def test_the_hash_is_taken_padded_and_not(sender: DocumentSystem) -> None:
    packets = [a_packet("H38.61", number=str(number)) for number in range(1, 30)]
    packet = next(one for one in packets if len(unpadded(one)) < 64)
    padded = hashlib.sha256(packet).hexdigest()
    assert sender.sent(packet, hash_file=padded) == sender.sent(packet)
    assert sender.send(packet, hash_file="0" * 64)["ErrorCode"] == "1011"


def test_the_sender_is_the_system_itself_or_a_unit_under_its_root(systems: Systems) -> None:
    office = systems.connect("000.00.00.H38", member="H38")
    centre = systems.connect("00.38.W00", member="H38.13", root="H38")
    packet = a_packet("H38.61")
    refused = office.send(packet, from_=SENDER)
    assert (refused["ErrorCode"], refused["DocId"]) == ("1010", "0")
    assert refused["ErrorDesc"] == (
        f"Don vi gui {SENDER} khong dung voi ma da dang ky: 000.00.00.H38"
    )
    assert office.send(packet)["ErrorCode"] == "1010"
    assert centre.send(packet, from_="000.00.00.H53")["ErrorCode"] == "1010"
    assert centre.sent(packet, from_=SENDER)


def test_a_list_in_the_header_chooses_among_the_packets_recipients(
    sender: DocumentSystem,
) -> None:
    packet = a_packet("H38.61", "H38.13")
    for wrong in ('["H53"]', '["H38.61","H53"]', "[1", "[1]", "[]", "[" * 5_000):
        answer = sender.send(packet, to=wrong)
        assert answer["ErrorCode"] == "1013", wrong
    chosen = sender.sent(packet, to='["000.00.61.H38"]')
    assert sender.sent(packet, to='["H38.61"]') == chosen
    assert [row["toCode"] for row in sender.sent_list()] == ["H38.61"]


def test_a_bare_code_in_the_header_is_left_over_from_a_list(sender: DocumentSystem) -> None:
    sender.sent(a_packet("H38.61", "H38.13"), to=SENDER)
    assert len(sender.sent_list()) == 2


@pytest.mark.parametrize(
    ("packet", "changes", "code"),
    [
        (b"<edXML", {"messagetype": "edoc"}, "1020"),
        (b"<!DOCTYPE a><edXML/>", {}, "1021"),
        (b"<edXML/>", {}, "1022"),
        (a_packet("H38.61"), {"messagetype": "status"}, "1025"),
        (a_packet("H38.61"), {"from_": ""}, "1032"),
        (a_packet("H99.61"), {}, "1012"),
        (a_packet("H02"), {}, "1060"),
    ],
)
def test_a_refused_packet_has_a_code_and_a_doc_id(
    sender: DocumentSystem, packet: bytes, changes: dict[str, str], code: str
) -> None:
    answer = sender.send(packet, **changes)
    assert (answer["ErrorCode"], answer["DocId"]) == (code, "0")
    assert answer["ErrorDesc"].isascii()
    assert sender.sent_list() == []


def test_a_closed_code_is_answered_with_its_successors_name(sender: DocumentSystem) -> None:
    assert sender.send(a_packet("H02"))["ErrorDesc"] == (
        "Ma H02 (UBND tinh Bac Giang) da dong tu ngay 01/07/2025; "
        "hay dung ma H05 (UBND tinh Bac Ninh)."
    )


def test_a_failed_download_is_empty_and_an_unknown_id_is_named(commune: DocumentSystem) -> None:
    answer = commune.request("downloadEdoc", docId="nowhere")
    assert (answer.status_code, answer.content) == (200, b"")
    assert commune.refused("getEdoc", b"{}", docId="nowhere") == "1030"
    assert commune.refused("getEdoc", b"{}") == "1032"
    assert commune.refused("updateStatus", b"{}", docid="x", status="inbox") == "1031"


def test_empty_lists_are_lists(commune: DocumentSystem) -> None:
    assert commune.inbox() == []
    assert commune.inbox("status") == []
    assert commune.sent_list() == []


def test_an_old_timestamp_is_no_matter(knowing: Gateway, commune: DocumentSystem) -> None:
    knowing.clock.advance(timedelta(days=400))
    assert commune.inbox() == []


def test_strangers_are_refused_and_counted(knowing: Gateway, systems: Systems) -> None:
    systems.connect(SENDER, member="H38.12")
    strangers = [systems.caller(SENDER, "wrong"), systems.caller("000.00.99.H38")]
    codes = [one.refused("getReceivedEdocList") for one in strangers]
    unsigned = knowing.http.post("/XrdAdapter/adapter/sendEdoc", content=b"x").json()
    assert [*codes, unsigned["ErrorCode"], unsigned["DocId"]] == ["1003", "1002", "1001", "0"]
    refusals = knowing.http.app.state.refusals  # type: ignore[attr-defined]
    assert sum(refusals._unknown.values()) == 3  # noqa: SLF001 -- written once a second


def test_a_known_systems_refusal_leaves_its_evidence(
    knowing: Gateway, sender: DocumentSystem
) -> None:
    sender.send(a_packet("H99.61"))
    [entry] = evidence_of(knowing, "POST /XrdAdapter/adapter/sendEdoc")
    assert (entry.client_id, entry.act, entry.outcome) == (
        f"vxp:{SENDER}",
        "vxp:sendEdoc",
        "unknown-member",
    )


def test_during_a_rotation_both_secrets_are_good(
    knowing: Gateway, systems: Systems, commune: DocumentSystem
) -> None:
    knowing.transact(
        use_cases.rotate,
        knowing.clock,
        systems.sealer,
        system_id=COMMUNE,
        secret=SecretStr("moi"),
        overlap=timedelta(hours=1),
    )
    renewed = systems.caller(COMMUNE, "moi")
    assert [renewed.inbox(), commune.inbox()] == [[], []]
    knowing.clock.advance(timedelta(hours=2))
    assert renewed.inbox() == []
    assert commune.refused("getReceivedEdocList") == "1003"


def test_a_new_key_is_good_at_once_though_the_systems_row_is_kept(
    knowing: Gateway, systems: Systems, commune: DocumentSystem, settings: Settings
) -> None:
    keeping = settings.model_copy(update={"client_cache_seconds": 60})
    with TestClient(create_app(keeping, clock=knowing.clock)) as http:
        known = DocumentSystem(http, COMMUNE, commune.secret)
        assert known.inbox() == []
        knowing.transact(
            use_cases.rotate,
            knowing.clock,
            systems.sealer,
            system_id=COMMUNE,
            secret=SecretStr("moi"),
            overlap=timedelta(hours=1),
        )
        assert [DocumentSystem(http, COMMUNE, key).inbox() for key in ("moi", SECRET)] == [[], []]
        strange = DocumentSystem(http, COMMUNE, "another")
        assert strange.refused("getReceivedEdocList") == "1003"


def test_a_revoked_system_is_unknown(knowing: Gateway, commune: DocumentSystem) -> None:
    knowing.transact(use_cases.revoke, knowing.clock, system_id=COMMUNE)
    assert commune.refused("getReceivedEdocList") == "1002"


def test_the_secret_is_not_kept_readable(knowing: Gateway, commune: DocumentSystem) -> None:
    row = knowing.transact(lambda one: one.exec_driver_sql("SELECT secret FROM systems").one())
    assert commune.secret.encode() not in bytes(row[0])


def test_the_same_operations_stand_at_the_root_unless_it_is_set_off(
    knowing: Gateway, commune: DocumentSystem
) -> None:
    commune.base = "/"
    assert commune.inbox() == []
    changed: Settings = knowing.settings.model_copy(update={"vxp_at_root": False})
    with TestClient(create_app(changed, clock=knowing.clock)) as http:
        assert http.post("/getReceivedEdocList").status_code == 404


def test_what_is_no_operation_is_told_in_the_envelope(knowing: Gateway) -> None:
    answers = [
        knowing.http.post("/XrdAdapter/adapter/getListUnit"),
        knowing.http.get("/XrdAdapter/adapter/getEdoc"),
    ]
    told = [(one.status_code, one.json()["ErrorCode"]) for one in answers]
    assert told == [(404, "1040"), (405, "1041")]
    assert answers[1].headers["allow"] == "POST"


def test_what_only_json_can_carry_is_refused_by_name(sender: DocumentSystem) -> None:
    for text in ("a\x00b", "\ud800"):
        signed = json.dumps({"XroadVnpt-systemid": SENDER, "XroadVnpt-docId": text})
        proof = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).hexdigest()
        headers = {"XroadVnpt-sign-header": signed, "XroadVnpt-hash-header": proof}
        answer = sender.client.post("/XrdAdapter/adapter/getEdoc", headers=headers)
        assert answer.json()["ErrorCode"] == "1032"


def test_a_file_that_ends_in_a_line_break_may_be_sent_as_it_is(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    for number, ends in (("1", b"\r\n"), ("2", b"\n"), ("3", b"")):
        packet = a_packet("H38.61", number=number).rstrip() + ends
        claimed = hashlib.sha256(packet).hexdigest()
        given = {"servicetype": "eDoc", "messagetype": "edoc", "hash_file": claimed}
        sender.ok("sendEdoc", packet, from_=SENDER, **given)
        assert commune.fetch(commune.inbox()[-1]["docId"]) == packet
        sender.sent(packet)
    assert len(commune.inbox()) == 3


def test_a_list_of_a_kind_that_is_none_is_empty(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61"))
    assert [len(commune.inbox(kind)) for kind in ("edoc", "EDOC", "", "eDocs")] == [1, 1, 1, 0]
    assert (commune.sent_list("weird"), len(sender.sent_list("edoc"))) == ([], 1)


@pytest.mark.parametrize("text", ["[" * 5_000, '{"a":' * 5_000])
def test_brackets_without_end_are_no_sign_header(knowing: Gateway, text: str) -> None:
    headers = {"XroadVnpt-sign-header": text}
    for operation in ("getReceivedEdocList", "sendEdoc"):
        answer = knowing.http.post(f"/XrdAdapter/adapter/{operation}", headers=headers)
        assert (answer.status_code, answer.json()["ErrorCode"]) == (200, "1001")


def test_too_large_a_body_is_told_in_the_envelope(knowing: Gateway) -> None:
    small = knowing.settings.model_copy(update={"max_body_bytes": 1024, "max_document_bytes": 1024})
    with TestClient(create_app(small, clock=knowing.clock)) as http:
        answers: list[httpx.Response] = [
            http.post("/XrdAdapter/adapter/sendEdoc", content=b"x" * 2000),
            http.post("/XrdAdapter/adapter/getEdoc", content=iter([b"x" * 2000])),
            knowing.http.post("/XrdAdapter/adapter/registerAgency", content=b"x" * 70_000),
        ]
    told = [(one.status_code, one.json()["ErrorCode"]) for one in answers]
    assert told == [(413, "1042")] * 3
    assert answers[0].json()["DocId"] == "0"
