"""Who calls, proved by HMAC over the sign-header; and the call's parameters, read from it.

Parameters are never taken from HTTP header names, which lose their case (`docId`, `docid`).
"""

import hmac
import json
from collections import Counter

from mock_ngsp.systems import System, Systems
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal

_PREFIX = "XroadVnpt-"
_LOWER = b"xroadvnpt-"
SIGNED = _LOWER + b"sign-header"

Parameters = dict[str, str]
HttpHeaders = dict[bytes, bytes]


def parameters(headers: HttpHeaders) -> Parameters | None:
    """The signed names and values in their exact case, not yet verified; None if unreadable."""
    try:
        signed = json.loads(headers.get(SIGNED, b""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(signed, dict) or not all(isinstance(v, str) for v in signed.values()):
        return None
    if not all(name.startswith(_PREFIX) for name in signed):
        return None
    return {name.removeprefix(_PREFIX): value for name, value in signed.items()}


def verify(headers: HttpHeaders, given: Parameters | None, systems: Systems) -> System:
    """Return the calling system.

    Raises:
        AxisRefusalError: no readable sign-header, unknown system, or another signature.
    """
    if given is None or not given.get("systemid") or not given.get("timestamp"):
        raise AxisRefusalError(Refusal.UNSIGNED)
    system = systems.get(given["systemid"])
    if system is None:
        raise AxisRefusalError(Refusal.UNKNOWN_SYSTEM, given["systemid"])
    signature = hmac.digest(system.secret.encode(), headers[SIGNED], "sha256")
    claimed = headers.get(_LOWER + b"hash-header", b"").strip()
    if not hmac.compare_digest(signature.hex().encode(), claimed):
        raise AxisRefusalError(Refusal.WRONG_SIGNATURE)
    return system


def agree(headers: HttpHeaders, given: Parameters, *, required: bool) -> None:
    """Compare what is signed with what is sent as headers of its own.

    Names that differ in case only share one header line on the wire and are left out. An
    absent header counts only when `required`.

    Raises:
        AxisRefusalError: naming the header that says something else.
    """
    names = headers.get(_LOWER + b"sign-header-key")
    if names is None:
        if required:
            raise AxisRefusalError(Refusal.CONTRADICTION, "sign-header-key")
    elif names.strip() != ";".join(given).encode("utf-8", "replace"):
        raise AxisRefusalError(Refusal.CONTRADICTION, "sign-header-key")
    lines = [name.lower() for name in given]
    shared = set() if len(set(lines)) == len(lines) else _repeated(lines)
    for line, (name, value) in zip(lines, given.items(), strict=True):
        if line in shared:
            continue
        sent = headers.get(_LOWER + line.encode("utf-8", "replace"))
        if sent is None and not required:
            continue
        if sent is None or sent.strip() != value.encode("utf-8", "replace").strip():
            raise AxisRefusalError(Refusal.CONTRADICTION, name)


def _repeated(lines: list[str]) -> set[str]:
    return {line for line, times in Counter(lines).items() if times > 1}
