"""What both engines promise."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from types import TracebackType
from typing import Concatenate, ParamSpec, Protocol, Self, TypeVar

from sqlalchemy import Connection

from app.platform.errors import NoRoomError, ProblemError, UnavailableError

P = ParamSpec("P")
T = TypeVar("T")

_SIGNALLED = "signalled"


class DatabaseUnavailableError(UnavailableError):
    """The database cannot be reached, or is too busy to take the act now."""

    slug = "database-unavailable"
    title = "Cơ sở dữ liệu tạm thời không phục vụ được"
    title_en = "The database cannot serve now"

    def __init__(self) -> None:
        super().__init__(
            "Chưa ghi nhận gì; xin gửi lại nguyên yêu cầu này sau ít giây.",
            "Nothing was recorded; send the same request again in a few seconds.",
            retry_after=2,
        )


class DatabaseFullError(NoRoomError, DatabaseUnavailableError):
    """The database holds no more; reading still works."""

    slug = "database-full"
    title = "Cơ sở dữ liệu hết chỗ"
    title_en = "The database is full"

    def __init__(self) -> None:
        ProblemError.__init__(
            self,
            "Cơ sở dữ liệu hết chỗ; chưa ghi nhận gì. Xin báo quản trị viên rồi gửi lại sau.",
            "The database has no room left; nothing was recorded. "
            "Tell the administrator and send it again later.",
        )


def signal(connection: Connection) -> None:
    """Wake the waiting workers once this act has been committed."""
    connection.info[_SIGNALLED] = True


def take_signal(connection: Connection) -> bool:
    """Tell whether the act asked for a wake-up, and forget it."""
    return bool(connection.info.pop(_SIGNALLED, False))


class Waiter(Protocol):
    """Waits for an act that called `signal`, in this process or another."""

    async def wait(self, at_most: timedelta) -> None:
        """Return when there was a signal since the last call, or after `at_most`."""
        ...


class Database(ABC):
    """A database that runs synchronous acts, each in one transaction."""

    dialect: str

    @abstractmethod
    async def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `act(connection, …)` in one transaction and commit it before returning.

        An exception of the act rolls everything back and is raised here.

        Raises:
            DatabaseUnavailableError: if it could not be run or committed.
        """

    @abstractmethod
    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `query(connection, …)` on a snapshot; whatever it writes is thrown away.

        Raises:
            DatabaseUnavailableError: if it could not be run.
        """

    async def look(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a `query` that writes nothing and needs no snapshot: each statement sees its own.

        On PostgreSQL it saves the two ways there and back of a transaction.

        Raises:
            DatabaseUnavailableError: if it could not be run.
        """
        return await self.read(query, *args, **kwargs)

    @abstractmethod
    def listen(self) -> AbstractAsyncContextManager[Waiter]:
        """Open a waiter for the signals of all processes on this database."""

    @abstractmethod
    async def close(self) -> None:
        """Let every connection go; acts still waiting are finished first."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
