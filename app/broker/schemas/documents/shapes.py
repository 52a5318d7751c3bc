"""JSON schemas of an OpenAPI document as flat pieces that can be compared."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.broker.domain.describing import Piece
from app.platform.errors import Invalid

_HOPS: Final = 16
_DEEPEST: Final = 10
_MOST: Final = 50_000
_ANYTHING: Final = "any"


class Shapes:
    """Resolves references inside one document and flattens schemas; collects what is wrong."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.faults: list[Invalid] = []
        self._given = 0

    def fault(self, pointer: str, why: str, why_en: str) -> None:
        """Note that something is wrong."""
        self.faults.append(Invalid(pointer, why, why_en))

    def resolve(self, node: Any, pointer: str) -> Mapping[str, Any]:
        """Return what a node is, behind its references; an empty object if it is nothing."""
        for _ in range(_HOPS):
            if not isinstance(node, Mapping):
                self.fault(pointer, "phải là đối tượng", "must be an object")
                return {}
            target = node.get("$ref")
            if target is None:
                return node
            node = self._at(target, pointer)
        self.fault(pointer, "tham chiếu vòng", "references in a circle")
        return {}

    def _at(self, target: Any, pointer: str) -> Any:
        if not isinstance(target, str) or not target.startswith("#/"):
            why = "chỉ được tham chiếu trong cùng tài liệu"
            self.fault(pointer, why, "references stay inside the document")
            return {}
        found: Any = self._document
        for part in target[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            found = found.get(name) if isinstance(found, Mapping) else None
            if found is None:
                self.fault(pointer, f"không có {target}", f"there is no {target}")
                return {}
        return found

    def pieces(
        self, schema: Any, place: str, pointer: str, *, required: bool, above: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, Piece]]:
        """Yield a schema and everything inside it, each with its place."""
        circle = schema.get("$ref") if isinstance(schema, Mapping) else None
        self._given += 1
        if self._given > _MOST:
            if self._given == _MOST + 1:
                self.fault("", "bản mô tả quá lớn", "the description is too large")
            return
        if schema is True or schema == {}:
            yield place, Piece(_ANYTHING, required)
            return
        found = self._merged(schema, pointer)
        yield place, Piece(_type_of(found), required, _values_of(found))
        if len(above) >= _DEEPEST or (circle and circle in above):
            return
        line = (*above, circle or "")
        if "items" in found:
            yield from self.pieces(
                found["items"], f"{place}[]", f"{pointer}/items", required=True, above=line
            )
        yield from self._properties(found, place, pointer, line)

    def _properties(
        self, found: Mapping[str, Any], place: str, pointer: str, line: tuple[str, ...]
    ) -> Iterator[tuple[str, Piece]]:
        wanted = found.get("required", [])
        names = found.get("properties", {})
        if not isinstance(names, Mapping) or not isinstance(wanted, list):
            self.fault(pointer, "properties, required sai kiểu", "properties, required are wrong")
            return
        for name, inner in names.items():
            below = f"{place}/{name.replace('~', '~0').replace('/', '~1')}"
            yield from self.pieces(
                inner,
                below,
                f"{pointer}/properties/{name}",
                required=name in wanted,
                above=line,
            )

    def _merged(self, schema: Any, pointer: str, depth: int = 0) -> Mapping[str, Any]:
        """Return a schema with what its `allOf` adds."""
        found = self.resolve(schema, pointer)
        parts = found.get("allOf")
        if not isinstance(parts, list):
            return found
        if depth >= _DEEPEST:
            self.fault(pointer, "allOf lồng nhau quá sâu", "allOf is nested too deeply")
            return {}
        merged: dict[str, Any] = {"type": "object", **found, "properties": {}, "required": []}
        for number, part in enumerate([*parts, {**found, "allOf": None}]):
            one = self._merged(part, f"{pointer}/allOf/{number}", depth + 1)
            merged["properties"] |= one.get("properties") or {}
            merged["required"] += one.get("required") or []
        return merged


def _type_of(found: Mapping[str, Any]) -> str:
    for word in ("oneOf", "anyOf"):
        if isinstance(found.get(word), list):
            return " | ".join(sorted({_name_of(one) for one in found[word]}))
    return _name_of(found)


def _name_of(found: Any) -> str:
    if not isinstance(found, Mapping):
        return _ANYTHING
    if isinstance(found.get("$ref"), str):
        return str(found["$ref"].rpartition("/")[2])
    said = found.get("type")
    if said is None:
        said = "object" if "properties" in found else _ANYTHING
    name = " | ".join(sorted(map(str, said))) if isinstance(said, list) else str(said)
    return f"{name}({found['format']})" if isinstance(found.get("format"), str) else name


def _values_of(found: Mapping[str, Any]) -> tuple[str, ...]:
    values = found.get("enum")
    return tuple(sorted(map(str, values))) if isinstance(values, list) else ()
