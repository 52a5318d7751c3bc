"""OpenAPI 3.0 and 3.1, and Swagger 2.0: what of them the register takes over, read strictly."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.broker.domain.describing import Described, Description, DescriptionKind, Piece
from app.broker.domain.errors import BadDescriptionError
from app.broker.domain.operations import METHODS, Operation
from app.broker.schemas.documents.shapes import Shapes
from app.platform.errors import Invalid

_VERSION: Final = re.compile(r"3\.[01]\.\d+", re.ASCII)
_STATUS: Final = re.compile(r"default|[1-5](?:\d\d|XX)", re.ASCII)
_NAME: Final = re.compile(r"\{([^}]*)\}")
_METHODS: Final = {method.casefold(): method for method in METHODS}
_BESIDE: Final = {"summary", "description", "servers", "parameters", "$ref"}
_PLACES: Final = {"query", "header", "path", "cookie", "body", "formData"}
_SHOWN: Final = 50
_MOST: Final = 2000


def read(document: Any) -> Description:
    """Return what a document describes.

    Raises:
        BadDescriptionError: names every place that is wrong.
    """
    if not isinstance(document, Mapping):
        raise BadDescriptionError([Invalid("", "phải là đối tượng", "must be an object")])
    reader = _Reader(document)
    found = reader.description()
    if reader.shapes.faults:
        raise BadDescriptionError(reader.shapes.faults[:_SHOWN])
    return found


class _Reader:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.shapes = Shapes(document)
        self._ids: set[str] = set()

    def description(self) -> Description:
        version = self._document.get("openapi", self._document.get("swagger"))
        is_known = isinstance(version, str) and (version == "2.0" or _VERSION.fullmatch(version))
        if not is_known:
            self.shapes.fault("/openapi", "chỉ đọc 3.0, 3.1, 2.0", "only 3.0, 3.1 and 2.0 are read")
        info = self.shapes.resolve(self._document.get("info"), "/info")
        title, edition = info.get("title"), info.get("version")
        for name, value in (("title", title), ("version", edition)):
            if not isinstance(value, str) or not value or len(value) > 300:  # noqa: PLR2004 -- as columns are
                self.shapes.fault(f"/info/{name}", "thiếu hoặc quá dài", "missing or too long")
        operations = {f"{one.method} {one.pattern}": one for one in self._operations()}
        if not operations:
            self.shapes.fault("/paths", "không có thao tác nào", "there is no operation")
        if len(operations) > _MOST:
            self.shapes.fault("/paths", "quá nhiều thao tác", "too many operations")
        return Description(DescriptionKind.OPENAPI, str(title), str(edition), operations)

    def _operations(self) -> Iterator[Described]:
        paths = self.shapes.resolve(self._document.get("paths"), "/paths")
        for path, item in paths.items():
            if path.startswith("x-"):
                continue
            pointer = f"/paths/{path.replace('~', '~0').replace('/', '~1')}"
            if not path.startswith("/"):
                self.shapes.fault(pointer, "phải bắt đầu bằng /", "must begin with a slash")
                continue
            found = self.shapes.resolve(item, pointer)
            for name, said in found.items():
                if name in _METHODS:
                    yield self._operation(path, name, said, found, at=f"{pointer}/{name}")
                elif name not in _BESIDE and not name.startswith("x-"):
                    self.shapes.fault(f"{pointer}/{name}", "không rõ là gì", "is not known")

    def _operation(
        self, path: str, name: str, said: Any, item: Mapping[str, Any], *, at: str
    ) -> Described:
        found = self.shapes.resolve(said, at)
        self._check_pattern(path, at)
        operation_id = self._id_of(found, at)
        inputs = dict(self._inputs(found, item, at))
        templated = {f"path/{one}" for one in _NAME.findall(path)}
        declared = {place for place in inputs if place.startswith("path/")}
        for place in sorted(templated ^ declared):
            why = "tham số đường dẫn không khớp"
            self.shapes.fault(f"{at}/parameters", f"{why}: {place}", f"{place} does not match")
        return Described(
            method=_METHODS[name],
            pattern=path,
            name=operation_id,
            summary=str(found.get("summary", ""))[:300],
            inputs=inputs,
            outputs=dict(self._outputs(found, at)),
        )

    def _check_pattern(self, path: str, at: str) -> None:
        try:
            Operation.of("GET", path)
        except ValueError:
            why_en = "a path is of segments, each a text or one {name}"
            self.shapes.fault(at, "mỗi đoạn là chữ hoặc một {tên}", why_en)

    def _id_of(self, found: Mapping[str, Any], at: str) -> str:
        said = found.get("operationId", "")
        if not isinstance(said, str) or (said and said in self._ids):
            self.shapes.fault(f"{at}/operationId", "lặp hoặc sai kiểu", "repeated, or no text")
        self._ids.add(str(said))
        return str(said)[:200]

    def _inputs(
        self, found: Mapping[str, Any], item: Mapping[str, Any], at: str
    ) -> Iterator[tuple[str, Piece]]:
        given: dict[tuple[str, str], tuple[Mapping[str, Any], str]] = {}
        for holder, pointer in ((item, at.rpartition("/")[0]), (found, at)):
            listed = holder.get("parameters", [])
            if not isinstance(listed, list):
                self.shapes.fault(f"{pointer}/parameters", "phải là mảng", "must be an array")
                continue
            for number, said in enumerate(listed):
                where = f"{pointer}/parameters/{number}"
                one = self.shapes.resolve(said, where)
                name, place = one.get("name"), one.get("in")
                if not isinstance(name, str) or place not in _PLACES:
                    self.shapes.fault(where, "thiếu name hoặc in", "name or in is missing")
                    continue
                given[str(place), name] = (one, where)
        for (place, name), (one, where) in given.items():
            yield from self._parameter(place, name, one, where)
        if "requestBody" in found:
            body = self.shapes.resolve(found["requestBody"], f"{at}/requestBody")
            required = body.get("required") is True
            yield from self._content(body, "body", f"{at}/requestBody", required=required)

    def _parameter(
        self, place: str, name: str, one: Mapping[str, Any], at: str
    ) -> Iterator[tuple[str, Piece]]:
        required = one.get("required") is True
        if place == "path" and not required:
            self.shapes.fault(at, "tham số đường dẫn phải bắt buộc", "a path parameter is required")
        where = "body" if place == "body" else f"{place}/{name}"
        schema = one.get("schema", {"type": one.get("type", "any")} if "type" in one else {})
        yield from self.shapes.pieces(schema, where, f"{at}/schema", required=required)

    def _outputs(self, found: Mapping[str, Any], at: str) -> Iterator[tuple[str, Piece]]:
        answers = self.shapes.resolve(found.get("responses"), f"{at}/responses")
        if not answers:
            self.shapes.fault(f"{at}/responses", "thiếu câu trả lời", "no answer is described")
        for status, said in answers.items():
            where = f"{at}/responses/{status}"
            if status.startswith("x-"):
                continue
            if not _STATUS.fullmatch(status):
                self.shapes.fault(where, "không phải mã trạng thái", "no status code")
                continue
            answer = self.shapes.resolve(said, where)
            if "schema" in answer:
                yield from self.shapes.pieces(answer["schema"], status, where, required=True)
            else:
                yield from self._content(answer, status, where, required=True)

    def _content(
        self, holder: Mapping[str, Any], place: str, at: str, *, required: bool
    ) -> Iterator[tuple[str, Piece]]:
        kinds = self.shapes.resolve(holder.get("content", {}), f"{at}/content")
        if not kinds:
            yield place, Piece("any", required)
            return
        media = next((kind for kind in kinds if "json" in kind), next(iter(kinds)))
        said = self.shapes.resolve(kinds[media], f"{at}/content/{media}")
        pointer = f"{at}/content/{media}/schema"
        yield from self.shapes.pieces(said.get("schema", {}), place, pointer, required=required)
