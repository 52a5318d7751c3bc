"""The reader of a ministry's system before the mock of one, in this process."""

from datetime import timedelta

import httpx

from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.error_codes import DEFAULT_SESSION_CODES
from app.exchange.dvcqg.ministry import MinistryReader
from app.exchange.dvcqg.portal import Portal
from mock_ngsp.dvcqg.ministry import BASE
from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from tests.exchange.nation import ACCOUNT


def reader_of(universe: Universe) -> MinistryReader:
    """Return a reader that reaches the ministry without a socket; the caller's loop ends it."""
    http = httpx.AsyncClient(transport=httpx.ASGITransport(Nation(universe)))
    return MinistryReader(
        Portal(
            http,
            address=DvcqgAddress(f"http://ministry.test{BASE}"),
            account=ACCOUNT,
            session_codes=DEFAULT_SESSION_CODES,
            deadline=timedelta(seconds=5),
        )
    )
