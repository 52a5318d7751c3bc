import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.vxp.signing import (
    Credentials,
    UnsendableParameterError,
    WrongSignatureError,
    claim_of,
    file_hash,
    proves,
    read_file,
    sign,
    timestamp,
)
from app.platform.clock import FrozenClock
from app.platform.contents import Content
from app.platform.spools import Spool

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
MINE = Credentials("000.00.00.H40", "loopback-secret")
CLOCK = FrozenClock(datetime(2026, 11, 21, 15, 56, 57, 39_000, tzinfo=UTC))
VECTOR = (
    '{"XroadVnpt-systemid":"000.00.00.H40","XroadVnpt-timestamp":"21112026T225657+0039",'
    '"XroadVnpt-Content-Type":"application/json"}'
)


def signed(**parameters: str) -> dict[str, str]:
    return sign(parameters, MINE, CLOCK, content_type="application/json")


def lowered(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def forged(text: str) -> dict[str, str]:
    proof = hmac.new(b"loopback-secret", text.encode(), hashlib.sha256).hexdigest()
    return {"xroadvnpt-sign-header": text, "xroadvnpt-hash-header": proof}


@pytest.mark.parametrize("value", ["Lỗi", "a\r\nX: y", "\x00", "\x7f"])
def test_a_value_the_wire_would_destroy_is_refused(value: str) -> None:
    with pytest.raises(UnsendableParameterError) as caught:
        signed(description=value)
    assert caught.value.errors[0].pointer == "/description"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"xroadvnpt-sign-header": VECTOR},
        lowered(sign({}, Credentials("000.00.00.H40", "other"), CLOCK, content_type="x")),
        {**lowered(signed()), "xroadvnpt-sign-header": VECTOR.replace("H40", "H41")},
        {**lowered(signed()), "xroadvnpt-hash-header": "é"},
        forged("[]"),
        forged('{"XroadVnpt-systemid":1}'),
        forged("not json"),
    ],
)
def test_a_request_that_its_hmac_does_not_prove_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(WrongSignatureError):
        claim_of(headers).proved("loopback-secret")


def test_the_test_vector_is_reproduced() -> None:
    headers = signed()
    assert headers["XroadVnpt-sign-header"] == VECTOR
    assert headers["XroadVnpt-hash-header"] == (
        "e49b787c8dac5fca5ece0c4dc6fe4abe41673b92c1e2fa6f0726c05aeaff5d0c"
    )


def test_the_golden_vector_is_reproduced_file_and_all() -> None:
    golden = json.loads((MESSAGES / "vxp_sign_vector.json").read_text("utf-8"))
    assert golden["sign_header"] == VECTOR
    assert golden["hash_header"] == signed()["XroadVnpt-hash-header"]
    assert file_hash(golden["file"].encode()) == golden["hash_file"]
    assert hashlib.sha256(golden["file"].encode()).hexdigest() == golden["sha256"]


def test_every_parameter_is_a_header_and_signed_in_order() -> None:
    headers = signed(servicetype="eDoc", messagetype="edoc", docId="A", docid="B")
    assert headers["XroadVnpt-sign-header-key"] == (
        "systemid;servicetype;messagetype;docId;docid;timestamp;Content-Type"
    )
    names = headers["XroadVnpt-sign-header-key"].split(";")
    assert list(json.loads(headers["XroadVnpt-sign-header"])) == [
        f"XroadVnpt-{name}" for name in names
    ]
    assert (headers["XroadVnpt-docId"], headers["XroadVnpt-docid"]) == ("A", "B")
    assert headers["Content-Type"] == headers["XroadVnpt-Content-Type"] == "application/json"


def test_the_fixed_headers_are_sent_and_not_signed() -> None:
    headers = signed()
    assert headers["User-Agent"] == "JAVASDKAgent/1.0.0 XRoad/VPCP"
    assert headers["XroadVnpt-version"] == "3.0.201608"
    assert "version" not in headers["XroadVnpt-sign-header"]


def test_quotes_are_escaped_and_signs_are_not() -> None:
    text = signed(to='["H38"]', description="<&'=>")["XroadVnpt-sign-header"]
    assert '"XroadVnpt-to":"[\\"H38\\"]","XroadVnpt-description":"<&\'=>"' in text


@given(st.dictionaries(
    st.from_regex(r"[a-z]{1,9}-x", fullmatch=True),
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"])),
))  # fmt: skip
def test_what_is_signed_is_what_is_verified(parameters: dict[str, str]) -> None:
    headers = lowered(sign(parameters, MINE, CLOCK, content_type="x"))
    found = claim_of(headers).proved("loopback-secret")
    assert {name: found.first(name) for name in parameters} == parameters


def test_parameters_are_read_in_their_exact_case_and_in_order_of_preference() -> None:
    found = claim_of(lowered(signed(docid="old", docId="new"))).proved("loopback-secret")
    assert (found.first("docId", "docid"), found.first("docid", "docId")) == ("new", "old")
    assert found.first("DOCID") is None


def test_whose_key_must_prove_the_request_is_known_before_it_is_proved() -> None:
    assert claim_of(lowered(signed())).system_id == "000.00.00.H40"


def test_the_clock_gives_vietnam_time_and_four_digits_of_milliseconds() -> None:
    late = CLOCK.now() + timedelta(milliseconds=960)
    assert (timestamp(CLOCK.now()), timestamp(late)) == (
        "21112026T225657+0039",
        "21112026T225657+0999",
    )


def test_a_file_hash_loses_the_leading_zero_of_each_byte() -> None:
    padded = hashlib.sha256(b"39").hexdigest()
    pairs = [padded[at : at + 2] for at in range(0, 64, 2)]
    assert file_hash(b"39") == "".join(pair.removeprefix("0") for pair in pairs)
    assert len(file_hash(b"39")) < 64


@pytest.mark.parametrize("body", [b"39", b"39\r\n", b"39\r\n\r\n", b"3", b"\r\n", b""])
@pytest.mark.parametrize("length", [1, 2, 3, 9])
def test_a_body_loses_the_one_line_end_that_the_wire_adds_unless_it_was_hashed(
    body: bytes, length: int
) -> None:
    def taken(file: bytes) -> Content | None:
        async def arriving() -> AsyncIterator[bytes]:
            for at in range(0, len(body), length):
                yield body[at : at + length]

        return asyncio.run(read_file(arriving(), Spool(), hashlib.sha256(file).hexdigest()))

    for file in (body.removesuffix(b"\r\n"), body):
        found = taken(file)
        assert found == Content.of(file)
        assert found.data == file
    assert taken(b"another") is None


def test_a_file_is_taken_with_either_hash() -> None:
    sha256 = hashlib.sha256(b"39").hexdigest()
    assert proves(sha256, sha256.upper())
    assert proves(sha256, file_hash(b"39"))
    assert not proves(sha256, file_hash(b"38"))
    assert not proves(sha256, "")


def test_credentials_do_not_show_their_secret() -> None:
    assert "loopback" not in repr(MINE)
