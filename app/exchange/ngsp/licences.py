"""Driving-licence files: the ministry's system behind the nation's gateway, under a session."""

from datetime import date, timedelta
from typing import TypeVar

import httpx
from pydantic import ValidationError

from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.error_codes import Meaning
from app.exchange.dvcqg.portal import DvcqgAccount, Portal, shown
from app.exchange.dvcqg.wire import Call, FindDossier, ListMinistryDossiers, MinistryRow
from app.exchange.ngsp.errors import ServiceError, Trouble, error_of
from app.exchange.ngsp.wire.licences import LicenceRow
from app.exchange.outcomes import Deferred
from app.platform.settings import Settings, read_secret
from app.platform.wire import WireModel

R = TypeVar("R", bound=WireModel)


class LicenceClient:
    """Reads licence files; each method raises `ServiceError` without a usable answer."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    async def files(self, unit: str, first: date, last: date) -> tuple[LicenceRow, ...]:
        """Return the files of a unit that were received on some days, both ends in it."""
        call = ListMinistryDossiers(unit=unit, first=first, last=last)
        return await self._rows(call, LicenceRow)

    async def file(self, code: str) -> MinistryRow | None:
        """Return where one file stands; None if it is not there."""
        found = await self._rows(FindDossier(dossier_code=code), MinistryRow)
        return found[0] if found else None

    async def _rows(self, call: Call, kind: type[R]) -> tuple[R, ...]:
        reply = await self._portal.ask(call)
        if isinstance(reply, Deferred):
            raise error_of(reply)
        if reply.meaning is not Meaning.DONE:
            raise ServiceError(Trouble.REFUSED, shown(reply.code))
        if reply.rows is None:
            raise ServiceError(Trouble.MALFORMED, "no-list")
        try:
            return tuple(kind.model_validate(row, by_name=False) for row in reply.rows)
        except ValidationError:
            raise ServiceError(Trouble.MALFORMED, "contract-breach") from None


def licences_of(settings: Settings, http: httpx.AsyncClient) -> LicenceClient | None:
    """Return the client of licence files; None while its settings are incomplete.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    url, name, file = settings.ngsp_url, settings.licence_username, settings.licence_password_file
    if url is None or name is None or file is None:
        return None
    base = f"{str(url).rstrip('/')}/{settings.licence_context.strip('/')}"
    password = read_secret("LGSP_LICENCE_PASSWORD_FILE", file)
    return LicenceClient(
        Portal(
            http,
            address=DvcqgAddress(base),
            account=DvcqgAccount(name, password, settings.province),
            session_codes=settings.dvcqg_session_codes,
            deadline=timedelta(seconds=settings.ngsp_timeout_seconds),
        )
    )
