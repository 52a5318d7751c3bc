"""Dịch vụ chia sẻ: a service as it is registered, in one of its versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.broker.domain.operations import Operation
from app.codes import AgencyCode


class Protocol(StrEnum):
    """What the service itself speaks."""

    REST = "rest"
    SOAP = "soap"
    XROAD = "xroad"
    WSO2 = "wso2"

    @property
    def label(self) -> str:
        """What people call it."""
        return _PROTOCOLS[self]


_PROTOCOLS: Final[Mapping[Protocol, str]] = {
    Protocol.REST: "REST",
    Protocol.SOAP: "SOAP",
    Protocol.XROAD: "X-Road REST (r1)",
    Protocol.WSO2: "WSO2 API Manager",
}


class ServiceState(StrEnum):
    """Where a version stands in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DEPRECATED = "deprecated"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _STATES[self]


_STATES: Final[Mapping[ServiceState, str]] = {
    ServiceState.DRAFT: "Dự thảo",
    ServiceState.PUBLISHED: "Đã công bố",
    ServiceState.DEPRECATED: "Sắp ngừng",
    ServiceState.RETIRED: "Đã ngừng",
}


class Via(StrEnum):
    """A route: which platform an upstream of a service belongs to."""

    LGSP = "lgsp"
    NGSP = "ngsp"
    DIRECT = "direct"


class RouteOrder(StrEnum):
    """How a service is reached, the first that is ready first (TT 13/2017/TT-BTTTT, đ.17)."""

    LGSP_NGSP = "lgsp+ngsp"
    NGSP = "ngsp"
    LGSP = "lgsp"
    DIRECT = "direct"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _ROUTES[self]

    @property
    def routes(self) -> tuple[Via, ...]:
        """The routes that it allows, in the order in which they are tried."""
        return tuple(map(Via, self.value.split("+")))


_ROUTES: Final[Mapping[RouteOrder, str]] = {
    RouteOrder.LGSP_NGSP: "Qua LGSP và NGSP",
    RouteOrder.NGSP: "Qua NGSP, khi LGSP chưa sẵn sàng",
    RouteOrder.LGSP: "Qua LGSP, khi NGSP chưa sẵn sàng",
    RouteOrder.DIRECT: "Kết nối trực tiếp",
}


class PersonalData(StrEnum):
    """What personal data passes, by the two kinds of the law on personal data."""

    NONE = "none"
    BASIC = "basic"
    SENSITIVE = "sensitive"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _PERSONAL[self]


_PERSONAL: Final[Mapping[PersonalData, str]] = {
    PersonalData.NONE: "Không có dữ liệu cá nhân",
    PersonalData.BASIC: "Dữ liệu cá nhân cơ bản",
    PersonalData.SENSITIVE: "Dữ liệu cá nhân nhạy cảm",
}


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where a service can be reached; of those of the lowest `order` each by its `weight`.

    `via` is the route it serves, None for the first of whatever order its service has;
    `credential` is what it is shown, None for that of the service.
    """

    url: str
    weight: int = 1
    order: int = 0
    via: Via | None = None
    credential: str | None = None


HIGHEST_ORDER: Final = 9
"""Orders of upstreams count within one route."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Đầu mối: whom to ask about a service; an office, not a person's private details."""

    unit: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Tạm khoá: since when nobody may call a version, and why; whoever calls it reads that."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Service:
    """One version of a service.

    `context` is the first segment of its paths here, the same for all versions of a `code`;
    `owner` provides it, `tenant` is the member of this gateway in whose name it is registered:
    it grants and is told decisions. Clients of the tenant's first level may be granted it, and
    those of members it is `shared_with`. `subsystem` is where X-Road callers find it.
    """

    code: str
    version: str
    context: str
    owner: AgencyCode
    tenant: AgencyCode
    protocol: Protocol
    title: str
    upstreams: tuple[Upstream, ...]
    operations: tuple[Operation, ...]
    contact: Contact
    route: RouteOrder = RouteOrder.LGSP_NGSP
    personal_data: PersonalData = PersonalData.NONE
    state: ServiceState = ServiceState.DRAFT
    is_default: bool = False
    shared_with: tuple[AgencyCode, ...] = ()
    description: str = ""
    subsystem: str = ""
    timeout_seconds: float = 30.0
    max_body_bytes: int = 64 * 1024 * 1024
    credential: str | None = None
    block: Block | None = None
    created_at: datetime | None = None
    published_at: datetime | None = None
    deprecated_on: date | None = None
    retired_on: date | None = None
    description_digest: str | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """What grants name it by: `population/1.0`."""
        return key_of(self.code, self.version)

    @property
    def subject(self) -> str:
        """What the evidence log calls it."""
        return f"shared-service:{self.key}"

    @property
    def reached(self) -> tuple[Upstream, ...]:
        """Where calls of it go: the upstreams of its routes, each route's behind the former's.

        Those of a route that its order does not have are not called. Each has the credential
        that it is shown.
        """
        ranks: dict[Via | None, int] = {None: 0}
        ranks |= {via: rank for rank, via in enumerate(self.route.routes)}
        return tuple(
            replace(
                one,
                order=one.order + (HIGHEST_ORDER + 1) * ranks[one.via],
                credential=one.credential or self.credential,
            )
            for one in self.upstreams
            if one.via in ranks
        )

    def is_open_to(self, member: AgencyCode) -> bool:
        """Tell whether clients of a member may see it and be granted it."""
        first_level = AgencyCode(self.tenant.root)
        return any(member.within(one) for one in (first_level, self.tenant, *self.shared_with))

    def state_on(self, day: date) -> ServiceState:
        """Return its state on a day in Vietnam: what was deprecated ends on its date by itself."""
        if self.state is ServiceState.DRAFT:
            return self.state
        if self.retired_on is not None and day >= self.retired_on:
            return ServiceState.RETIRED
        return self.state

    def is_callable_on(self, day: date) -> bool:
        """Tell whether it may be called on a day."""
        return self.state_on(day) in {ServiceState.PUBLISHED, ServiceState.DEPRECATED}


def key_of(code: str, version: str) -> str:
    """Return what grants name a version by."""
    return f"{code}/{version}"
