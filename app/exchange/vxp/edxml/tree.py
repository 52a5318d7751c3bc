"""XML in, safely: bytes to a tree of places that know their XPath.

Nothing outside the bytes is read, no entity is expanded, and size and markup are bounded
before the parser starts (a tree costs about a hundred bytes per element). What is parsed is the
skeleton of a packet: the base64 of its attachments is not in it.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from lxml import etree

from app.codes import AgencyCode, DocumentId
from app.exchange.vxp.edxml import dates, errors, texts
from app.exchange.vxp.edxml.leniency import UNFIT, PassedOver
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.names import QCVN
from app.exchange.vxp.edxml.skeleton import Skeleton

T = TypeVar("T")

_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_JUNK = re.compile(rb"(?!\xef\xbb\xbf<\?xml)[^<]{1,4096}<\?xml\s")
_MIME = re.compile(rb"\s*(?:--|MIME-Version:|Content-Type:)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_NAMESPACE: Final = f"{{{QCVN}}}"
_FLAT = "http://www.go.vn/eDoc"
_OLDER = {
    "http://www.e-doc.vn/Schema/",
    "http://schemas.xmlsoap.org/soap/envelope/",
    "http://www.w3.org/2003/05/soap-envelope",
}


class Place:
    """An element and its XPath in local names; only elements of the QCVN namespace are seen.

    An element without any text below it counts as absent, whatever its children. Where
    `passed_over` is there the reading is lenient.
    """

    __slots__ = ("_above", "_children", "_name", "_number", "element", "passed_over", "text")

    def __init__(
        self, element: etree._Element, name: str, above: "Place | None" = None, number: int = 0
    ) -> None:
        """`number` tells an element from others of its name in `above`; 0 if it is alone."""
        self.element = element
        self.passed_over: PassedOver | None = None if above is None else above.passed_over
        self.text = texts.held(element.text)
        """The element's own text as a packet holds it."""
        self._name = name
        self._above = above
        self._number = number
        self._children: dict[str, list[etree._Element]] | None = None

    @property
    def path(self) -> str:
        """The XPath: made when it is asked for, as most packets have nothing to point at."""
        above = "" if self._above is None else self._above.path
        return f"{above}/{self._name}[{self._number}]" if self._number else f"{above}/{self._name}"

    def all(self, name: str) -> list["Place"]:
        """Return the children of that name that say something."""
        found = self._named().get(f"{_NAMESPACE}{name}")
        if found is None:
            return []
        first = 1 if len(found) > 1 else 0
        places = [Place(one, name, self, n) for n, one in enumerate(found, first)]
        return [one for one in places if one.is_speaking]

    def elements(self, name: str) -> Sequence[etree._Element]:
        """Return the children of that name as the parser has them, those that say nothing too."""
        return self._named().get(f"{_NAMESPACE}{name}", ())

    def has(self, name: str) -> bool:
        """Tell whether there is a child of that name, even an empty one."""
        return f"{_NAMESPACE}{name}" in self._named()

    def _named(self) -> dict[str, list[etree._Element]]:
        """Return the children by their names; they are gone through once, however often asked."""
        named = self._children
        if named is None:
            named = self._children = {}
            for child in self.element:
                tag = child.tag
                if tag in named:
                    named[tag].append(child)
                else:
                    named[tag] = [child]
        return named

    @property
    def is_speaking(self) -> bool:
        """Whether any element of this subtree has text; most have their own."""
        if self.text is not None:
            return True
        return len(self.element) > 0 and texts.is_any_held(map(str, self.element.itertext()))

    def one(self, name: str) -> "Place | None":
        """Return the only child of that name.

        Raises:
            RepeatedElementError: if there are two.
        """
        found = self._named().get(f"{_NAMESPACE}{name}")
        if found is None:
            return None
        if len(found) == 1:
            place = Place(found[0], name, self)
            return place if place.is_speaking else None
        speaking = self.all(name)
        if len(speaking) > 1:
            raise errors.RepeatedElementError(speaking[1].path)
        return speaking[0] if speaking else None

    def need(self, name: str) -> "Place":
        """Return the only child of that name.

        Raises:
            MissingElementError: if there is none that says something.
        """
        found = self.one(name)
        if found is None:
            raise errors.MissingElementError(f"{self.path}/{name}")
        return found

    def get(self, name: str, read: Callable[["Place"], T]) -> T | None:
        """Return the child's value, or None where there is no such child.

        A lenient reading takes the first of several, and passes over one that does not fit.
        """
        passed_over = self.passed_over
        if passed_over is None:
            found = self.one(name)
            return None if found is None else read(found)
        speaking = self.all(name)
        passed_over.values += [further.path for further in speaking[1:]]
        try:
            return read(speaking[0]) if speaking else None
        except UNFIT as error:
            passed_over.values.append(error.pointer)
            return None

    def get_surely(self, name: str, read: Callable[["Place"], T]) -> T | None:
        """Return the child's value, or None where there is no such child, however it is read."""
        found = self.one(name)
        return None if found is None else read(found)

    def text_at(self, name: str) -> str | None:
        """Return the child's text, or None where there is no such child.

        Raises:
            MissingElementError: if there is only text below the child.
            RepeatedElementError: if there are two; neither in a lenient reading.
        """
        found = self._named().get(f"{_NAMESPACE}{name}")
        if found is None:
            return None
        text = texts.held(found[0].text) if len(found) == 1 else None
        return self.get(name, text_of) if text is None else text

    def need_text(self, name: str) -> str:
        """Return the text of the only child of that name.

        Raises:
            MissingElementError: if there is none.
        """
        return text_of(self.need(name))

    def texts_of(self, name: str) -> tuple[str, ...]:
        """Return the texts of all children of that name; a lenient reading misses one."""
        found = self.all(name)
        if self.passed_over is not None:
            found = [one for one in found if one.text is not None]
        return tuple(map(text_of, found))

    def texts(self, table: dict[str, str]) -> dict[str, str]:
        """Return the texts of a group that are there, by our attribute names."""
        named = [(attribute, self.text_at(name)) for attribute, name in table.items()]
        return {attribute: text for attribute, text in named if text is not None}


