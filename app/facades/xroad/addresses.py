"""Who is who on X-Road: identifiers of clients and services, and the addresses of `/r1/…`."""

import re
from dataclasses import dataclass
from typing import Final

from app.broker.domain.deciding import View
from app.broker.domain.paths import plain_path
from app.broker.domain.service import Service
from app.codes import AgencyCode
from app.facades.xroad.errors import NO_MEMBER, XroadError
from app.platform.settings import Settings

LIST_METHODS: Final = "listMethods"
ALLOWED_METHODS: Final = "allowedMethods"
GET_OPENAPI: Final = "getOpenAPI"
LIST_CLIENTS: Final = "listClients"
"""Not a provider's: it stands alone, at the root."""

METASERVICES: Final = frozenset({LIST_METHODS, ALLOWED_METHODS, GET_OPENAPI})

_PART: Final = re.compile(r"[A-Za-z0-9'()+,.=?-]{1,255}", re.ASCII)
_WHO: Final = 4
"""Segments before the subsystem or the service: r1, instance, class, member."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A member, or a subsystem of it, that offers services; `code` is the unit's."""

    instance: str
    kind: str
    code: str
    subsystem: str = ""

    @property
    def text(self) -> str:
        """The identifier as headers have it."""
        parts = (self.instance, self.kind, self.code, self.subsystem)
        return "/".join(part for part in parts if part)

    def offers(self, service: Service) -> bool:
        """Tell whether a service is this one's."""
        try:
            code = AgencyCode(self.code)
        except ValueError:
            return False
        is_owner = service.owner.canonical == code.canonical
        return is_owner and service.subsystem == self.subsystem


@dataclass(frozen=True, slots=True)
class Address:
    """What a path of `/r1/…` names: whose, which service, and what stands behind it, as sent.

    `service` is None if the register has none such; `code` is what it was called.
    """

    provider: Provider
    code: str
    service: Service | None
    rest: bytes

    @property
    def text(self) -> str:
        """The identifier of the service."""
        return f"{self.provider.text}/{self.code}"


def address_of(view: View, raw: bytes, settings: Settings) -> Address:
    """Read a path: `/r1/{instance}/{class}/{member}[/{subsystem}]/{service}[/…]`.

    Raises:
        XroadError: if it is none, or its instance or class is not ours.
    """
    path = plain_path(raw)
    if path is None or len(path.segments) <= _WHO:
        raise XroadError("Client.BadRequest", "Địa chỉ không hợp lệ. / The address is not valid.")
    _, instance, kind, member, first, *behind = path.segments
    if instance != settings.xroad_instance or kind not in settings.xroad_classes:
        raise XroadError(*NO_MEMBER)
    found = None
    if behind:
        deeper = Provider(instance, kind, member, first)
        found = _found(view, deeper, behind[0], raw, _WHO + 2)
    alone = _found(view, Provider(instance, kind, member), first, raw, _WHO + 1)
    return found or alone or Address(
        Provider(instance, kind, member, first if behind else ""),
        behind[0] if behind else first, None, b"",
    )  # fmt: skip


def _found(view: View, provider: Provider, code: str, raw: bytes, at: int) -> Address | None:
    """Return the address if that is a service or a metaservice of this provider."""
    pieces = raw.split(b"/", at + 1)
    rest = b"/" + pieces[at + 1] if len(pieces) > at + 1 else b""
    line = view.codes.get(code)
    service = None if line is None else line.version(None)
    if service is not None and provider.offers(service):
        return Address(provider, code, service, rest)
    return Address(provider, code, None, rest) if code in METASERVICES and not rest else None


def client_of(values: list[str], settings: Settings) -> Provider:
    """Read `X-Road-Client`; of several the last one counts.

    Raises:
        XroadError: if there is none, or it is no identifier of this instance.
    """
    if not values:
        raise XroadError("Client.MissingHeader", "Thiếu X-Road-Client. / X-Road-Client is missing.")
    parts = values[-1].strip().split("/")
    is_long_enough = len(parts) in {3, 4}
    if not is_long_enough or not all(map(_PART.fullmatch, parts)):
        raise XroadError(
            "Client.BadRequest", "X-Road-Client không hợp lệ. / X-Road-Client is not valid."
        )
    if parts[0] != settings.xroad_instance or parts[1] not in settings.xroad_classes:
        raise XroadError(*NO_MEMBER)
    return Provider(*parts)
