"""The document axis through the gateway's own adapter, with storage that lasts."""

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
from tests.bench.documents import listed, sent_in_turns
from tests.bench.packets import HEAD, HERE, SECRETS, sending
from tests.bench.report import Figure
from tests.bench.stage import Serving, Stage

if TYPE_CHECKING:
    from tests.bench.measurements import Size

_INWARD: Final = HEAD.replace(b"000.00.71.H53", b"000.00.11.H38")
"""The head of a packet whose second recipient is the province's own."""

_ONE: Final = '["000.00.11.H38"]'


def send(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure documents of 18 KB taken durably against a bare app that takes their bytes."""
    gateway = _connected(stage.gateway(engine))
    return sent_in_turns(stage, size, gateway.port, ADAPTER)


def waiting(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure one list of 10,000 waiting items, median in milliseconds."""
    gateway = _connected(stage.gateway(engine))
    document = partial(sending, _INWARD, b"QUJD", base=ADAPTER, to=_ONE)
    return listed(gateway.port, document, size, HERE, ADAPTER)


def _connected(gateway: Serving) -> Serving:
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
    "documents-waiting-facade-sqlite": partial(waiting, "sqlite"),
    "documents-waiting-facade-postgresql": partial(waiting, "postgresql"),
}
"""`python -m tests.bench documents` takes these too."""

AIMS: Mapping[str, str] = {
    "documents-send-facade-sqlite": ">= .05",
    "documents-send-facade-postgresql": ">= .05",
    "documents-waiting-facade-sqlite": "<= 1",
    "documents-waiting-facade-postgresql": "<= 1",
}
