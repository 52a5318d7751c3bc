"""Looking at what is owed and does not move, in the whole gateway."""

from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from app.broker.store import requests
from app.codes import AgencyCode
from app.console.domain.owed import Standstill
from app.console.store import owed, traffic
from app.documents.domain.duties import DutyKind, day_of
from app.documents.store import dealings, waiting
from app.documents.store.dealings import DutiesWanted
from app.platform.clock import Clock

MOST: Final = 50
"""Rows of each list."""

LOOK_BACK: Final = timedelta(days=90)
"""How long overdue a document may be to be shown here."""

_KINDS: Final = (DutyKind.CONFIRM, DutyKind.FINISH)


def look(connection: Connection, clock: Clock, province: AgencyCode) -> Standstill:
    """Return what does not move; of documents what the units of our province have not done."""
    now = clock.now()
    today = day_of(now)
    overdue = (today - LOOK_BACK, today - timedelta(days=1))
    wanted = DutiesWanted(province, _KINDS, *overdue, MOST)
    statuses = waiting.counts(connection)
    return Standstill(
        at=now,
        topics=traffic.topics(connection, now),
        held=owed.held(connection, limit=MOST),
        failing=owed.failing(connection, limit=MOST),
        statuses=waiting.page(connection, limit=MOST),
        statuses_waiting=statuses["waiting"],
        statuses_given_up=statuses["given-up"],
        behind=dealings.units_behind(connection, wanted),
        duties=dealings.open_duties(connection, wanted),
        requests=requests.late(connection, now, limit=MOST),
    )
