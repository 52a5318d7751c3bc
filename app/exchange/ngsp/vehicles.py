"""Files of transport through the nation's gateway: one list, under a token and our own key."""

from datetime import date
from typing import Final

from pydantic import SecretStr

from app.exchange.dvcqg.portal import shown
from app.exchange.ngsp.calling import Call, Caller, read
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.wire.vehicles import VehicleFile, VehicleList
from app.platform.settings import Settings, read_secret

SERVICE: Final = "vehicles"
_ALL: Final = "-1"
_FINE: Final = frozenset({"", "0"})


class VehicleClient:
    """Asks for files of transport."""

    def __init__(self, caller: Caller, context: str, key: SecretStr) -> None:
        self._caller = caller
        self._context = context
        self._key = key

    async def files(self, unit: str, first: date, last: date) -> tuple[VehicleFile, ...]:
        """Return the files of a unit that were received on some days, both ends in it.

        Raises:
            ServiceError: if nobody answers usably, or unit or key are refused (-300 to -304).
        """
        key = self._key.get_secret_value()
        query = {
            "Start": _ALL,
            "End": _ALL,
            "GovAgencyCode": unit,
            "APIKey": key,
            "ReceiveToDate": f"{last:%d/%m/%Y}",
            "ReceiveFromDate": f"{first:%d/%m/%Y}",
        }
        url = self._caller.url(self._context, "danhsachhoso")
        call = Call(SERVICE, "vehicle-files", "GET", url, query=query)
        answer = await self._caller.ask(call, {"MaDonVi": unit, "ApiKey": key})
        told = read(VehicleList, call, answer)
        if told.error_code not in _FINE:
            raise ServiceError(Trouble.REFUSED, shown(told.error_code))
        return told.files


def vehicles_of(settings: Settings, caller: Caller) -> VehicleClient | None:
    """Return the client of transport's files; None without our key.

    Raises:
        SecretFileError: if the key cannot be read.
    """
    file = settings.vehicle_key_file
    if file is None:
        return None
    key = read_secret("LGSP_VEHICLE_KEY_FILE", file)
    return VehicleClient(caller, settings.context_of(SERVICE), key)
