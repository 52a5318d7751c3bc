"""A database that passes everything on to a real one, for those that do one thing otherwise."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from typing_extensions import override

from app.platform.database import Database, Waiter

P = ParamSpec("P")
T = TypeVar("T")


class PassingDatabase(Database):
    """Another database, as it is."""

    def __init__(self, real: Database) -> None:
        self._real = real
        self.dialect = real.dialect

    @override
    async def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self._real.transact(act, *args, **kwargs)

    @override
    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self._real.read(query, *args, **kwargs)

    @override
    def listen(self) -> AbstractAsyncContextManager[Waiter]:
        return self._real.listen()

    @override
    async def close(self) -> None:
        await self._real.close()
