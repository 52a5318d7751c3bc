"""A million dossiers of 130 agencies and 1,700 procedures over two years, loaded in bulk.

Few pairs of agency and procedure have most of them, as it is in provinces. One of twenty is open,
and a tenth of these past its limit.
"""

import asyncio
from datetime import date, datetime
from itertools import product
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert, text

from app.catalogue.tables import procedures
from app.dossiers.domain.measuring.tallies import COUNTERS
from app.dossiers.tables import dossiers
from app.platform.clock import VIETNAM
from app.platform.database import open_database
from app.platform.schema import Instant
from app.public_services.tables import decisions, periods, services

_DEPARTMENTS, _COMMUNES = 20, 110
_OWN, _SHARED = 60, 500
_MONTHS = [(year, month) for year in (2025, 2026) for month in range(1, 13)]
_FAR = datetime(2199, 1, 1, tzinfo=VIETNAM)

_helpers = MetaData()
_pairs = Table(
    "bench_pairs",
    _helpers,
    Column("number", Integer, primary_key=True),
    Column("agency", String(35)),
    Column("procedure", String(50)),
    Column("sector", String(50)),
)
_months = Table(
    "bench_months",
    _helpers,
    Column("number", Integer, primary_key=True),
    Column("month", String(7)),
    Column("begins_at", Instant),
    Column("ends_at", Instant),
)
_NUMBERS = {
    "sqlite": "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {number})",
    "postgresql": "WITH g(n) AS (SELECT generate_series(CAST(1 AS bigint), {number}))",
}
_DOSSIERS = """
INSERT INTO dossiers (code, tracking_code, status, agency, procedure, received_at, filing, promise,
  handling, created_at, changed_at, national_state, national_owed_id, course, counted_procedure,
  sector, channel, is_open, past_from, ending, ended_at, outcome, marks, worked, elapsed)
{numbers}, drawn AS (
  SELECT n, CAST(n * 7919 % 1000003 AS REAL) / 1000003.0 AS u, n * 31 / 7 % 24 AS month FROM g
)
SELECT 'H38-' || substr(m.month, 3, 2) || substr(m.month, 6, 2) || '01-' || n, 'none',
  'processing', p.agency, p.procedure, m.begins_at, '{{}}', '{{}}', '{{}}', m.begins_at,
  m.begins_at, 'waiting', 'none', '{{"turns": []}}', p.procedure, p.sector,
  CASE n % 3 WHEN 0 THEN 'counter' WHEN 1 THEN 'online' ELSE 'postal' END,
  CASE WHEN n % 20 = 0 THEN n > 0 END,
  CASE WHEN n % 200 = 0 THEN m.begins_at WHEN n % 20 = 0 THEN f.ends_at END,
  CASE WHEN n % 20 > 0 THEN 'finished' END,
  CASE WHEN n % 20 > 0 THEN m.ends_at END,
  CASE WHEN n % 20 > 0 THEN CASE WHEN n % 9 = 0 THEN 'late' ELSE 'early' END END,
  n % 128, 28800, 86400
FROM drawn JOIN bench_months m ON m.number = drawn.month
JOIN bench_months f ON f.number = 99
JOIN bench_pairs p ON p.number = CAST({pairs} * u * u * u AS INTEGER)
"""
_TALLIES = """
INSERT INTO dossier_tallies (grain, agency, procedure, sector, channel, month, {counters})
SELECT '{grain}', {agency}, {procedure}, {sector}, channel, {month}, {sums}
FROM dossiers d JOIN bench_months m ON m.begins_at = d.received_at
GROUP BY 2, 3, 4, 5, 6
"""
_SUMS = {
    "received": "count(*)",
    "ended": "sum(CASE WHEN is_open IS NULL THEN 1 ELSE 0 END)",
    "finished": "sum(CASE WHEN is_open IS NULL THEN 1 ELSE 0 END)",
    "early": "sum(CASE WHEN outcome = 'early' THEN 1 ELSE 0 END)",
    "late": "sum(CASE WHEN outcome = 'late' THEN 1 ELSE 0 END)",
    "worked": "sum(worked)",
    "elapsed": "sum(elapsed)",
}
_EVER = "''"
_PERIODS = ("m.month", "substr(m.month, 1, 4)", _EVER)
_GRAINS = {
    "both": ("d.agency", "d.counted_procedure", "d.sector"),
    "agency": ("d.agency", "''", "''"),
    "procedure": ("'H38'", "d.counted_procedure", "d.sector"),
}


