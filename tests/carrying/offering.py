"""Services that are registered and granted without further ado."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from app.access import use_cases as access
from app.access.domain import Scope
from app.access.guard import Gatekeeper
from app.broker.domain.grants import Grant, Terms
from app.broker.domain.operations import Operation
from app.broker.domain.service import Contact, Protocol, Service, ServiceState, Upstream
from app.broker.store import grants, registered, revisions
from app.codes import AgencyCode
from app.platform.ids import new_id
from tests.gateway import START, Api, Gateway

CONTEXT = "apiCSDLDKDN"
OWNER = AgencyCode("H38.02")


def a_service(url: str, **changes: Any) -> Service:
    service = Service(
        code="enterprises",
        version="1.0",
        context=CONTEXT,
        owner=OWNER,
        tenant=AgencyCode("H38"),
        protocol=Protocol.REST,
        title="Đăng ký doanh nghiệp",
        upstreams=(Upstream(url),),
        operations=(Operation.of("*", "*"),),
        contact=Contact("Sở Kế hoạch và Đầu tư"),
        state=ServiceState.PUBLISHED,
        is_default=True,
        subsystem="dkdn",
        created_at=START,
        published_at=START,
    )
    return replace(service, **changes)


def offer(gateway: Gateway, service: Service) -> int:
    """Register a service as it is."""

    def act(connection: Connection) -> int:
        revisions.raise_revision(connection)
        return registered.add(connection, service)

    return gateway.transact(act)


def change(gateway: Gateway, number: int, service: Service) -> None:
    def act(connection: Connection) -> None:
        revisions.raise_revision(connection)
        registered.save(connection, number, service)

    gateway.transact(act)


def allow(
    gateway: Gateway, number: int, service: Service, client_id: str, *operations: str
) -> None:
    """Grant operations of a service to a client; every one if none is named."""
    terms = Terms(
        operations=operations or ("*",),
        purpose="thử nghiệm",
        legal_basis="QĐ 01/QĐ-UBND",
        expires_at=gateway.clock.now() + timedelta(days=30),
    )
    grant = Grant(
        id=new_id(),
        client_id=client_id,
        member=AgencyCode("H38.12"),
        service=service.key,
        terms=terms,
        given_at=gateway.clock.now(),
    )

    def act(connection: Connection) -> None:
        revisions.raise_revision(connection)
        grants.add(connection, number, grant)

    gateway.transact(act)


def a_client(gateway: Gateway, member: str = "H38.12", *scopes: Scope) -> tuple[str, Api]:
    """Return a client's id, and the client."""
    client, _ = gateway.transact(
        access.register,
        gateway.clock,
        name="test",
        member=AgencyCode(member),
        scopes=[scope.value for scope in scopes or (Scope.FORWARD_SERVICES,)],
    )
    keeper: Gatekeeper = gateway.http.app.state.gatekeeper  # type: ignore[attr-defined]
    return client.client_id, Api(gateway.http, keeper.tokens.issue(client, client.scopes))


def a_consumer(gateway: Gateway, service: Service, *operations: str) -> Api:
    """Register a service and return a client that may call it."""
    number = offer(gateway, service)
    client_id, api = a_client(gateway)
    allow(gateway, number, service, client_id, *operations)
    return api
