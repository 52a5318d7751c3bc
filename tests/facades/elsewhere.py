"""Another process that is in the middle of taking what somebody says to this one."""

import asyncio
from threading import Event

import pytest
from sqlalchemy import Connection

from app.exchange import inbox
from app.platform.database import open_database
from tests.gateway import Gateway


class GaveUpError(Exception):
    """The other process comes to nothing."""


class Elsewhere:
    """Another process that is just taking the same word and comes to nothing."""

    def __init__(self, gateway: Gateway, message_id: str) -> None:
        self._gateway = gateway
        self._message_id = message_id
        self.has_it = Event()
        self.gives_up = Event()

    def take(self) -> None:
        with pytest.raises(GaveUpError):
            asyncio.run(self._take())

    async def _take(self) -> None:
        database = open_database(self._gateway.settings.database_url, connections=1)
        try:
            await database.transact(self._hold)
        finally:
            await database.close()

    def _hold(self, connection: Connection) -> None:
        sender = "system:land:vbdlis"
        inbox.accept(connection, self._gateway.clock, sender=sender, message_id=self._message_id)
        self.has_it.set()
        assert self.gives_up.wait(10)
        raise GaveUpError