def load(url: str, number: int) -> None:
    """Put so many dossiers and their totals into a migrated database."""

    async def run() -> None:
        async with open_database(url) as database:
            await database.transact(_load, number)

    asyncio.run(run())


def _load(connection: Connection, number: int) -> None:
    _helpers.create_all(connection)
    pairs = list(_every_pair())
    connection.execute(insert(_pairs), pairs)
    far = {"number": 99, "month": "", "begins_at": _FAR, "ends_at": _FAR}
    connection.execute(insert(_months), [*(_month(one) for one in range(len(_MONTHS))), far])
    numbers = _NUMBERS[connection.dialect.name].format(number=number)
    # To keep the indexes of every row as it comes takes longer than to make them once.
    for index in dossiers.indexes:
        index.drop(connection)
    connection.execute(text(_DOSSIERS.format(numbers=numbers, pairs=len(pairs) - 1)))
    for index in dossiers.indexes:
        index.create(connection)
    for grain, month in product(_GRAINS, _PERIODS):
        agency, procedure, sector = _GRAINS[grain]
        kept = ("received", "ended") if month == _EVER else _SUMS
        sums = ", ".join(_SUMS[name] if name in kept else "0" for name in COUNTERS)
        statement = _TALLIES.format(
            grain=grain, agency=agency, procedure=procedure, sector=sector, month=month,
            counters=", ".join(COUNTERS), sums=sums,
        )  # fmt: skip
        connection.execute(text(statement))
    connection.execute(text("ANALYZE"))


def load_services(url: str) -> None:
    """Put the 1,700 procedures into the catalogue, each with a service by a decision of its own."""

    async def run() -> None:
        async with open_database(url) as database:
            await database.transact(_load_services)

    asyncio.run(run())


def _load_services(connection: Connection) -> None:
    offered = {pair["procedure"]: pair for pair in _every_pair()}
    for number, (code, pair) in enumerate(sorted(offered.items()), 1):
        name = f"Thủ tục {number}"
        row = {
            "code": code, "national_code": code, "name": name, "sector_code": pair["sector"],
            "sector_name": f"Lĩnh vực {pair['sector']}", "agency": pair["agency"],
            "state": "published", "record": {}, "folded": name,
        }  # fmt: skip
        connection.execute(insert(procedures), row)
        row = {"number": number, "procedure": code, "agency": pair["agency"]}
        connection.execute(insert(services), row)
        signed = date(2025, 1, 1 + number % 28)
        row = {
            "number": number, "service": number, "paper_number": f"{number}/QĐ-UBND",
            "signed_on": signed, "effective_from": signed, "content": {}, "recorded_at": _FAR,
        }  # fmt: skip
        connection.execute(insert(decisions), row)
        said = {name: number % (place + 2) == 0 for place, name in enumerate(_SAID)}
        row = {
            "service": number, "decision": number, "valid_from": signed,
            "level": ("province", "commune")[number > _DEPARTMENTS * _OWN],
            "kind": ("information", "partial", "full")[number % 3], "is_open": True, **said,
        }  # fmt: skip
        connection.execute(insert(periods), row)
    connection.execute(text("ANALYZE"))


_SAID = ("on_national_portal", "by_post", "online_payment", "is_priority", "is_chosen")


def _month(place: int) -> dict[str, Any]:
    year, month = _MONTHS[place]
    begins, ends = (datetime(year, month, day, 8, tzinfo=VIETNAM) for day in (1, 12))
    return {"number": place, "month": f"{year}-{month:02d}", "begins_at": begins, "ends_at": ends}


def _every_pair() -> list[dict[str, Any]]:
    """Return every pair of an agency and a procedure of its own, in no particular order."""
    of_departments = [
        (f"H38.{place:02d}", place * _OWN + own)
        for place in range(_DEPARTMENTS)
        for own in range(_OWN)
    ]
    of_communes = [
        (f"H38.{_DEPARTMENTS + place}", _DEPARTMENTS * _OWN + shared)
        for shared in range(_SHARED)
        for place in range(_COMMUNES)
    ]
    every = sorted([*of_departments, *of_communes], key=lambda pair: hash_of(pair[0], pair[1]))
    return [
        {
            "number": number,
            "agency": agency,
            "procedure": f"1.{procedure:06d}",
            "sector": f"G09-LV{procedure % 40:02d}",
        }
        for number, (agency, procedure) in enumerate(every)
    ]


def hash_of(agency: str, procedure: int) -> int:
    """Return a number that looks drawn, the same each time."""
    return (int(agency.partition(".")[2]) * 7919 + procedure * 104_729) % 1_000_003
