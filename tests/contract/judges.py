"""The third party of the contract tests: `openapi/`, and validators that nobody else uses."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import xmlschema
import yaml
from jsonschema import Draft202012Validator
from lxml import etree
from referencing import Registry
from referencing.jsonschema import DRAFT202012

OPENAPI = Path(__file__).resolve().parents[2] / "openapi"
MESSAGES = OPENAPI / "messages"
NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_N = {"e": NAMESPACE}
_EDOC_ONLY = ("e:edXMLHeader/e:TraceHeaderList", "e:edXMLBody")
_SENDER = "e:edXMLHeader/e:TraceHeaderList/e:TraceHeader[1]/e:OrganId"
_REASONED_CODES = {"02", "13", "16"}


@dataclass(frozen=True, slots=True)
class Message:
    """One golden message, as `messages/index.json` tells it."""

    name: str
    kind: str
    judged_by: str
    valid: bool
    note: str
    reader: str | None = None
    refused_as: dict[str, str] | None = None
    """The gateway's slug and the axis's ErrorCode for what no reader takes."""

    def read(self) -> bytes:
        return (MESSAGES / self.name).read_bytes()

    def json(self) -> Any:
        return json.loads(self.read())


@cache
def golden() -> tuple[Message, ...]:
    """Every message of the index, in its order."""
    index = json.loads((MESSAGES / "index.json").read_text("utf-8"))
    return tuple(Message(name, **entry) for name, entry in index.items())


def message(name: str) -> Message:
    return next(entry for entry in golden() if entry.name == name)


@cache
def description(name: str) -> dict[str, Any]:
    """One of the OpenAPI documents. A reader in Python would take seconds for the gateway's."""
    written = (OPENAPI / name).read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(written, Loader=yaml.CSafeLoader)
    return loaded


@cache
def _validator(reference: str) -> Draft202012Validator:
    name = reference.partition("#")[0]
    resource = DRAFT202012.create_resource(description(name))
    registry: Registry[Any] = Registry().with_resource(name, resource)
    return Draft202012Validator({"$ref": reference}, registry=registry)


def faults_of_json(reference: str, value: object) -> list[str]:
    """Tell what a schema (`dvcqg.yaml#/components/schemas/HoSo`) finds wrong with a value."""
    return [
        f"{fault.json_path}: {fault.message}" for fault in _validator(reference).iter_errors(value)
    ]


@cache
def _xsd() -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(str(OPENAPI / "edxml.xsd"))


def faults_of_packet(content: bytes) -> list[str]:
    """Tell what is wrong with a packet WRITTEN by us or the mock; a reader takes more."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return [f"not XML: {error.msg}"]
    found = [f"{fault.path}: {fault.reason}" for fault in _xsd().iter_errors(root)]
    return found or list(_beyond_the_schema(root))


def _beyond_the_schema(root: etree._Element) -> Iterator[str]:
    envelope = root.find("e:edXMLEnvelope", _N)
    assert envelope is not None
    header = envelope.find("e:edXMLHeader/e:MessageHeader", _N)
    assert header is not None
    is_status = header.find("e:StatusCode", _N) is not None
    for path in _EDOC_ONLY:
        if (envelope.find(path, _N) is not None) == is_status:
            yield f"{path}: {'has no place in a status' if is_status else 'is missing'}"
    if is_status:
        yield from _status_rules(root, header)
    else:
        yield from _wanted(envelope, [_SENDER])
        yield from _linked(root)
        yield from _business_rules(envelope)


def _status_rules(root: etree._Element, header: etree._Element) -> Iterator[str]:
    if root.find("e:AttachmentEncoded", _N) is not None:
        yield "AttachmentEncoded: has no place in a status"
    if header.findtext("e:StatusCode", None, _N) in _REASONED_CODES:
        yield from _wanted(header, ["e:Description"])


def _linked(root: etree._Element) -> Iterator[str]:
    references = _ids(root.iterfind(".//e:edXMLManifest/e:Reference/e:ContentId", _N))
    attachments = _ids(root.iterfind("e:AttachmentEncoded/e:Attachment/e:ContentId", _N))
    if references != attachments:
        yield f"Reference and Attachment differ: {references} and {attachments}"
    if len(set(references)) != len(references):
        yield f"an id occurs twice: {references}"


def _ids(elements: Iterable[etree._Element]) -> list[str]:
    return sorted((element.text or "").removeprefix("cid:") for element in elements)


def _business_rules(envelope: etree._Element) -> Iterator[str]:
    business = envelope.find("e:edXMLHeader/e:TraceHeaderList/e:Bussiness", _N)
    if business is None:
        return
    needs = {
        "0": [],
        "1": ["e:BussinessDocReason"],
        "2": ["e:BussinessDocReason", "e:BussinessDocumentInfo", "e:DocumentId"],
        "3": ["e:BussinessDocReason", "e:ReplacementInfoList/e:ReplacementInfo"],
    }
    yield from _wanted(business, needs[business.findtext("e:BussinessDocType", "", _N)])
    flag = business.findtext("e:BussinessDocumentInfo/e:DocumentReceiver", "0", _N)
    if flag == "1":
        yield from _wanted(business, ["e:BussinessDocumentInfo/e:ReceiverList"])


def _wanted(parent: etree._Element, paths: list[str]) -> Iterator[str]:
    for path in paths:
        if parent.find(path, _N) is None:
            yield f"{path}: is missing"
