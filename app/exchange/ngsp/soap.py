"""SOAP 1.1: writing one element into an envelope, reading the one that comes back."""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

ENVELOPE: Final = "http://schemas.xmlsoap.org/soap/envelope/"
FAULT_STATUS: Final = 500
_MOST: Final = 8 * 2**20


class NotSoapError(Exception):
    """Something that is no envelope with one element in its body."""


class SoapFaultError(Exception):
    """The other side refuses; `code` is the local name of its fault code, never its words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def envelope(namespace: str, name: str, content: Mapping[str, Any]) -> bytes:
    """Return an envelope with one element; names keep their order, None writes nothing."""
    root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soapenv": ENVELOPE, "dan": namespace})
    etree.SubElement(root, f"{{{ENVELOPE}}}Header")
    body = etree.SubElement(root, f"{{{ENVELOPE}}}Body")
    _fill(etree.SubElement(body, f"{{{namespace}}}{name}"), namespace, content)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def read(body: bytes) -> tuple[str, dict[str, Any]]:
    """Return the local name of the element in an envelope, and what stands in it as plain values.

    Namespaces of what is inside are overlooked, as clients do; what comes several times is a
    list.

    Raises:
        NotSoapError: if it is no envelope with one element.
        SoapFaultError: if that is a fault.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body[:_MOST], parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotSoapError from error
    found = root.findall(f"{{{ENVELOPE}}}Body/*")
    is_envelope = root.tag == f"{{{ENVELOPE}}}Envelope" and len(found) == 1
    if not is_envelope or root.getroottree().docinfo.internalDTD is not None:
        raise NotSoapError
    (told,) = found
    if told.tag == f"{{{ENVELOPE}}}Fault":
        raise SoapFaultError((told.findtext("faultcode") or "").rpartition(":")[2][:40])
    plain = _plain(told)
    return etree.QName(told).localname, plain if isinstance(plain, dict) else {}


def _fill(parent: etree._Element, namespace: str, content: Mapping[str, Any]) -> None:
    for name, said in content.items():
        if said is None:
            continue
        inner = etree.SubElement(parent, f"{{{namespace}}}{name}")
        if isinstance(said, str):
            inner.text = said
        else:
            _fill(inner, namespace, said)


def _plain(element: etree._Element) -> str | dict[str, Any]:
    children = list(element.iterchildren("*"))
    if not children:
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in children:
        name, said = etree.QName(child).localname, _plain(child)
        if name not in found:
            found[name] = said
        elif isinstance(found[name], list):
            found[name].append(said)
        else:
            found[name] = [found[name], said]
    return found
