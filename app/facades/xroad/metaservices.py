"""What a provider offers: `listMethods`, and of that what the caller was granted."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from app.access.domain import Caller
from app.broker.domain.deciding import View, today
from app.broker.domain.grants import GrantState
from app.broker.domain.operations import Operation
from app.broker.domain.service import Service
from app.codes import AgencyCode
from app.facades.xroad.addresses import Provider
from app.platform.settings import Settings

_NAME: Final = re.compile(r"\{[^}]*\}", re.ASCII)


def offered(view: View, provider: Provider, caller: Caller, now: datetime) -> list[Service]:
    """Return the services of a provider that the caller may know of, by their codes."""
    lines = (line.version(None) for _, line in sorted(view.codes.items()))
    return [
        one
        for one in lines
        if one is not None
        and provider.offers(one)
        and one.is_open_to(caller.member)
        and one.is_callable_on(today(now))
    ]


def known(view: View, caller: Caller, now: datetime, settings: Settings) -> list[Provider]:
    """Return who the caller may know of: its own member, and whose services it might be granted.

    Each member comes before its subsystems, in the order of their codes.
    """
    lines = (line.version(None) for line in view.codes.values())
    offering = [
        one
        for one in lines
        if one is not None and one.is_open_to(caller.member) and one.is_callable_on(today(now))
    ]
    places = {(one.owner.canonical, sub) for one in offering for sub in ("", one.subsystem)}
    places.add((caller.member.canonical, ""))
    kind = settings.xroad_classes[0]
    return [Provider(settings.xroad_instance, kind, *place) for place in sorted(places)]


def members(found: Iterable[Provider], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the list of `listClients`, spelled as the protocol's example of `listMethods` is."""
    return {
        "member": [
            {"id": _id_of(one), "name": names.get(AgencyCode(one.code).canonical, one.code)}
            for one in found
        ]
    }


def _id_of(one: Provider) -> dict[str, str]:
    told = {
        "object_type": "SUBSYSTEM" if one.subsystem else "MEMBER",
        "xroad_instance": one.instance,
        "member_class": one.kind,
        "member_code": one.code,
    }
    return told | ({"subsystem_code": one.subsystem} if one.subsystem else {})


def granted(view: View, service: Service, caller: Caller, now: datetime) -> list[Operation]:
    """Return the operations of a service that the caller may call now."""
    grants = view.grants.get((caller.client_id, service.key), ())
    good = [one for one in grants if one.state_at(now) is GrantState.GOOD]
    return [one for one in service.operations if any(grant.covers(one) for grant in good)]


def listed(provider: Provider, found: Iterable[tuple[Service, list[Operation]]]) -> dict[str, Any]:
    """Return the list in the shape of the protocol's examples, which its schema contradicts."""
    return {"service": [_row(provider, service, operations) for service, operations in found]}


def _row(provider: Provider, service: Service, operations: list[Operation]) -> dict[str, Any]:
    row = {
        "object_type": "SERVICE",
        "service_type": "REST" if service.description_digest is None else "OPENAPI3",
        "xroad_instance": provider.instance,
        "member_class": provider.kind,
        "member_code": provider.code,
        "subsystem_code": provider.subsystem,
        "service_code": service.code,
        "endpoint_list": [
            {"method": one.method, "path": _NAME.sub("*", one.pattern.text)} for one in operations
        ],
    }
    return row if provider.subsystem else {k: v for k, v in row.items() if k != "subsystem_code"}
