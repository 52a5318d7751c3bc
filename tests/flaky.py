"""A real database that fails now and then."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from typing_extensions import override

from app.platform.database import Database, DatabaseUnavailableError, Waiter

P = ParamSpec("P")
T = TypeVar("T")


class Flaky(Database):
    """A real database that can be made unreachable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.dialect = database.dialect
        self.is_away = False
        self.missed = asyncio.Event()

    @override
    async def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if self.is_away:
            self.missed.set()
            raise DatabaseUnavailableError
        return await self._database.transact(act, *args, **kwargs)

    @override
    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self._database.read(query, *args, **kwargs)

    @override
    def listen(self) -> AbstractAsyncContextManager[Waiter]:
        return self._database.listen()

    @override
    async def close(self) -> None:
        await self._database.close()
