"""Who is let in to the document axis."""

import hashlib
import hmac

import httpx
import pytest
from starlette.testclient import TestClient

from mock_ngsp.codes import canonical, member_of, qcvn, stands_under
from mock_ngsp.settings import Settings
from mock_ngsp.systems import System, Systems
from mock_ngsp.universe import Universe
from mock_ngsp.vxp import signing
from mock_ngsp.vxp.intake import BodyHash
from mock_ngsp.vxp.refusals import AxisRefusalError
from tests.mock_ngsp.driving import DOCUMENT, H38, SECRETS, AxisCaller, nation, signed_headers

VECTOR = (
    b'{"XroadVnpt-systemid":"000.00.00.H40","XroadVnpt-timestamp":"21112026T225657+0039",'
    b'"XroadVnpt-Content-Type":"application/json"}'
)
SIGNATURE = b"e49b787c8dac5fca5ece0c4dc6fe4abe41673b92c1e2fa6f0726c05aeaff5d0c"


def ask(client: httpx.Client, headers: dict[str, str]) -> tuple[str, str]:
    answer = client.post("/getReceivedEdocList", headers=headers).json()
    return answer["status"], answer["ErrorCode"]


def test_a_call_without_a_sign_header_is_refused(client: TestClient) -> None:
    assert ask(client, {}) == ("FAIL", "1001")


@pytest.mark.parametrize(
    "text",
    ["", "not json", "[]", '{"systemid":"x"}', '{"XroadVnpt-systemid":1}', "\x00", "[" * 5_000],
)
def test_an_unreadable_sign_header_is_refused(client: TestClient, text: str) -> None:
    assert ask(client, {"XroadVnpt-sign-header": text}) == ("FAIL", "1001")


def test_an_unknown_system_is_refused_by_its_name(client: TestClient) -> None:
    answer = AxisCaller(client, "000.00.00.H99", "secret").call("getReceivedEdocList")
    assert (answer["ErrorCode"], "000.00.00.H99" in answer["ErrorDesc"]) == ("1002", True)


def test_another_secret_is_refused(client: TestClient) -> None:
    assert AxisCaller(client, H38, "another").call("updateStatus")["ErrorCode"] == "1003"


def test_a_changed_sign_header_is_refused(client: TestClient) -> None:
    headers = signed_headers({"systemid": H38, "timestamp": "1"}, SECRETS[H38])
    headers["XroadVnpt-sign-header"] = headers["XroadVnpt-sign-header"].replace('"1"', '"2"')
    assert ask(client, headers) == ("FAIL", "1003")


@pytest.mark.parametrize("changed", ["XroadVnpt-timestamp", "XroadVnpt-sign-header-key"])
def test_a_header_that_contradicts_what_is_signed_is_refused(
    client: TestClient, changed: str
) -> None:
    headers = signed_headers({"systemid": H38, "timestamp": "1"}, SECRETS[H38])
    assert ask(client, headers | {changed: "2"}) == ("FAIL", "1004")


def test_letters_outside_ascii_break_the_signature(client: TestClient) -> None:
    parameters = {"systemid": H38, "timestamp": "1", "description": "Lỗi"}
    headers = {
        name: text.encode("ascii", "replace").decode()
        for name, text in signed_headers(parameters, SECRETS[H38]).items()
    }
    assert ask(client, headers) == ("FAIL", "1003")


@pytest.mark.parametrize(("required", "code"), [(False, "0"), (True, "1004")])
def test_parameters_without_headers_of_their_own_are_a_setting(
    required: bool,  # noqa: FBT001 - a parametrized case
    code: str,
) -> None:
    headers = signed_headers({"systemid": H38, "timestamp": "1"}, SECRETS[H38])
    alone = {name: text for name, text in headers.items() if "h-header" in name or "n-h" in name}
    del alone["XroadVnpt-sign-header-key"]
    client = nation(Universe(Settings(require_headers=required)))
    assert ask(client, alone)[1] == code
    assert ask(client, headers)[1] == "0"


def test_the_published_test_vector_is_let_in() -> None:
    headers = {b"xroadvnpt-sign-header": VECTOR, b"xroadvnpt-hash-header": SIGNATURE}
    system = System("000.00.00.H40", "loopback-secret", "H40")
    given = signing.parameters(headers)
    assert signing.verify(headers, given, Systems((system,))) is system
    assert hmac.new(b"loopback-secret", VECTOR, hashlib.sha256).hexdigest().encode() == SIGNATURE


def test_a_timestamp_of_any_age_is_let_in(h38: AxisCaller) -> None:
    assert h38.call("getReceivedEdocList", timestamp="01012016T000000+0001")["status"] == "OK"


def test_a_hash_is_taken_padded_and_unpadded_and_no_other() -> None:
    file = next(
        text
        for text in (b"%d" % number for number in range(1000))
        if b"0b" in bytes.fromhex(hashlib.sha256(text).hexdigest()).hex(" ").encode().split()
    )
    padded = hashlib.sha256(file).hexdigest()
    short = "".join(f"{byte:x}" for byte in bytes.fromhex(padded))
    assert len(short) < len(padded)
    for claimed in (padded, short, padded.upper()):
        assert hashed(file + b"\r\n").match(claimed) == (bytes.fromhex(padded), 2)
    with pytest.raises(AxisRefusalError):
        hashed(file + b"\r\n").match(hashlib.sha256(b"another").hexdigest())


def test_a_file_that_itself_ends_in_a_line_break_keeps_it() -> None:
    file = DOCUMENT + b"\r\n"
    claimed = hashlib.sha256(file).hexdigest()
    assert hashed(file).match(claimed)[1] == 0
    assert hashed(file + b"\r\n").match(claimed)[1] == 2


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_hash_does_not_depend_on_how_the_body_is_cut(size: int) -> None:
    body = BodyHash()
    for start in range(0, len(DOCUMENT) + 2, size):
        body.update((DOCUMENT + b"\r\n")[start : start + size])
    assert body.match(hashlib.sha256(DOCUMENT).hexdigest())[1] == 2


def hashed(body: bytes) -> BodyHash:
    taken = BodyHash()
    taken.update(body)
    return taken


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("000.00.12.H38", "H38.12"),
        ("H38.12", "H38.12"),
        ("000.00.00.G22", "G22"),
        ("007.05.21.H40", "H40.21.05.007"),
        ("28.22.H17", "H17.22.28"),
        ("vxp.saas.03", "VXP.SAAS.03"),
    ],
)
def test_both_spellings_of_a_code_are_one(code: str, wanted: str) -> None:
    assert canonical(code) == wanted


def test_a_unit_stands_under_its_root_only() -> None:
    assert stands_under("000.00.12.H38", "H38")
    assert stands_under("H38", "000.00.00.H38")
    assert not stands_under("H38.12", "H38.1")
    assert qcvn("H38.12") == "000.00.12.H38"
    assert qcvn("0000000001") == "0000000001"


@pytest.mark.parametrize(
    ("system_id", "member"),
    [
        ("000.00.00.H38", "H38"),
        ("H53", "H53"),
        ("00.53.W00", "H53"),
        ("lgsp-h38", "H38"),
        ("saas.03", "saas.03"),
    ],
)
def test_a_member_is_guessed_from_a_system_id(system_id: str, member: str) -> None:
    assert member_of(system_id) == member
