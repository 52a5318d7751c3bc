"""Running one act on the database of the settings."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.cli.failing import CommandError, SettingsError
from app.platform.database import Database, DatabaseUnavailableError, open_database
from app.platform.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


def open_from(settings: Settings) -> Database:
    """Open the database of the settings.

    Raises:
        SettingsError: if its URL cannot be used.
    """
    try:
        return open_database(settings.database_url, connections=settings.database_connections)
    except (ValueError, ArgumentError) as error:
        raise SettingsError(f"LGSP_DATABASE_URL: {error}") from None


@contextmanager
def reaching(question: str) -> Iterator[None]:
    """Say of a database that cannot be used which one it is, and ask what may be the matter.

    Raises:
        CommandError: if the database cannot be reached.
    """
    try:
        yield
    except DatabaseUnavailableError as error:
        cause = type(error.__cause__).__name__
        raise CommandError(
            f"the database of LGSP_DATABASE_URL cannot be used ({cause}); {question}"
        ) from error


def act(
    settings: Settings,
    use_case: Callable[Concatenate[Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run one act in one transaction and return what it gives.

    Raises:
        CommandError: if the database cannot be reached, or was never migrated.
    """

    async def run() -> T:
        async with open_from(settings) as database:
            return await database.transact(use_case, *args, **kwargs)

    try:
        with reaching("is it reachable, and did `lgsp migrate` run?"):
            return asyncio.run(run())
    except DBAPIError as error:
        kind = type(error.orig).__name__
        raise CommandError(f"the database refused ({kind}); did `lgsp migrate` run?") from error
