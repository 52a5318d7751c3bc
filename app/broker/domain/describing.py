"""What a description document says of a service, and how two of them differ."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

from app.broker.domain.operations import Operation


class DescriptionKind(StrEnum):
    """In which language a service is described."""

    OPENAPI = "openapi"
    WSDL = "wsdl"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that goes in or comes out: its type, whether it is always there, its values."""

    type: str
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """An operation as it is described.

    Pieces are named by where they are: `query/page`, `header/X-Unit`, `body`, `body/ho_ten`,
    `200`, `200/items[]/id`.
    """

    method: str
    pattern: str
    name: str
    summary: str = ""
    inputs: Mapping[str, Piece] = field(default_factory=dict)
    outputs: Mapping[str, Piece] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """A document that was read: its operations by what identifies them in it."""

    kind: DescriptionKind
    title: str
    version: str
    operations: Mapping[str, Described]

    def callable_operations(self) -> tuple[Operation, ...]:
        """Return what can be called, each method and pattern once."""
        found: dict[str, Operation] = {}
        for one in self.operations.values():
            name = self.title if self.kind is DescriptionKind.WSDL else one.name
            operation = Operation.of(one.method, one.pattern, name)
            found.setdefault(operation.id, operation)
        return tuple(found.values())

    def plain(self) -> dict[str, Any]:
        """Return the whole as plain values, to be kept."""
        return asdict(self)

    @classmethod
    def of_plain(cls, kept: Mapping[str, Any]) -> Self:
        """Return what `plain` gave."""
        return cls(
            kind=DescriptionKind(kept["kind"]),
            title=kept["title"],
            version=kept["version"],
            operations={key: _described(one) for key, one in kept["operations"].items()},
        )


def _described(kept: Mapping[str, Any]) -> Described:
    return Described(
        method=kept["method"],
        pattern=kept["pattern"],
        name=kept["name"],
        summary=kept["summary"],
        inputs=_pieces(kept["inputs"]),
        outputs=_pieces(kept["outputs"]),
    )


def _pieces(kept: Mapping[str, Any]) -> dict[str, Piece]:
    return {
        place: Piece(one["type"], one["required"], tuple(one["values"]))
        for place, one in kept.items()
    }


class ChangeKind(StrEnum):
    """What a change means for those who call the service already."""

    BREAKING = "breaking"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, as a sentence in both languages; `place` is an operation or a piece of it."""

    kind: ChangeKind
    operation: str
    place: str
    text: str
    text_en: str


def differences(before: Description, after: Description) -> tuple[Change, ...]:
    """Return what differs, breaking changes first."""
    found = [*_operations(before, after)]
    for key, one in after.operations.items():
        former = before.operations.get(key)
        if former is not None:
            found += _moved(key, former, one)
            found += _inputs(key, former.inputs, one.inputs)
            found += _outputs(key, former.outputs, one.outputs)
    return tuple(sorted(found, key=lambda change: change.kind is not ChangeKind.BREAKING))


def _operations(before: Description, after: Description) -> Iterator[Change]:
    for key in before.operations:
        if key not in after.operations:
            yield _breaking(key, "", "thao tác bị bỏ", "the operation is gone")
    for key in after.operations:
        if key not in before.operations:
            yield _new(key, "", "thao tác mới", "a new operation")


def _moved(key: str, former: Described, present: Described) -> Iterator[Change]:
    was, now = f"{former.method} {former.pattern}", f"{present.method} {present.pattern}"
    if was != now:
        yield _breaking(key, "", f"chuyển từ {was} sang {now}", f"moved from {was} to {now}")


def _inputs(key: str, was: Mapping[str, Piece], now: Mapping[str, Piece]) -> Iterator[Change]:
    for place in _topmost(was, now):
        yield _breaking(key, place, "không còn được đọc", "is no longer read")
    for place in _topmost(now, was):
        if now[place].required:
            yield _breaking(key, place, "nay bắt buộc phải gửi", "must be sent now")
        else:
            yield _new(key, place, "có thể gửi thêm", "can be sent")
    for place, former, piece in _common(was, now):
        yield from _retyped(key, place, former, piece)
        if piece.required and not former.required:
            yield _breaking(key, place, "nay bắt buộc phải gửi", "must be sent now")
        if former.required and not piece.required:
            yield _new(key, place, "không còn bắt buộc", "need not be sent")
        yield from _narrowed(key, place, former, piece)


def _outputs(key: str, was: Mapping[str, Piece], now: Mapping[str, Piece]) -> Iterator[Change]:
    for place in _topmost(was, now):
        yield _breaking(key, place, "không còn trong câu trả lời", "is no longer answered")
    for place in _topmost(now, was):
        yield _new(key, place, "có thêm trong câu trả lời", "is answered, too")
    for place, former, piece in _common(was, now):
        yield from _retyped(key, place, former, piece)
        if former.required and not piece.required:
            yield _breaking(key, place, "có thể vắng mặt", "may be missing now")
        added = sorted(set(piece.values) - set(former.values))
        if added and former.values:
            listed = ", ".join(added)
            yield _new(key, place, f"thêm giá trị {listed}", f"has new values: {listed}")


def _retyped(key: str, place: str, former: Piece, piece: Piece) -> Iterator[Change]:
    if former.type != piece.type:
        yield _breaking(
            key,
            place,
            f"đổi kiểu từ {former.type} sang {piece.type}",
            f"changes its type from {former.type} to {piece.type}",
        )


def _narrowed(key: str, place: str, former: Piece, piece: Piece) -> Iterator[Change]:
    if piece.values and not former.values:
        listed = ", ".join(piece.values)
        yield _breaking(key, place, f"chỉ còn nhận {listed}", f"takes only {listed} now")
    dropped = sorted(set(former.values) - set(piece.values)) if piece.values else []
    if dropped:
        listed = ", ".join(dropped)
        yield _breaking(key, place, f"không còn nhận {listed}", f"no longer takes {listed}")
    added = sorted(set(piece.values) - set(former.values)) if former.values else []
    if added:
        listed = ", ".join(added)
        yield _new(key, place, f"nhận thêm {listed}", f"takes {listed}, too")


def _topmost(here: Mapping[str, Piece], there: Mapping[str, Piece]) -> Iterator[str]:
    """Yield places that are here and not there, without what lies inside one of them."""
    missing = {place for place in here if place not in there}
    for place in here:
        if place in missing and not any(above in missing for above in _above(place)):
            yield place


def _above(place: str) -> Iterator[str]:
    parts = place.split("/")
    for depth in range(1, len(parts)):
        yield "/".join(parts[:depth])


def _common(
    was: Mapping[str, Piece], now: Mapping[str, Piece]
) -> Iterator[tuple[str, Piece, Piece]]:
    for place, former in was.items():
        if place in now:
            yield place, former, now[place]


def _breaking(key: str, place: str, text: str, text_en: str) -> Change:
    return _change(ChangeKind.BREAKING, key, place, text=text, text_en=text_en)


def _new(key: str, place: str, text: str, text_en: str) -> Change:
    return _change(ChangeKind.NEW, key, place, text=text, text_en=text_en)


def _change(kind: ChangeKind, key: str, place: str, *, text: str, text_en: str) -> Change:
    where = f"{key} {place}".strip()
    return Change(kind, key, place, f"{where}: {text}", f"{where}: {text_en}")


BREAKING: Final = ChangeKind.BREAKING
