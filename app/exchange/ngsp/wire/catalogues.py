"""Shared catalogues: their columns, their rows, and what is said of an import."""

from pydantic import Field, JsonValue, TypeAdapter

from app.exchange.ngsp.wire.fields import Scalar, ServiceFact


class Category(ServiceFact):
    """One catalogue in the list of all."""

    code: Scalar = Field(alias="CategoryCode")
    name: Scalar = Field("", alias="CategoryName")


class Property(ServiceFact):
    """One column."""

    code: Scalar = Field(alias="PropertyCode")
    name: Scalar = Field("", alias="PropertyName")
    kind: Scalar = Field("", alias="PropertyType")


class Imported(ServiceFact):
    """What is said of an import; the words tell what was wrong."""

    words: Scalar = Field(alias="MSG")
    count: int = Field(alias="Count", ge=0)


CATEGORIES = TypeAdapter(tuple[Category, ...])
PROPERTIES = TypeAdapter(tuple[Property, ...])
ROWS = TypeAdapter(tuple[dict[str, JsonValue], ...])
