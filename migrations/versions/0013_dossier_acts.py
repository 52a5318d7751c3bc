"""Acts on dossiers, due dates with how they came about, and the calendar they are counted on."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from app.platform.schema import Instant, Json

revision = "0013"
down_revision = "0012"

dossiers = sa.table(
    "dossiers",
    sa.column("code", sa.String),
    sa.column("filing", Json),
    sa.column("received_at", Instant),
    sa.column("created_at", Instant),
    sa.column("promise", Json),
    sa.column("due_at", Instant),
    sa.column("handling", Json),
)


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("is_working", sa.Boolean, nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
    )
    op.add_column("dossiers", sa.Column("promise", Json))
    op.add_column("dossiers", sa.Column("due_at", Instant))
    op.add_column("dossiers", sa.Column("handling", Json))
    op.add_column("dossier_progress", sa.Column("act", sa.String(32)))
    _keep_what_was_promised()
    with op.batch_alter_table("dossiers") as batch:
        batch.alter_column("promise", existing_type=Json, nullable=False)
        batch.alter_column("handling", existing_type=Json, nullable=False)
    op.create_index(op.f("ix_dossiers_due_at"), "dossiers", ["due_at"])


def _keep_what_was_promised() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(dossiers.c.code, dossiers.c.filing, dossiers.c.received_at, dossiers.c.created_at)
    ).all()
    for row in rows:
        due_at = row.filing["times"]["due_at"]
        given = {
            "reason": "given",
            "due_at": due_at,
            "decided_at": row.created_at.isoformat(),
            "counted_from": row.received_at.isoformat(),
        }
        connection.execute(
            sa.update(dossiers)
            .where(dossiers.c.code == row.code)
            .values(
                promise={"decisions": [given] if due_at else []},
                due_at=datetime.fromisoformat(due_at) if due_at else None,
                handling={},
            )
        )


def downgrade() -> None:
    op.drop_index(op.f("ix_dossiers_due_at"), table_name="dossiers")
    op.drop_column("dossier_progress", "act")
    op.drop_column("dossiers", "handling")
    op.drop_column("dossiers", "due_at")
    op.drop_column("dossiers", "promise")
    op.drop_table("calendar_days")
