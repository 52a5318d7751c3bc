"""People who open pages of the console with a client's id and secret."""

import httpx

from app.access import use_cases as access
from app.access.domain import Scope
from app.codes import AgencyCode
from tests.gateway import Gateway


def credentials(gateway: Gateway, *scopes: Scope, member: str = "H38") -> tuple[str, str]:
    """Return the id and the secret of a new client."""
    client, secret = gateway.transact(
        access.register,
        gateway.clock,
        name="người vận hành",
        member=AgencyCode(member),
        scopes=[scope.value for scope in scopes],
    )
    return client.client_id, secret


def opened(gateway: Gateway, path: str, *scopes: Scope, member: str = "H38") -> httpx.Response:
    """Return a page as such a person gets it."""
    http: httpx.Client = gateway.http
    return http.get(path, auth=credentials(gateway, *scopes, member=member))
