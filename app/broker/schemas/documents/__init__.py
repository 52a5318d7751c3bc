"""Reading OpenAPI and WSDL documents strictly; nothing outside a document is ever fetched."""

from typing import Final

from app.broker.domain.describing import Description
from app.broker.schemas.documents import openapi, wsdl
from app.broker.schemas.documents.loading import load_json, load_yaml
from app.platform.bodies import BodyTooLargeError, UnsupportedMediaTypeError

LARGEST: Final = 4 * 2**20
JSON: Final = "application/json"
YAML: Final = "application/yaml"
XML: Final = "application/xml"
_LOADERS: Final = {
    JSON: load_json,
    "application/openapi+json": load_json,
    "application/vnd.oai.openapi+json": load_json,
    YAML: load_yaml,
    "application/x-yaml": load_yaml,
    "text/yaml": load_yaml,
    "application/openapi+yaml": load_yaml,
    "application/vnd.oai.openapi": load_yaml,
}
_XML: Final = (XML, "text/xml", "application/wsdl+xml")


def read_description(raw: bytes, media_type: str) -> Description:
    """Read a document by its media type.

    Raises:
        BodyTooLargeError: if it is over 4 MiB.
        UnsupportedMediaTypeError: if it is neither JSON, YAML nor XML.
        BadDescriptionError: if it breaks the rules of its format; names every place.
    """
    if len(raw) > LARGEST:
        raise BodyTooLargeError(LARGEST)
    if media_type in _XML:
        return wsdl.read(raw)
    loader = _LOADERS.get(media_type)
    if loader is None:
        raise UnsupportedMediaTypeError(JSON, YAML, XML)
    return openapi.read(loader(raw))


def plain_media_type(media_type: str) -> str:
    """Return under which of the three media types a document that was read is kept."""
    if media_type in _XML:
        return XML
    return JSON if _LOADERS[media_type] is load_json else YAML


def media_type_of_file(name: str) -> str:
    """Return the media type of a file by the end of its name."""
    ending = name.rpartition(".")[2].casefold()
    return {"yaml": YAML, "yml": YAML, "wsdl": XML, "xml": XML}.get(ending, JSON)
