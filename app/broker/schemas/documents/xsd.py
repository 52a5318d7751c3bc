"""Types inside a WSDL document as flat pieces that can be compared."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from app.broker.domain.describing import Piece

_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_DEEPEST: Final = 10
_MOST: Final = 50_000
_ANYTHING: Final = "any"


class Types:
    """Global elements and types, by their local names: descriptions rarely have two of one."""

    def __init__(self, root: etree._Element) -> None:
        schemas = list(root.iter(f"{_XSD}schema"))
        self._elements = _named(schemas, "element")
        self._complex = _named(schemas, "complexType")
        self._simple = _named(schemas, "simpleType")
        self._given = 0

    def element(self, name: str, place: str, depth: int = 0) -> Iterator[tuple[str, Piece]]:
        """Yield a global element and what is inside it."""
        found = self._elements.get(name)
        if found is None:
            yield place, Piece(name, required=True)
            return
        yield from self._declared(found, f"{place}/{name}", depth, required=True)

    def typed(
        self, name: str, place: str, depth: int = 0, *, required: bool = True
    ) -> Iterator[tuple[str, Piece]]:
        """Yield something of a named type and what is inside it."""
        if self._is_spent():
            return
        simple = self._simple.get(name)
        values = () if simple is None else _values(simple)
        yield place, Piece(name, required, values)
        found = self._complex.get(name)
        if found is not None and depth < _DEEPEST:
            yield from self._inside(found, place, depth + 1)

    def _is_spent(self) -> bool:
        """Tell whether so much was given that nobody would read it: types can nest at will."""
        self._given += 1
        return self._given > _MOST

    def _declared(
        self, element: etree._Element, place: str, depth: int, *, required: bool
    ) -> Iterator[tuple[str, Piece]]:
        if self._is_spent():
            return
        named = element.get("type")
        where = f"{place}[]" if element.get("maxOccurs", "1") not in {"0", "1"} else place
        if named is not None:
            yield from self.typed(_local(named), where, depth, required=required)
            return
        inner = element.find(f"{_XSD}complexType")
        simple = element.find(f"{_XSD}simpleType")
        values = () if simple is None else _values(simple)
        kind = _ANYTHING if inner is None and simple is None else "object"
        yield where, Piece("string" if simple is not None else kind, required, values)
        if inner is not None and depth < _DEEPEST:
            yield from self._inside(inner, where, depth + 1)

    def _inside(
        self, node: etree._Element, place: str, depth: int, *, chosen: bool = False
    ) -> Iterator[tuple[str, Piece]]:
        """Yield elements and attributes of a complex type, behind groups and extensions."""
        for child in node:
            name = etree.QName(child).localname
            if name == "element":
                yield from self._member(child, place, depth, chosen=chosen)
            elif name == "attribute":
                required = child.get("use") == "required"
                where = f"{place}/@{child.get('name') or _local(child.get('ref', ''))}"
                yield where, Piece(_local(child.get("type", _ANYTHING)), required)
            elif name in {"extension", "restriction"}:
                base = self._complex.get(_local(child.get("base", "")))
                if base is not None and depth < _DEEPEST:
                    yield from self._inside(base, place, depth + 1)
                yield from self._inside(child, place, depth)
            elif name in {"sequence", "all", "choice", "complexContent", "simpleContent"}:
                is_chosen = chosen or name == "choice" or child.get("minOccurs") == "0"
                yield from self._inside(child, place, depth, chosen=is_chosen)

    def _member(
        self, child: etree._Element, place: str, depth: int, *, chosen: bool
    ) -> Iterator[tuple[str, Piece]]:
        required = not chosen and child.get("minOccurs", "1") != "0"
        ref = child.get("ref")
        found = child if ref is None else self._elements.get(_local(ref), child)
        name = child.get("name") or _local(ref or "")
        yield from self._declared(found, f"{place}/{name}", depth, required=required)


def _named(schemas: list[etree._Element], tag: str) -> dict[str, etree._Element]:
    return {
        str(one.get("name")): one
        for schema in schemas
        for one in schema.iterchildren(f"{_XSD}{tag}")
    }


def _values(simple: etree._Element) -> tuple[str, ...]:
    found = (one.get("value", "") for one in simple.iter(f"{_XSD}enumeration"))
    return tuple(sorted(found))


def _local(name: str) -> str:
    return name.rpartition(":")[2]
