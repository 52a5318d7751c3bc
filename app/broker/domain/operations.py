"""What of a service can be called: a method and the paths it is good for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from app.broker.domain.paths import PathPattern, PlainPath

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
ANY_METHOD: Final = "*"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""What may be asked twice without harm (RFC 9110 §9.2.1)."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: a method, `*` for every one, and a pattern of paths below the service.

    `name` is what the service's own description calls it; `id` is what grants name, and means
    the same method and paths for ever.
    """

    id: str
    method: str
    pattern: PathPattern
    name: str = field(default="", compare=False)

    @classmethod
    def of(cls, method: str, pattern: str, name: str = "") -> Self:
        """Return the operation of a method and a written pattern.

        Raises:
            ValueError: if the pattern is none, or nobody knows the method.
        """
        if method not in {*METHODS, ANY_METHOD}:
            raise ValueError("no such method")
        return cls(f"{method} {pattern}".rstrip(), method, PathPattern.read(pattern), name)


def operation_of(operations: Iterable[Operation], method: str, path: PlainPath) -> Operation | None:
    """Return the operation that a call is; None if it is none.

    The most specific pattern decides, whatever its methods, as in OpenAPI. If a lenient reader
    could take the path for a more specific one, the call is none of these.
    """
    best: list[Operation] = []
    nearest: tuple[int, ...] | None = None
    for one in operations:
        rank = one.pattern.rank
        if one.pattern.matches(path):
            if not best or rank < best[0].pattern.rank:
                best = [one]
            elif rank == best[0].pattern.rank:
                best.append(one)
        elif one.pattern.may_match(path) and (nearest is None or rank < nearest):
            nearest = rank
    if not best or (nearest is not None and nearest < best[0].pattern.rank):
        return None
    if method not in METHODS:
        return None
    exact = next((one for one in best if one.method == method), None)
    return exact or next((one for one in best if one.method == ANY_METHOD), None)


def ambiguous(operations: Sequence[Operation]) -> int | None:
    """Return the place of the first operation that means the same as one before it."""
    seen = set()
    for place, one in enumerate(operations):
        key = (one.method, one.pattern.shape)
        if key in seen:
            return place
        seen.add(key)
    return None
