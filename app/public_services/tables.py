"""Services, decisions on them, the periods that follow from those; opinions."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.platform.schema import Instant, Json, Serial, metadata

services = Table(
    "services",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("procedure", String(50), nullable=False),
    Column("agency", String(35), nullable=False, index=True),
    UniqueConstraint("procedure", "agency"),
)

decisions = Table(
    "service_decisions",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("service", Serial, ForeignKey("services.number"), nullable=False),
    Column("paper_number", String(100), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("supersedes", Serial, ForeignKey("service_decisions.number")),
    Column("content", Json, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("service", "paper_number", "effective_from"),
)

periods = Table(
    "service_periods",
    metadata,
    Column("service", Serial, ForeignKey("services.number"), primary_key=True, autoincrement=False),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("decision", Serial, ForeignKey("service_decisions.number"), nullable=False),
    Column("level", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("on_national_portal", Boolean, nullable=False),
    Column("by_post", Boolean, nullable=False),
    Column("online_payment", Boolean, nullable=False),
    Column("is_priority", Boolean, nullable=False),
    Column("is_chosen", Boolean, nullable=False),
)

priority_lists = Table(
    "priority_lists",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("paper_number", String(100), nullable=False, unique=True),
    Column("signed_on", Date, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

priorities = Table(
    "priorities",
    metadata,
    Column(
        "list", Serial, ForeignKey("priority_lists.number"), primary_key=True, autoincrement=False
    ),
    Column("procedure", String(50), primary_key=True),
)

opinions = Table(
    "opinions",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("code", String(20), nullable=False, unique=True),
    Column("tracking_code", String(20), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("agency", String(35), nullable=False, index=True),
    Column("dossier", String(50)),
    Column("content", Text, nullable=False),
    Column("sender", Json, nullable=False),
    Column("at_counter", Boolean, nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
    Column("due_at", Instant, nullable=False),
    Column("reply", Text),
    Column("published", Text),
    Column("answered_by", String(200)),
    Column("answered_at", Instant, index=True),
    Column("score", SmallInteger),
)
