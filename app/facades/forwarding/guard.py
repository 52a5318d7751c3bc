"""Who may forward: a client with our token, or a system known by the network it calls from.

A security server knows its callers by their network, and they send no credentials to it: an
`Authorization` there is meant for the provider. So a caller of a named network needs no token of
ours, and its header goes on; a token of ours is for us and goes no further.
"""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from fastapi import Depends
from starlette.requests import Request
from typing_extensions import override

from app.access.domain import Caller, InvalidTokenError, Scope
from app.access.guard import Guard
from app.facades.vxp.guard import SystemKeeper

SCOPE = Scope.FORWARD_SERVICES


class Neighbours:
    """Which system calls from which network; the narrowest network counts."""

    def __init__(self, rows: Iterable[str]) -> None:
        """Read rows `NETWORK=SYSTEMID`.

        Raises:
            ValueError: if one has another form.
        """
        found: list[tuple[IPv4Network | IPv6Network, str]] = []
        for row in rows:
            network, _, system_id = row.partition("=")
            try:
                found.append((ip_network(network), system_id))
            except ValueError:
                system_id = ""
            if not system_id:
                raise ValueError(f"LGSP_FORWARD_NETWORKS: {row!r} is not NETWORK=SYSTEMID")
        self._rows = sorted(found, key=lambda one: -one[0].prefixlen)

    def system_at(self, host: str | None) -> str | None:
        """Return the id of the system that calls from this address, if one was named for it."""
        try:
            address = ip_address(host or "")
        except ValueError:
            return None
        return next((system_id for network, system_id in self._rows if address in network), None)


class ForwardGuard(Guard):
    """Demands our token with the scope, or a network that was named for a system."""

    @override
    async def __call__(self, request: Request) -> Caller:
        try:
            caller = await super().__call__(request)
        except InvalidTokenError:
            neighbour = await self._neighbour(request)
            if neighbour is None:
                raise
            request.state.uses_token = False
            request.state.caller, request.state.act = neighbour, self.scope.value
            return neighbour
        request.state.uses_token = True
        return caller

    async def _neighbour(self, request: Request) -> Caller | None:
        neighbours: Neighbours = request.app.state.neighbours
        keeper: SystemKeeper = request.app.state.systems
        system_id = neighbours.system_at(request.client and request.client.host)
        return None if system_id is None else await keeper.caller_named(system_id, request)


def forwarding() -> Any:
    """Return the dependency that gives whoever may forward."""
    return Depends(ForwardGuard(SCOPE))