def text_of(place: Place) -> str:
    """Return the text of an element that must have some."""
    text = place.text
    if text is None:
        raise errors.MissingElementError(place.path)
    return text


def number_of(place: Place) -> int:
    """Return the whole number of an element."""
    text = text_of(place)
    if _NUMBER.fullmatch(text) is None:
        raise errors.WrongNumberError(place.path)
    return int(text)


def _reads(made: Callable[[str], T], wrong: type[errors.EdxmlError]) -> Callable[[Place], T]:
    """Return a reader of elements whose text `made` takes or refuses with ValueError."""

    def read(place: Place) -> T:
        text = text_of(place)
        try:
            return made(text)
        except ValueError:
            raise wrong(place.path) from None

    return read


agency_of = _reads(AgencyCode, errors.WrongAgencyCodeError)
document_id_of = _reads(DocumentId, errors.WrongDocumentIdError)
day_of = _reads(dates.read_day, errors.WrongDateError)
moment_of = _reads(dates.read_moment, errors.WrongDateError)


def parties_of(places: Sequence[Place], read: Callable[[Place], T]) -> Sequence[T]:
    """Return what is read of each place; a lenient reading passes over those whose code is none.

    Raises:
        WrongAgencyCodeError: if there is such a code, and no other in a lenient reading.
    """
    found, wrong = [], []
    for place in places:
        try:
            found.append(read(place))
        except errors.WrongAgencyCodeError as error:
            if place.passed_over is None:
                raise
            place.passed_over.parties.append(error.pointer)
            wrong.append(error)
    if wrong and not found:
        raise wrong[0]
    return found


def parse(skeleton: Skeleton, limits: Limits, passed_over: PassedOver | None = None) -> Place:
    """Return the root of an edXML packet, for a lenient reading if it can tell what it passed over.

    Raises:
        EdxmlError: if it has too much markup, is no XML, or XML of another kind.
    """
    data = skeleton.data
    _check_bytes(data, limits)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, remove_comments=True, remove_pis=True, huge_tree=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _syntax_error(parser, error, skeleton) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise errors.DoctypeError
    _check_root(root)
    place = Place(root, "edXML")
    place.passed_over = passed_over
    return place


def _check_bytes(data: bytes, limits: Limits) -> None:
    if data.count(b"<") > limits.markup or data.count(b"=") > limits.markup:
        raise errors.PacketTooLargeError
    if _MIME.match(data):
        raise errors.OlderVersionError
    if _JUNK.match(data):
        raise errors.TextBeforeDeclarationError
    if _DOCTYPE.match(data):
        raise errors.DoctypeError


def _syntax_error(
    parser: etree.XMLParser, error: etree.XMLSyntaxError, skeleton: Skeleton
) -> errors.EdxmlError:
    first = next(iter(parser.error_log), None)
    if first is not None and first.type == etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE:
        return errors.UnboundPrefixError("/", line=skeleton.line_of(first.line))
    line = None if error.lineno is None else skeleton.line_of(error.lineno)
    return errors.NotXmlError("/", line=line)


def _check_root(root: etree._Element) -> None:
    name = etree.QName(root)
    if name.namespace == _FLAT or name.localname == "EdXMLEnvelope":
        raise errors.FlatEnvelopeError
    if _OLDER & {name.namespace, *root.nsmap.values()}:
        raise errors.OlderVersionError
    if (name.namespace, name.localname) != (QCVN, "edXML"):
        raise errors.UnknownRootError
