"""The document axis through the gateway's own adapter, with storage that lasts."""

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr

from app.access.use_cases.systems import Connecting, register
from app.cli.acting import act
from app.codes import AgencyCode
from app.facades.vxp.envelope import ADAPTER
from app.platform.clock import SystemClock
from app.platform.sealing import sealer_of
from app.platform.settings import Settings
from tests.bench.documents import (
    EIGHT_MEMORY,
    ONE_MEMORY,
    Carrying,
    Inbox,
    carried,
    listed,
    sent_in_turns,
)
from tests.bench.load import hurry
from tests.bench.packets import HEAD, HERE, SECRETS, TAKEN, sending
from tests.bench.report import Figure, Turn
from tests.bench.rows import against_driver
from tests.bench.stage import Serving, Stage, run

if TYPE_CHECKING:
    from tests.bench.measurements import Size

_UNITS: Final = (b"01", b"11", b"13", b"61", b"62", b"63", b"45", b"12.01")
_TO: Final = b"".join(
    b"<edXML:To><edXML:OrganId>H38.%b</edXML:OrganId></edXML:To>" % unit for unit in _UNITS
)
_INWARD: Final = re.sub(rb"<edXML:To>.*</edXML:To>", _TO, HEAD, flags=re.DOTALL)
"""The head of a packet to eight units of the province: an item of the list for each."""


def send(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure documents of 18 KB taken durably against a bare app that takes their bytes."""
    gateway = connected(stage.gateway(engine))
    return sent_in_turns(gateway.port, stage.serve("bare", {}), size, ADAPTER)


def send_together(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure the same where a process for each core serves, and as many of the bare app."""
    number = os.cpu_count() or 1
    gateway = connected(stage.gateway(engine, number=number))
    return sent_in_turns(gateway.port, stage.serve("bare", {}, number=number), size, ADAPTER)


def store(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure documents of 18 KB taken durably against the same rows by the raw driver."""
    gateway = connected(stage.gateway(engine))

    def send(number: int, connections: int) -> Turn:
        requests = [sending(HEAD, base=ADAPTER) for _ in range(number)]
        within = size.seconds
        told = hurry(gateway.port, requests, connections=connections, within=within, told=TAKEN)
        return run(told)

    return against_driver(gateway.database_url, send, size)


def waiting(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure one list of 10,000 waiting items, median in milliseconds."""
    gateway = connected(stage.gateway(engine))
    document = partial(sending, _INWARD, b"QUJD", base=ADAPTER)
    inbox = Inbox(gateway.port, HERE, ADAPTER)
    return listed(inbox, document, size, items=len(_UNITS))


def large(packets: int, limit: float, stage: Stage, size: "Size") -> Figure:
    """Measure what packets of 200 MiB, sent and fetched at once, cost the gateway, in MiB."""
    gateway = connected(stage.gateway("sqlite"))
    through = Carrying(gateway, _INWARD, '["H38.01"]', HERE, ADAPTER)
    return carried(packets, limit, through, size)


def connected(gateway: Serving) -> Serving:
    """Connect the system that sends and reads for the whole province."""
    settings = Settings(
        database_url=gateway.database_url, encryption_key_file=gateway.encryption_key
    )
    sealer = sealer_of(settings)
    if sealer is None:
        raise RuntimeError("the gateway seals no secrets")
    asked = Connecting(HERE, AgencyCode("H38"), AgencyCode("H38"))
    secret = SecretStr(SECRETS[HERE])
    act(settings, register, SystemClock(), sealer, asked=asked, secret=secret)
    return gateway


MEASUREMENTS: Mapping[str, Callable[[Stage, Any], Figure]] = {
    "documents-send-facade-sqlite": partial(send, "sqlite"),
    "documents-send-facade-postgresql": partial(send, "postgresql"),
    "documents-send-together-sqlite": partial(send_together, "sqlite"),
    "documents-send-together-postgresql": partial(send_together, "postgresql"),
    "documents-store-facade-sqlite": partial(store, "sqlite"),
    "documents-store-facade-postgresql": partial(store, "postgresql"),
    "documents-waiting-facade-sqlite": partial(waiting, "sqlite"),
    "documents-waiting-facade-postgresql": partial(waiting, "postgresql"),
    "documents-large-facade": partial(large, 1, ONE_MEMORY),
    "documents-eight-large-facade": partial(large, 8, EIGHT_MEMORY),
}
"""`python -m tests.bench documents` takes these too."""

AIMS: Mapping[str, str] = {
    "documents-send-facade-sqlite": ">= .05",
    "documents-send-facade-postgresql": ">= .05",
    "documents-send-together-sqlite": ">= .05",
    "documents-send-together-postgresql": ">= .05",
    "documents-store-facade-sqlite": ">= .25",
    "documents-store-facade-postgresql": ">= .20",
    "documents-waiting-facade-sqlite": "<= 1",
    "documents-waiting-facade-postgresql": "<= 1",
    "documents-large-facade": "<= 1",
    "documents-eight-large-facade": "<= 1",
}
