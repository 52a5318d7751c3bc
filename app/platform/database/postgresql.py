"""PostgreSQL through asyncpg: each act runs in SQLAlchemy's bridge, on one pooled connection."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any, Concatenate

import asyncpg
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import create_async_engine
from typing_extensions import override

from app.platform.database import later
from app.platform.database.base import (
    Database,
    DatabaseFullError,
    DatabaseUnavailableError,
    P,
    T,
    Waiter,
    take_signal,
)
from app.platform.schema import in_json

_CHANNEL = "lgsp_signal"
_TRIES = 5
_REPEATABLE = {"40001", "40P01"}
"""Serialisation failure and deadlock: PostgreSQL undid the act and asks for it again."""

_FULL = "53100"
"""disk_full: neither rows nor the log that would make them last find room."""

_GONE = (
    OSError,
    OperationalError,
    InterfaceError,
    PoolTimeoutError,
    asyncpg.PostgresConnectionError,
)


class PostgresqlDatabase(Database):
    """Any number of gateways and workers over one PostgreSQL."""

    dialect = "postgresql"

    def __init__(self, url: URL, connections: int) -> None:
        self._engine = create_async_engine(
            url,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=10,
            pool_pre_ping=False,
            hide_parameters=True,
            json_serializer=in_json,
        )
        self._alone = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        event.listen(self._engine.sync_engine, "before_cursor_execute", later.write)
        self._url = url
        self._notify: asyncio.Event | None = None
        self._notifier: asyncio.Task[None] | None = None

    @override
    async def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        for again in reversed(range(_TRIES)):
            try:
                return await self._attempt(act, *args, **kwargs)
            except _GONE as error:
                raise _unavailable(error) from error
            except DBAPIError as error:
                if error.connection_invalidated or _state(error) == _FULL:
                    raise _unavailable(error) from error
                if not again or _state(error) not in _REPEATABLE:
                    raise
        raise DatabaseUnavailableError

    async def _attempt(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        def whole(connection: Connection) -> tuple[T, bool]:
            with later.waiting(connection):
                result = act(connection, *args, **kwargs)
            return result, take_signal(connection)

        async with self._engine.connect() as connection, connection.begin():
            result, signalled = await connection.run_sync(whole)
        if signalled:
            self._signal()
        return result

    @override
    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with _told():
            async with self._engine.connect() as connection:
                return await connection.run_sync(query, *args, **kwargs)

    @override
    async def look(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with _told():
            async with self._alone.connect() as connection:
                return await connection.run_sync(query, *args, **kwargs)

    def _signal(self) -> None:
        """Have NOTIFY sent soon, once for all acts committed meanwhile.

        It is sent after the commit and not inside it: a NOTIFY in the transaction takes one
        lock for the whole server at commit. A crash in between costs a delay only, because
        workers look for themselves every so often.
        """
        if self._notify is None:
            self._notify = asyncio.Event()
            self._notifier = asyncio.create_task(self._notify_forever(self._notify))
        self._notify.set()

    async def _notify_forever(self, wanted: asyncio.Event) -> None:
        statement = text(f"NOTIFY {_CHANNEL}")
        while True:
            await wanted.wait()
            wanted.clear()
            try:
                async with self._engine.connect() as connection:
                    await connection.execute(statement)
                    await connection.commit()
            except (*_GONE, DBAPIError):
                continue

    @override
    def listen(self) -> AbstractAsyncContextManager[Waiter]:
        return self._listening()

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[Waiter]:
        waiter = _Listener(self._url)
        try:
            yield waiter
        finally:
            await waiter.close()

    @override
    async def close(self) -> None:
        if self._notifier is not None:
            self._notifier.cancel()
            await asyncio.wait([self._notifier])
        await self._engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """Say what a reader is told of a database that is gone."""
    try:
        yield
    except _GONE as error:
        raise DatabaseUnavailableError from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnavailableError from error
        raise


def _unavailable(error: BaseException) -> DatabaseUnavailableError:
    return DatabaseFullError() if _state(error) == _FULL else DatabaseUnavailableError()


def _state(error: BaseException) -> str | None:
    said = error.orig if isinstance(error, DBAPIError) else error
    return getattr(said, "sqlstate", None)


class _Listener:
    """One connection of its own that LISTENs, opened anew whenever it was lost."""

    def __init__(self, url: URL) -> None:
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: asyncpg.Connection[Any] | None = None
        self._heard = asyncio.Event()

    async def wait(self, at_most: timedelta) -> None:
        try:
            async with asyncio.timeout(at_most.total_seconds()):
                await self._connect()
                await self._heard.wait()
        except TimeoutError:
            pass
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            # Without this a lost server would make its waiters spin.
            await asyncio.sleep(at_most.total_seconds())
        self._heard.clear()

    async def _connect(self) -> None:
        if self._connection is not None and not self._connection.is_closed():
            return
        self._connection = await asyncpg.connect(self._dsn)
        await self._connection.add_listener(_CHANNEL, lambda *_: self._heard.set())
        # Whatever was signalled until now went unheard.
        self._heard.set()

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
