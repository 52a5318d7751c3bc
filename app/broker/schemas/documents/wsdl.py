"""WSDL 1.1 with SOAP 1.1 or 1.2: what of it the register takes over, read strictly.

All operations of a SOAP service are POSTs to its one address, so that is what can be granted;
the single operations are kept for people and for comparing.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from app.broker.domain.describing import Described, Description, DescriptionKind, Piece
from app.broker.domain.errors import BadDescriptionError
from app.broker.schemas.documents.xsd import Types
from app.platform.errors import Invalid

_WSDL: Final = "{http://schemas.xmlsoap.org/wsdl/}"
_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_SOAP: Final = (
    "{http://schemas.xmlsoap.org/wsdl/soap/}",
    "{http://schemas.xmlsoap.org/wsdl/soap12/}",
)
_LONGEST: Final = 300


def read(raw: bytes) -> Description:
    """Return what a document describes.

    Raises:
        BadDescriptionError: names every place that is wrong.
    """
    root = _root(raw)
    faults = [*_foreign(root)]
    if root.tag != f"{_WSDL}definitions":
        faults.append(_fault("/", "không phải WSDL 1.1", "not WSDL 1.1"))
    if next(root.iter(*(f"{soap}binding" for soap in _SOAP)), None) is None:
        faults.append(_fault("/definitions/binding", "không có SOAP", "no SOAP binding"))
    if faults:
        raise BadDescriptionError(faults)
    reader = _Reader(root)
    operations = {one.name: one for one in reader.operations()}
    if not operations:
        reader.faults.append(_fault("/definitions/portType", "không có thao tác", "no operation"))
    if reader.faults:
        raise BadDescriptionError(reader.faults)
    title = root.get("name") or next(iter(operations))
    namespace = root.get("targetNamespace", "")
    return Description(DescriptionKind.WSDL, title[:_LONGEST], namespace[:_LONGEST], operations)


def _root(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise BadDescriptionError([_fault("/", "không phải XML", "not XML")]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadDescriptionError([_fault("/", "có DTD", "it has a DTD")])
    return root


def _foreign(root: etree._Element) -> Iterator[Invalid]:
    """Yield what lies in other documents, which are never fetched."""
    for tag in (f"{_WSDL}import", f"{_XSD}include", f"{_XSD}redefine"):
        if next(root.iter(tag), None) is not None:
            name = tag.rpartition("}")[2]
            yield _fault(f"//{name}", "phải nằm trong cùng tài liệu", "must be in the document")
    for one in root.iter(f"{_XSD}import"):
        if one.get("schemaLocation") is not None:
            why = "schemaLocation ngoài tài liệu"
            yield _fault("//import", why, "its schemaLocation is outside")


class _Reader:
    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._types = Types(root)
        self._messages = {one.get("name"): one for one in root.iter(f"{_WSDL}message")}
        self.faults: list[Invalid] = []

    def operations(self) -> Iterator[Described]:
        seen: set[str] = set()
        for number, one in enumerate(self._bound()):
            at = f"/definitions/portType/operation[{number + 1}]"
            name = one.get("name")
            if not name or name in seen:
                self.faults.append(_fault(at, "thiếu tên hoặc lặp", "nameless or repeated"))
                continue
            seen.add(name)
            summary = one.findtext(f"{_WSDL}documentation", "").strip()
            yield Described(
                method="POST",
                pattern="",
                name=name,
                summary=" ".join(summary.split())[:_LONGEST],
                inputs=dict(self._pieces(one, "input", "body", at)),
                outputs=dict(self._pieces(one, "output", "200", at)),
            )

    def _bound(self) -> Iterator[etree._Element]:
        """Yield the operations of every port type that SOAP is bound to, each once."""
        bound = {
            _local(binding.get("type", ""))
            for binding in self._root.iter(f"{_WSDL}binding")
            if any(binding.find(f"{soap}binding") is not None for soap in _SOAP)
        }
        for port in self._root.iter(f"{_WSDL}portType"):
            if port.get("name") in bound:
                yield from port.iterchildren(f"{_WSDL}operation")

    def _pieces(
        self, operation: etree._Element, tag: str, place: str, at: str
    ) -> Iterator[tuple[str, Piece]]:
        said = operation.find(f"{_WSDL}{tag}")
        if said is None:
            return
        message = self._messages.get(_local(said.get("message", "")))
        if message is None:
            self.faults.append(_fault(f"{at}/{tag}", "không có message", "there is no message"))
            return
        for part in message.iterchildren(f"{_WSDL}part"):
            element, kind = part.get("element"), part.get("type")
            if element is not None:
                yield from self._types.element(_local(element), place)
            elif kind is not None:
                yield from self._types.typed(_local(kind), f"{place}/{part.get('name')}")
            else:
                self.faults.append(_fault(f"{at}/{tag}", "part thiếu kiểu", "an untyped part"))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _fault(pointer: str, why: str, why_en: str) -> Invalid:
    return Invalid(pointer, why, why_en)
