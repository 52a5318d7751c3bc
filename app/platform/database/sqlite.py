"""SQLite for one machine: one writer thread that shares its commits, readers beside it."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any, Concatenate

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool
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
from app.platform.database.turns import NoTurnError, Turns
from app.platform.schema import in_json

_BUSY = timedelta(seconds=10)
_SHARED_COMMIT = 128
"""At most so many acts in one commit: bounds how long the first of them waits."""

_PRIMARY = 0xFF
_FAILING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
}

_READERS = 4
_LOOK_EVERY = 0.01
"""Seconds between two looks at `PRAGMA data_version`, which costs about 5 µs."""


def _engine(url: URL, *, writes: bool) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1 if writes else _READERS,
        max_overflow=0,
        json_serializer=in_json,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": _BUSY.total_seconds()},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")

    return engine


def _driver_of(connection: Connection) -> sqlite3.Connection:
    """Return the driver's own connection, for what needs no result: it costs a tenth."""
    found: Any = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)  # noqa: S101 -- the engine is SQLite's
    return found


class _Act:
    """An act waiting for the writer, and where its result goes."""

    def __init__(self, run: Callable[[Connection], Any]) -> None:
        self.run = run
        self.loop = asyncio.get_running_loop()
        self.done: asyncio.Future[Any] = self.loop.create_future()
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self, failed: BaseException | None) -> None:
        """Hand over the result; `failed` is why the common transaction came to nothing."""
        if self.done.done():
            return
        error = self.error or failed
        if error is None:
            self.done.set_result(self.result)
        else:
            self.done.set_exception(error)


class SqliteDatabase(Database):
    """One file, one gateway and one worker."""

    dialect = "sqlite"

    def __init__(self, url: URL) -> None:
        self._writing = _engine(url, writes=True)
        event.listen(self._writing, "before_cursor_execute", later.write)
        self._reading = _engine(url, writes=False)
        self._path = str(url.database)
        self._turns = Turns(self._path, at_most=_BUSY)
        self._acts: queue.SimpleQueue[_Act | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="sqlite-reader")
        self._writer = threading.Thread(target=self._write_forever, name="sqlite-writer")
        self._writer.daemon = True
        self._started = False

    @override
    async def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if not self._started:
            self._started = True
            self._writer.start()
        waiting = _Act(lambda connection: act(connection, *args, **kwargs))
        self._acts.put(waiting)
        result: T = await waiting.done
        return result

    @override
    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        work = partial(self._read, lambda connection: query(connection, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    def _read(self, query: Callable[[Connection], T]) -> T:
        try:
            with self._reading.connect() as connection:
                _driver_of(connection).execute("BEGIN")
                return query(connection)
        except (OperationalError, sqlite3.OperationalError) as error:
            raise DatabaseUnavailableError from error

    def _write_forever(self) -> None:
        while (first := self._acts.get()) is not None:
            acts = [first]
            while len(acts) < _SHARED_COMMIT:
                try:
                    further = self._acts.get_nowait()
                except queue.Empty:
                    break
                if further is None:
                    self._acts.put(None)
                    break
                acts.append(further)
            self._write(acts)

    def _write(self, acts: list[_Act]) -> None:
        failed: BaseException | None = None
        try:
            with (
                self._turns.taken(),
                self._writing.connect() as connection,
                connection.begin(),
            ):
                _driver_of(connection).execute("BEGIN IMMEDIATE")
                for act in acts:
                    _attempt(connection, act)
        except (OperationalError, sqlite3.OperationalError, NoTurnError, OSError) as error:
            failed = _unavailable(error)
        except Exception as error:  # noqa: BLE001 -- whoever waits must be told, whatever it was
            failed = error
        _hand_over(acts, failed)

    @override
    def listen(self) -> AbstractAsyncContextManager[Waiter]:
        return self._listening()

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[Waiter]:
        connection = sqlite3.connect(self._path, isolation_level=None)
        try:
            yield _Watcher(connection)
        finally:
            connection.close()

    @override
    async def close(self) -> None:
        if self._started:
            self._acts.put(None)
            await asyncio.get_running_loop().run_in_executor(None, self._writer.join)
        self._readers.shutdown()
        self._turns.close()
        self._writing.dispose()
        self._reading.dispose()


def _unavailable(error: BaseException) -> DatabaseUnavailableError:
    found = DatabaseFullError() if _is_full(error) else DatabaseUnavailableError()
    found.__cause__ = error
    return found


def _is_full(error: BaseException) -> bool:
    return _code_of(error) == sqlite3.SQLITE_FULL


def _is_failing(error: BaseException) -> bool:
    """Tell whether file or system failed, not the statement."""
    return _code_of(error) & _PRIMARY in _FAILING


def _code_of(error: BaseException) -> int:
    """Return SQLite's extended code of an error; 0 for any other."""
    said = error.orig if isinstance(error, OperationalError) else error
    return int(getattr(said, "sqlite_errorcode", 0))


def _attempt(connection: Connection, act: _Act) -> None:
    """Run one act in a savepoint of its own, so that its failure undoes nobody else's work."""
    driver = _driver_of(connection)
    driver.execute("SAVEPOINT act")
    try:
        act.result = act.run(connection)
    except BaseException as error:  # noqa: BLE001 -- carried to the caller, who waits in another thread
        act.error = _unavailable(error) if _is_full(error) or _is_failing(error) else error
        driver.execute("ROLLBACK TO act")
    driver.execute("RELEASE act")
    take_signal(connection)


def _hand_over(acts: list[_Act], failed: BaseException | None) -> None:
    """Wake those who wait: each event loop once, however many acts it waits for."""

    def settle(settled: list[_Act]) -> None:
        for act in settled:
            act.settle(failed)

    for loop in {act.loop for act in acts}:
        with suppress(RuntimeError):  # It has been closed, and nobody waits any more.
            loop.call_soon_threadsafe(settle, [act for act in acts if act.loop is loop])


class _Watcher:
    """Sees commits of every other connection by the file's data version."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    async def wait(self, at_most: timedelta) -> None:
        deadline = asyncio.get_running_loop().time() + at_most.total_seconds()
        while (now := self._version()) == self._seen:
            if asyncio.get_running_loop().time() >= deadline:
                return
            await asyncio.sleep(_LOOK_EVERY)
        self._seen = now
