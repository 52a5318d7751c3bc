"""Packets for the document axis, and requests that carry them as the vendor's client does."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path

from tests.bench.load import post

MIB = 2**20
HERE, THERE = "000.00.00.H38", "000.00.00.H53"
SECRETS = {HERE: "mock-secret-of-h38", THERE: "mock-secret-of-h53"}
"""The mock has these systems by itself; a gateway is given them."""

_SAMPLE = Path(__file__).parents[2] / "openapi" / "messages" / "edoc_new.edxml"
HEAD, _, _tail = _SAMPLE.read_bytes().partition(b"JVBERi")
TAIL = _tail[_tail.index(b"<") :]
CONTENT = b"QUJD" * ((18 * 1024 - len(HEAD) - len(TAIL)) // 4)
"""Makes a packet of 18 KB, between head and tail."""

TAKEN = b'"status":"OK"'
"""Stands in the answer to a call that was not refused: refusals are 200 too."""

_numbers = count(1)


def numbered(head: bytes) -> bytes:
    """Return the head of another document."""
    number = b"%d" % next(_numbers)
    return head.replace(b"42/SKTDL", number + b"/SKTDL").replace(b">42<", b">%b<" % number)


def signed(system: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a call."""
    names = {"systemid": system, **given, "timestamp": "21112026T225657+0039"}
    prefixed = {f"XroadVnpt-{name}": value for name, value in names.items()}
    text = json.dumps(prefixed, separators=(",", ":"))
    signature = hmac.new(SECRETS[system].encode(), text.encode(), hashlib.sha256)
    return prefixed | {
        "XroadVnpt-sign-header-key": ";".join(names),
        "XroadVnpt-sign-header": text,
        "XroadVnpt-hash-header": signature.hexdigest(),
    }


def sending_headers(file: Iterable[bytes], system: str = HERE, **given: str) -> dict[str, str]:
    """Return the headers of a system's sendEdoc; the file is read once."""
    digest = hashlib.sha256()
    for part in file:
        digest.update(part)
    asked = {"servicetype": "eDoc", "messagetype": "edoc", "from": system}
    return signed(system, asked | {"hash-file": digest.hexdigest()} | given)


def sending(head: bytes, content: bytes = CONTENT, *, base: str = "", **given: str) -> bytes:
    """Return the request that sends another document."""
    file = b"".join((numbered(head), content, TAIL))
    return post(f"{base}/sendEdoc", file + b"\r\n", sending_headers([file], **given))
