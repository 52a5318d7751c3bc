"""Days that are not what the library of public holidays says of them."""

from sqlalchemy import Boolean, Column, Date, String, Table

from app.platform.schema import metadata

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_working", Boolean, nullable=False),
    Column("note", String(200), nullable=False),
)
