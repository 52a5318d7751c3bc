"""The one MetaData every table joins, and the column types both databases share."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic_core import to_json
from sqlalchemy import JSON, BigInteger, Dialect, Integer, LargeBinary, MetaData, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.types import TypeEngine
from typing_extensions import override

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """A moment, aware, in UTC, to the microsecond.

    PostgreSQL keeps `timestamptz`; SQLite, which has no such type, keeps the whole number of
    microseconds since 1970, so that both sort and compare by time.
    """

    impl = BigInteger
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return (value - _EPOCH) // _MICROSECOND

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        return _EPOCH + int(value) * _MICROSECOND


class Sealed(LargeBinary):
    """What a `Sealer` encrypted; it begins with the id of its key. Empty where it was wiped."""


def in_json(value: Any) -> str:
    """Return a value as JSON text: what both engines write into columns of `Json`."""
    return to_json(value).decode()


Json = JSON().with_variant(JSONB(), "postgresql")
"""A JSON document; `jsonb` on PostgreSQL."""

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""A row number the database hands out, growing; SQLite counts only in INTEGER columns."""
