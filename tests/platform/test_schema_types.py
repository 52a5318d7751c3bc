from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from app.platform.ids import new_id
from app.platform.schema import Instant

moments = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 -- hypothesis wants naive bounds
    max_value=datetime(2199, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-11))]),
)


@given(moments)
def test_a_moment_survives_sqlite_to_the_microsecond(moment: datetime) -> None:
    kind, dialect = Instant(), sqlite.dialect()
    stored = kind.process_bind_param(moment, dialect)
    assert kind.process_result_value(stored, dialect) == moment


def test_ids_are_version_7_and_never_repeat() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert {(text[14], text[19] in "89ab") for text in ids} == {("7", True)}
