"""sendEdoc: who may send what to whom, and what a repeat does."""

import json
from typing import TYPE_CHECKING

from mock_ngsp.codes import IDENTIFIER, canonical
from mock_ngsp.settings import Settings
from mock_ngsp.systems import System
from mock_ngsp.vxp import edxml, envelope, signing
from mock_ngsp.vxp.intake import Intake
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal
from mock_ngsp.wire import Answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

Route = dict[str, tuple[str, System]]
"""Recipients by canonical code: the spelling given, and the system that serves them."""

_NEEDED = ("from", "servicetype", "messagetype", "hash-file")


def admit(system: System, given: signing.Parameters) -> None:
    """Judge a sendEdoc by its headers, before its body comes.

    Raises:
        AxisRefusalError: a parameter is missing, or the sender is not the caller's.
    """
    for name in _NEEDED:
        if not given.get(name, "").strip():
            raise AxisRefusalError(Refusal.BAD_PARAMETER, name)
    _check_sender(system, given["from"])


def send(universe: "Universe", system: System, given: signing.Parameters, body: Intake) -> Answer:
    """Take a package over and put it into each recipient's inbox.

    The same file of the same system within the window keeps its first DocId, and reaches
    only recipients it had not reached before.

    Raises:
        AxisRefusalError: nothing was taken over.
    """
    now = universe.clock.now()
    digest, behind = body.hash.match(given["hash-file"])
    came = body.body()
    packet = came.packet()
    _check_sender(system, packet.sender)
    if given["messagetype"].strip().lower() != packet.message_type:
        raise AxisRefusalError(Refusal.WRONG_TYPE)
    route = _route(universe, given, packet)
    package = universe.deliveries.repeated(system.id, digest, now)
    if package is None or (package.content.gone and not route.keys() <= package.recipients.keys()):
        content = came.content(packet, behind, now)
        package = universe.deliveries.accept(
            packet, content, system_id=system.id, digest=digest, now=now
        )
    for unit, (to, server) in route.items():
        universe.deliveries.deliver(package, unit, to, server.id)
    return envelope.sent(package.doc_id)


def _check_sender(system: System, unit: str) -> None:
    if not system.speaks_for(unit):
        raise AxisRefusalError(Refusal.WRONG_SENDER, unit, system.id)


def _route(universe: "Universe", given: signing.Parameters, packet: edxml.Packet) -> Route:
    route: Route = {}
    for to in _recipients(universe.settings, given, packet):
        server = universe.systems.serving(to)
        if server is None:
            raise AxisRefusalError(Refusal.UNKNOWN_RECIPIENT, to)
        route.setdefault(canonical(to), (to, server))
    return route


def _recipients(
    settings: Settings, given: signing.Parameters, packet: edxml.Packet
) -> tuple[str, ...]:
    """Whom to deliver to: the header `to` when a document has one, otherwise the packet.

    A status packet always goes to its ResponseFor/OrganId: a `to` beside it is left over
    from an earlier call of the same client.
    """
    text = given.get("to", "").strip()
    is_bare = not text.startswith("[")
    if packet.message_type is edxml.MessageType.STATUS or not text:
        return packet.recipients
    if is_bare and settings.bare_to == "ignore":
        return packet.recipients
    try:
        codes = [text] if is_bare else json.loads(text)
    except (ValueError, RecursionError):
        codes = []
    if not codes or not all(isinstance(one, str) and IDENTIFIER.fullmatch(one) for one in codes):
        raise AxisRefusalError(Refusal.BAD_RECIPIENTS)
    if settings.to_strangers == "refuse":
        named = {canonical(code) for code in edxml.named(packet)}
        if any(canonical(code) not in named for code in codes):
            raise AxisRefusalError(Refusal.BAD_RECIPIENTS)
    return tuple(codes)
