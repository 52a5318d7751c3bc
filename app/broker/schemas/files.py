"""A file of services to be registered at once."""

from dataclasses import replace
from importlib.resources import files
from typing import Final

from pydantic import Field

from app.broker.domain.service import Service
from app.broker.schemas.registered import ServiceIn
from app.codes import AgencyCode
from app.platform.bodies import digest_of, parse_json
from app.platform.wire import ApiModel

_EXAMPLES: Final = "pass_through.json"


class RegisterIn(ApiModel):
    """What a file may hold."""

    services: tuple[ServiceIn, ...] = Field(max_length=1000)


def read_register(raw: bytes) -> tuple[tuple[Service, ...], str]:
    """Read a file strictly; return its services and its SHA-256.

    Raises:
        InvalidInputError, OperationRefusedError: by what is wrong in it.
        NotJsonError: if it is not JSON.
    """
    said = parse_json(raw, RegisterIn)
    return tuple(one.service() for one in said.services), digest_of(raw)


def read_examples(province: AgencyCode) -> tuple[tuple[Service, ...], str]:
    """Return the services we ship as `read_register` does, in the name of a province.

    They are systems that only pass through, at addresses that are nobody's.
    """
    raw = files("app.broker").joinpath(_EXAMPLES).read_bytes()
    shipped, digest = read_register(raw)
    own = tuple(
        replace(one, tenant=province, owner=province if one.owner == one.tenant else one.owner)
        for one in shipped
    )
    return own, digest
