"""Whatever names a kept content also says what it needs, so that nothing needed is removed."""

import re

from sqlalchemy import Column, ForeignKey, MetaData, String, Table

from app.platform.schema import metadata
from app.platform.storage.tables import blob_parts, blob_segments
from app.worker import HOLDERS

OWN = {blob_parts.name, blob_segments.name}


def naming(tables: MetaData) -> set[str]:
    """Return the tables with a foreign key on contents, the platform's own apart."""
    return {
        table.name
        for table in tables.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "blobs.sha256"
    } - OWN


def test_every_table_that_names_contents_has_a_holder() -> None:
    told = " ".join(str(claim) for holder in HOLDERS for claim in holder("ab"))
    assert [name for name in naming(metadata) if not re.search(rf"\b{name}\b", told)] == []
    assert len(naming(metadata)) >= 4


def test_a_table_without_one_would_be_seen() -> None:
    other = MetaData()
    Table("blobs", other, Column("sha256", String(64), primary_key=True))
    Table("others", other, Column("content", String(64), ForeignKey("blobs.sha256")))
    assert naming(other) == {"others"}
