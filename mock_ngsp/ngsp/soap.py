"""SOAP 1.1 as the population database speaks it."""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from mock_ngsp.ngsp.asking import XML, UnreadableError
from mock_ngsp.wire import Answer

ENVELOPE: Final = "http://schemas.xmlsoap.org/soap/envelope/"
ASKING: Final = "http://dancuquocgia.bca"
TELLING: Final = "http://www.mic.gov.vn/dancu/1.0"

Node = str | Mapping[str, Any] | None


def read(body: bytes) -> etree._Element:
    """The one element in an envelope's body.

    Raises:
        UnreadableError: if it is no envelope, or holds something else than one element.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as wrong:
        raise UnreadableError("Envelope") from wrong
    if root.getroottree().docinfo.internalDTD is not None or root.tag != f"{{{ENVELOPE}}}Envelope":
        raise UnreadableError("Envelope")
    found = root.findall(f"{{{ENVELOPE}}}Body/*")
    if len(found) != 1:
        raise UnreadableError("Body")
    return found[0]


def text(element: etree._Element, *path: str) -> str:
    """The text at a path of local names, "" without."""
    for name in path:
        inner = [one for one in element.iterchildren("*") if etree.QName(one).localname == name]
        if not inner:
            return ""
        element = inner[0]
    return (element.text or "").strip()


def names(element: etree._Element) -> list[str]:
    """The local names of what an element holds, in order."""
    return [etree.QName(one).localname for one in element.iterchildren("*")]


def envelope(name: str, content: Mapping[str, Any], **attributes: str) -> bytes:
    """An envelope with one element of the answering namespace."""
    root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soapenv": ENVELOPE})
    body = etree.SubElement(root, f"{{{ENVELOPE}}}Body")
    inner = etree.SubElement(body, f"{{{TELLING}}}{name}", nsmap={"ns1": TELLING})
    for attribute, said in attributes.items():
        inner.set(attribute, said)
    _fill(inner, content)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def fault(code: str, words: str) -> Answer:
    """A SOAP fault, with HTTP 500 as SOAP 1.1 has it."""
    root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soapenv": ENVELOPE})
    body = etree.SubElement(root, f"{{{ENVELOPE}}}Body")
    inner = etree.SubElement(body, f"{{{ENVELOPE}}}Fault")
    etree.SubElement(inner, "faultcode").text = f"soapenv:{code}"
    etree.SubElement(inner, "faultstring").text = words
    return Answer(etree.tostring(root, xml_declaration=True, encoding="UTF-8"), 500, XML)


def _fill(parent: etree._Element, content: Mapping[str, Any]) -> None:
    """Write names and texts in order; None is no element."""
    for name, said in content.items():
        if said is None:
            continue
        inner = etree.SubElement(parent, f"{{{TELLING}}}{name}")
        if isinstance(said, str):
            inner.text = said
        else:
            _fill(inner, said)
