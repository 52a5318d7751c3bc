"""A real database that fails now and then."""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from typing_extensions import override

from app.platform.database import Database, DatabaseUnavailableError
from tests.passing_database import PassingDatabase

P = ParamSpec("P")
T = TypeVar("T")


class Flaky(PassingDatabase):
    """A real database that can be made unreachable."""

    def __init__(self, real: Database) -> None:
        super().__init__(real)
        self.is_away = False
        self.missed = asyncio.Event()

    @override
    async def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if self.is_away:
            self.missed.set()
            raise DatabaseUnavailableError
        return await super().transact(act, *args, **kwargs)
