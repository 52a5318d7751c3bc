"""Faults of the gateway before the services: WSO2's three shapes, read alike."""

import json
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

_NAMESPACE: Final = "{http://wso2.org/apimanager/security}"
_LONGEST: Final = 16 * 2**10

EXPIRED: Final = frozenset({"900901", "900902", "900903", "900904"})
"""Codes that a new token may cure; 903 and 904 are those of old versions."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What the gateway says of a call that it does not pass on."""

    code: str


def fault_of(body: bytes) -> Fault | None:
    """Return the fault in a body: JSON in an envelope, flat JSON, or XML; None if it is none.

    The code is a number in the first and a text in the others; its message is not kept.
    """
    if len(body) > _LONGEST:
        return None
    code = _in_xml(body) if body.lstrip()[:1] == b"<" else _in_json(body)
    return Fault(code) if code.isdecimal() and code.isascii() else None


def _in_json(body: bytes) -> str:
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(content, dict):
        return ""
    inner = content.get("fault", content)
    code = inner.get("code") if isinstance(inner, dict) else None
    return str(code) if isinstance(code, int | str) else ""


def _in_xml(body: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return ""
    return (root.findtext(f"{_NAMESPACE}code") or "").strip()
