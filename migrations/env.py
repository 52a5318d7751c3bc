"""Alembic's entry: runs on the connection it is given, or on LGSP_DATABASE_URL."""

import asyncio

from alembic import context
from sqlalchemy import Connection

import app.access.tables
import app.broker.tables.credentials
import app.broker.tables.quotas
import app.broker.tables.register
import app.broker.tables.watching
import app.calendars.tables
import app.catalogue.tables
import app.documents.tables
import app.dossiers.tables
import app.errands.tables
import app.evidence.tables
import app.exchange.tables
import app.facades.dvcqg.tables
import app.facades.forwarding.tables
import app.facades.land.tables
import app.lookups.tables
import app.notices.tables
import app.payments.tables
import app.platform.idempotency
import app.platform.storage.tables
import app.public_services.tables
import app.reports.tables
import app.webhooks.tables  # noqa: F401 -- each import adds its tables to the metadata
from app.platform.database import open_database
from app.platform.schema import metadata
from app.platform.settings import Settings


def run(connection: Connection) -> None:
    """Migrate on this connection, in the transaction that it is in."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()


async def run_alone() -> None:
    """Migrate the database of the settings."""
    async with open_database(Settings().database_url) as database:
        await database.transact(run)


given: Connection | None = context.config.attributes.get("connection")
if given is None:
    asyncio.run(run_alone())
else:
    run(given)
