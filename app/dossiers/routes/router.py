"""The router of `/v1/dossiers` and what its routes share."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path

from app import codes
from app.dossiers.domain.errors import UnknownDossierError
from app.dossiers.domain.files import Fetching
from app.dossiers.use_cases import Cause
from app.platform.context import Context
from app.platform.routing import DirectRoute

router = APIRouter(tags=["dossiers"], route_class=DirectRoute)

JSON = "application/json"

FILES = "/v1/files"
"""Where files are uploaded; a body there may be as large as `max_file_bytes`."""

PathCode = Annotated[
    str, Path(description="Mã hồ sơ. / Dossier code.", examples=["H38.12-261102-0007"])
]
"""A code in a path; one that is malformed names a dossier that does not exist."""


def cause_of(ctx: Context, digest: str) -> Cause:
    """Return the cause of an act whose body has this SHA-256."""
    return Cause.of(ctx.settings, digest)


def dossier_code(text: str) -> codes.DossierCode:
    """Return the code of a path.

    Raises:
        UnknownDossierError: if no dossier can have it.
    """
    try:
        return codes.DossierCode(text)
    except ValueError:
        raise UnknownDossierError from None


def fetching_of(ctx: Context) -> Fetching:
    """Return what is expected of the portal with files that records name."""
    hours = ctx.settings.file_fetch_hours
    within = timedelta(hours=hours) if hours else None
    return Fetching(ctx.settings.issuer, within, ctx.clock.now())
