"""What dossiers are counted as, and the summaries of it.

Dossiers from before are counted by `lgsp statistics rebuild`, or when the next act touches them.
"""

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json, Serial

revision = "0021"
down_revision = "0020"

_COLUMNS = (
    ("course", Json),
    ("counted_procedure", sa.String(50)),
    ("sector", sa.String(50)),
    ("channel", sa.String(8)),
    ("is_open", sa.Boolean),
    ("past_from", Instant),
    ("ending", sa.String(10)),
    ("ended_at", Instant),
    ("outcome", sa.String(8)),
    ("marks", sa.Integer),
    ("worked", sa.BigInteger),
    ("elapsed", sa.BigInteger),
    ("rated_at", Instant),
    ("score", sa.Integer),
)
_CELL = (("agency", 35), ("month", 7), ("procedure", 50), ("sector", 50), ("channel", 8))
_SORTED_BY_BYTES = sa.String(35).with_variant(sa.String(35, collation="C"), "postgresql")
_COUNTERS = (
    "received", "synced", "population", "personal_store", "reused",
    "ended", "early", "on_time", "late", "finished", "rejected", "stopped", "withdrawn",
    "extended", "digitised", "electronic", "online_full", "payable", "paid_online",
    "worked", "elapsed", "rated", "satisfied", "dissatisfied", "score",
)  # fmt: skip


def _counters() -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in _COUNTERS]


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("dossiers", sa.Column(name, kind))
    op.create_index(op.f("ix_dossiers_ended_at"), "dossiers", ["ended_at"])
    op.create_index(op.f("ix_dossiers_rated_at"), "dossiers", ["rated_at"])
    op.create_index(
        op.f("ix_dossiers_open"),
        "dossiers",
        ["past_from", "agency", "counted_procedure", "sector", "channel"],
        sqlite_where=sa.column("is_open").is_not(None),
        postgresql_where=sa.column("is_open").is_not(None),
    )
    op.create_table(
        "dossier_tally_entries",
        sa.Column("number", Serial, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in _CELL),
        *_counters(),
    )
    op.create_table(
        "dossier_tallies",
        sa.Column("grain", sa.String(9), primary_key=True),
        sa.Column("agency", _SORTED_BY_BYTES, primary_key=True),
        *(sa.Column(name, sa.String(length), primary_key=True) for name, length in _CELL[1:]),
        *_counters(),
    )


def downgrade() -> None:
    op.drop_table("dossier_tallies")
    op.drop_table("dossier_tally_entries")
    op.drop_index(op.f("ix_dossiers_open"), table_name="dossiers")
    op.drop_index(op.f("ix_dossiers_rated_at"), table_name="dossiers")
    op.drop_index(op.f("ix_dossiers_ended_at"), table_name="dossiers")
    for name, _ in reversed(_COLUMNS):
        op.drop_column("dossiers", name)
