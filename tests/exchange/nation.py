"""The client of the national portal before the mock nation, in this process."""

import json
from typing import Any

import httpx
from pydantic import SecretStr

from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.portal import DvcqgAccount
from mock_ngsp.front import Nation
from mock_ngsp.record import Wanted
from mock_ngsp.systems import DEFAULT_PASSWORD, DEFAULT_USER
from mock_ngsp.universe import Universe

ACCOUNT = DvcqgAccount(DEFAULT_USER, SecretStr(DEFAULT_PASSWORD), "H38")


def client_of(universe: Universe) -> DvcqgClient:
    """Return a client that reaches the nation without a socket; the caller's loop ends it."""
    http = httpx.AsyncClient(transport=httpx.ASGITransport(Nation(universe)))
    return DvcqgClient(http, address=DvcqgAddress("http://portal.test"), account=ACCOUNT)


def bodies(universe: Universe) -> list[dict[str, Any]]:
    """Return what the nation was sent, logins apart, as it came."""
    entries, _ = universe.record.page(Wanted(limit=10_000))
    return [json.loads(entry.call.body) for entry in entries if entry.call.operation != "login"]
