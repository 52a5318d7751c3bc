"""Dossiers, what they are counted as, their progress and files, what came with them, numbers."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from app.dossiers.domain.measuring.tallies import COUNTERS
from app.platform.schema import Instant, Json, Serial, metadata

IN_HAND: Final = "status IN ('accepted', 'processing', 'payment_requested')"
"""Statuses in which time counts for the agency, as the index of what may be late says them."""

dossiers = Table(
    "dossiers",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("code", String(50), nullable=False, unique=True),
    Column("tracking_code", String(20), nullable=False),
    Column("status", String(24), nullable=False, index=True),
    Column("agency", String(35), nullable=False, index=True),
    Column("procedure", String(50), nullable=False),
    Column("owner", String(70), index=True),
    Column("received_at", Instant, nullable=False, index=True),
    Column("filing", Json, nullable=False),
    Column("promise", Json, nullable=False),
    Column("due_at", Instant, index=True),
    Column("handling", Json, nullable=False),
    Column("finished_at", Instant, index=True),
    Column("returned_at", Instant),
    Column("rejected_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("national_state", String(16), nullable=False),
    Column("national_reason", String(300)),
    Column("national_delivered_at", Instant),
    Column("national_owed_id", String(36), nullable=False),
    Column("course", Json),
    Column("counted_procedure", String(50)),
    Column("sector", String(50)),
    Column("channel", String(8)),
    Column("is_open", Boolean),
    Column("past_from", Instant),
    Column("ending", String(10)),
    Column("ended_at", Instant),
    Column("outcome", String(8)),
    Column("marks", Integer),
    Column("worked", BigInteger),
    Column("elapsed", BigInteger),
    Column("rated_at", Instant, index=True),
    Column("score", Integer),
    Column("version", Integer, nullable=False, server_default="1"),
    Index(
        "ix_dossiers_in_hand",
        "due_at",
        "agency",
        postgresql_where=text(IN_HAND),
        sqlite_where=text(IN_HAND),
    ),
)
"""The columns from `course` on are what a dossier is counted as; null until it is counted.

`is_open` is true or null, so that both engines find the index of the open ones. `version` counts
how often a row was written where it says anything of its dossier.
"""

Index(
    "ix_dossiers_open",
    dossiers.c.past_from,
    dossiers.c.agency,
    dossiers.c.counted_procedure,
    dossiers.c.sector,
    dossiers.c.channel,
    sqlite_where=dossiers.c.is_open.is_not(None),
    postgresql_where=dossiers.c.is_open.is_not(None),
)
Index("ix_dossiers_ended_at", dossiers.c.ended_at)


_LATER: Final = frozenset({"business"})
"""Counters that came later: what was counted before has nothing in them."""


def _cell() -> list[Column[str]]:
    lengths = {"agency": 35, "month": 7, "procedure": 50, "sector": 50, "channel": 8}
    return [Column(name, String(length), nullable=False) for name, length in lengths.items()]


def _counters() -> list[Column[int]]:
    return [
        Column(name, BigInteger, nullable=False, server_default="0" if name in _LATER else None)
        for name in COUNTERS
    ]


tally_entries = Table(
    "dossier_tally_entries",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    *_cell(),
    *_counters(),
)

_SORTED_BY_BYTES = String(35).with_variant(String(35, collation="C"), "postgresql")
"""So that all codes below one are a range of the key, whatever the database's own order is."""

tallies = Table(
    "dossier_tallies",
    metadata,
    Column("grain", String(9), primary_key=True),
    Column("agency", _SORTED_BY_BYTES, primary_key=True),
    *(Column(one.name, one.type, primary_key=True) for one in _cell()[1:]),
    *_counters(),
)

progress = Table(
    "dossier_progress",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, index=True),
    Column("status", String(24), nullable=False),
    Column("happened_at", Instant, nullable=False),
    Column("staff_name", String(50), nullable=False),
    Column("content", Text, nullable=False),
    Column("staff_title", String(200)),
    Column("department", String(300)),
    Column("started_at", Instant),
    Column("due_at", Instant),
    Column("actor", String(8)),
    Column("act", String(32)),
)

sequences = Table(
    "dossier_sequences",
    metadata,
    Column("agency", String(35), primary_key=True),
    Column("day", String(6), primary_key=True),
    Column("last", Integer, nullable=False),
)

arrivals = Table(
    "portal_arrivals",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, unique=True),
    Column("arrived_at", Instant, nullable=False),
)

files = Table(
    "dossier_files",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("member", String(35), nullable=False),
    Column("name", String(255), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False, index=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), index=True),
    Column("offered_at", Instant),
    Column("fetched_at", Instant),
)

searches = Table(
    "result_searches",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("member", String(35), nullable=False),
    Column("client_id", String(100), nullable=False),
    Column("owner", String(70), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("consent", String(200), nullable=False),
    Column("consented_at", Instant, nullable=False),
    Column("searched_at", Instant, nullable=False, index=True),
    Column("found", Integer, nullable=False),
)

portal_notices = Table(
    "portal_notices",
    metadata,
    Column("reference", String(50), primary_key=True),
    Column("dossier", String(50), ForeignKey("dossiers.code"), nullable=False, index=True),
    Column("content", Json, nullable=False),
    Column("received_at", Instant, nullable=False),
)

received_files = Table(
    "received_files",
    metadata,
    Column("file", String(36), ForeignKey("dossier_files.id"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("reference", String(2000), nullable=False),
)
"""What a file that came with its dossier has besides: its place there, its sender's address."""
