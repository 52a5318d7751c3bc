"""What carries calls in one process, as its settings say."""

from collections.abc import Callable
from dataclasses import dataclass

from app.access.guard import Gatekeeper
from app.broker.carrying.breaker import BreakerTerms
from app.broker.carrying.carrier import Carrier
from app.broker.carrying.connections import Connections
from app.broker.carrying.obtaining import Obtainer
from app.broker.carrying.passage import Passage
from app.broker.carrying.upstreams import Upstreams
from app.broker.carrying.wardrobe import Wardrobe
from app.broker.use_cases.quotas import Quotas
from app.broker.use_cases.watching import Watcher
from app.platform.context import Context
from app.platform.sealing import sealer_of
from app.platform.targets import Targets


@dataclass(frozen=True, slots=True)
class Broker:
    """What one process needs to carry calls to shared services."""

    carrier: Carrier
    passage: Passage


def broker_of(
    context: Context,
    gatekeeper: Gatekeeper,
    quotas: Quotas,
    watcher: Watcher,
    count: Callable[[str], None],
) -> Broker:
    """Return the broker; its connections are opened when they are needed.

    Raises:
        SecretFileError, SealingKeyError: if the encryption key cannot be read.
    """
    settings, clock = context.settings, context.clock
    connections = Connections(settings, Targets.within(settings.upstream_networks))
    terms = BreakerTerms(settings.broker_breaker_failures, settings.broker_breaker_seconds)
    obtainer = Obtainer(connections, clock, seconds=settings.national_timeout_seconds)
    wardrobe = Wardrobe(context, sealer_of(settings), obtainer)
    carrier = Carrier(settings, connections, Upstreams(clock, terms), wardrobe)
    return Broker(carrier, Passage(context, gatekeeper, quotas, carrier, watcher, count))
