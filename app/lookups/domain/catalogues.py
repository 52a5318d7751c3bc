"""Shared catalogues of the nation in our words."""

from dataclasses import dataclass
from enum import StrEnum


class PropertyKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class CatalogueName:
    """A catalogue in the list of all."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CatalogueProperty:
    """Thuộc tính của danh mục: one column."""

    code: str
    name: str
    kind: PropertyKind


@dataclass(frozen=True, slots=True)
class SharedCatalogue:
    """Danh mục dùng chung: its columns, and its rows keyed by them; days as yyyy-MM-dd."""

    code: str
    properties: tuple[CatalogueProperty, ...]
    rows: tuple[dict[str, str | None], ...]
