"""The business register, second generation: GET under a token (context apiDKKD)."""

from typing import Final, TypeVar

from app.exchange.ngsp.calling import Call, Caller, read
from app.exchange.ngsp.wire.businesses import (
    CooperativeAnswer,
    CooperativeCertificate,
    EnterpriseAnswer,
    EnterpriseCertificate,
    HouseholdAnswer,
    HouseholdCertificate,
)

SERVICE: Final = "registered-businesses"

A = TypeVar("A", EnterpriseAnswer, HouseholdAnswer, CooperativeAnswer)


class BusinessClient:
    """Asks the register; each method raises `ServiceError` without a usable answer."""

    def __init__(self, caller: Caller, context: str) -> None:
        self._caller = caller
        self._context = context

    async def enterprise(self, code: str) -> EnterpriseCertificate | None:
        """Return the certificate of an enterprise; None if the register has none."""
        resource = "DoanhNghiep/chiTietDoanhNghiep"
        found = (await self._ask(resource, {"msdn": code}, EnterpriseAnswer)).found
        return found[0] if found else None

    async def household(self, code: str) -> HouseholdCertificate | None:
        """Return the certificate of a household business."""
        resource = "HoKinhDoanh/chiTietHoKinhDoanh"
        found = (await self._ask(resource, {"mst": code}, HouseholdAnswer)).found
        return found[0] if found else None

    async def cooperative(self, code: str) -> CooperativeCertificate | None:
        """Return the certificate of a co-operative."""
        resource = "HopTacXa/chiTietHopTacXa"
        found = (await self._ask(resource, {"mst": code}, CooperativeAnswer)).found
        return found[0] if found else None

    async def _ask(self, resource: str, query: dict[str, str], model: type[A]) -> A:
        call = Call(SERVICE, resource, "GET", self._caller.url(self._context, resource), query)
        return read(model, call, await self._caller.ask(call))
