"""Sixty golden packets with one broken rule each: the reader names the rule and the element."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.reader import read

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
QCVN = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}"
HEADER = "edXMLEnvelope/edXMLHeader"
MESSAGE = f"{HEADER}/MessageHeader"
BUSINESS = f"{HEADER}/TraceHeaderList/Bussiness"
INFO = f"{BUSINESS}/BussinessDocumentInfo"
RECEIVER = f"{INFO}/ReceiverList/Receiver"
REPLACED = f"{BUSINESS}/ReplacementInfoList/ReplacementInfo"
FILE = "AttachmentEncoded/Attachment"

Change = Callable[..., None]
Mutant = tuple[str, str, Change, type[errors.EdxmlError]]


def _at(root: etree._Element, path: str) -> etree._Element:
    found = root.find("/".join(f"{QCVN}{step}" for step in path.split("/")))
    assert found is not None, path
    return found


def gone(root: etree._Element, path: str) -> None:
    """Remove the element, or every one of that name where no number says which."""
    parent = _at(root, path).getparent()
    assert parent is not None
    step = path.rpartition("/")[2]
    for one in parent.findall(f"{QCVN}{step}"):
        parent.remove(one)


def twice(root: etree._Element, path: str) -> None:
    """Repeat the first element of that name; the path names the second."""
    found = _at(root, path.removesuffix("[2]"))
    found.addnext(copy.deepcopy(found))


def says(text: str) -> Change:
    def change(root: etree._Element, path: str) -> None:
        _at(root, path).text = text

    return change


def carries_nothing(root: etree._Element, _path: str) -> None:
    """Remove the second file, which the manifest goes on to name."""
    gone(root, f"{FILE}[2]")


MISSING = [
    *("edXMLEnvelope", HEADER, MESSAGE, f"{MESSAGE}/From", f"{MESSAGE}/From/OrganId"),
    *(f"{MESSAGE}/To", f"{MESSAGE}/To[1]/OrganId", f"{MESSAGE}/Code"),
    *(f"{MESSAGE}/Code/CodeNumber", f"{MESSAGE}/Code/CodeNotation", f"{MESSAGE}/DocumentId"),
    f"{FILE}[2]/ContentId",
]
REPEATED = [
    *(f"{MESSAGE}/{name}[2]" for name in ("From", "Code", "PromulgationInfo", "DocumentType")),
    *(f"{MESSAGE}/{name}[2]" for name in ("Subject", "Content", "SignerInfo", "DueDate")),
    *(f"{MESSAGE}/{name}[2]" for name in ("OtherInfo", "SteeringType", "DocumentId")),
    f"{BUSINESS}[2]",
]
NUMBERS = [
    *(f"{MESSAGE}/DocumentType/Type", f"{MESSAGE}/OtherInfo/Priority"),
    *(f"{MESSAGE}/OtherInfo/PageAmount", f"{MESSAGE}/OtherInfo/PromulgationAmount"),
    *(f"{MESSAGE}/SteeringType", f"{BUSINESS}/BussinessDocType", f"{BUSINESS}/Paper"),
]
LISTED = [
    *(f"{MESSAGE}/OtherInfo/Priority", f"{MESSAGE}/SteeringType"),
    *(f"{BUSINESS}/BussinessDocType", f"{BUSINESS}/Paper"),
]
DATES = [
    *(f"{MESSAGE}/PromulgationInfo/PromulgationDate", f"{MESSAGE}/DueDate"),
    f"{HEADER}/TraceHeaderList/TraceHeader/Timestamp",
]
MUTANTS: list[Mutant] = [
    *(("edoc_new", path, gone, errors.MissingElementError) for path in MISSING),
    *(("edoc_new", path, twice, errors.RepeatedElementError) for path in REPEATED),
    *(("edoc_new", path, says("một"), errors.WrongNumberError) for path in NUMBERS),
    *(("edoc_new", path, says("9"), errors.UnknownValueError) for path in LISTED),
    *(("edoc_new", path, says("hôm qua"), errors.WrongDateError) for path in DATES),
    ("edoc_new", f"{MESSAGE}/From/OrganId", says("Sở Mẫu"), errors.WrongAgencyCodeError),
    ("edoc_new", f"{MESSAGE}/To[2]/OrganId", says("../H53"), errors.WrongAgencyCodeError),
    ("edoc_new", f"{MESSAGE}/DocumentId", says("4\n2"), errors.WrongDocumentIdError),
    (
        "edoc_new",
        f"{HEADER.partition('/')[0]}/edXMLBody/edXMLManifest/Reference[2]",
        carries_nothing,
        errors.MissingAttachmentError,
    ),
    ("edoc_new", f"{FILE}[2]/ContentId", says("cid:a001"), errors.RepeatedContentIdError),
    (
        "edoc_new",
        f"{FILE}[2]/ContentTransferEncoded",
        says("JVBERi0xLjE"),
        errors.UndecodableAttachmentError,
    ),
    ("edoc_update", f"{INFO}/DocumentInfo", says("2"), errors.UnknownValueError),
    ("edoc_update", f"{INFO}/DocumentReceiver", says("có"), errors.WrongNumberError),
    ("edoc_update", f"{RECEIVER}[1]/OrganId", gone, errors.MissingElementError),
    ("edoc_update", f"{RECEIVER}[2]/ReceiverType", gone, errors.MissingElementError),
    ("edoc_update", f"{RECEIVER}[2]/ReceiverType", says("3"), errors.UnknownValueError),
    ("edoc_update", f"{RECEIVER}[1]/OrganId", says("xã"), errors.WrongAgencyCodeError),
    ("edoc_update", f"{BUSINESS}/DocumentId", says("4\n2"), errors.WrongDocumentIdError),
    ("edoc_replace", f"{MESSAGE}/ResponseFor/OrganId", says("xã"), errors.WrongAgencyCodeError),
    ("edoc_replace", f"{MESSAGE}/ResponseFor/PromulgationDate", says("mai"), errors.WrongDateError),
    ("edoc_replace", f"{REPLACED}/DocumentId", gone, errors.MissingElementError),
    ("edoc_replace", f"{REPLACED}/OrganIdList/OrganId", says("xã"), errors.WrongAgencyCodeError),
    ("status_03", f"{MESSAGE}/ResponseFor", gone, errors.MissingElementError),
    ("status_03", f"{MESSAGE}/ResponseFor/DocumentId", gone, errors.MissingElementError),
    ("status_03", f"{MESSAGE}/StatusCode", says("07"), errors.UnknownStatusError),
    ("status_03", f"{MESSAGE}/Timestamp", gone, errors.MissingElementError),
    ("status_03", f"{MESSAGE}/Timestamp", says("hôm qua"), errors.WrongDateError),
]


@pytest.mark.parametrize(
    ("name", "path", "change", "expected"),
    MUTANTS,
    ids=[f"{name}:{kind.slug}:{path.rpartition('Header/')[2]}" for name, path, _, kind in MUTANTS],
)
def test_a_broken_rule_is_named_with_its_element(
    name: str, path: str, change: Change, expected: type[errors.EdxmlError]
) -> None:
    whole = (MESSAGES / f"{name}.edxml").read_bytes()
    read(whole, limits=Limits())
    root = etree.fromstring(whole)
    change(root, path)
    with pytest.raises(errors.EdxmlError) as caught:
        read(etree.tostring(root, encoding="UTF-8", xml_declaration=True), limits=Limits())
    assert (type(caught.value), caught.value.pointer) == (expected, f"/edXML/{path}")
    assert caught.value.errors[0].pointer == f"/edXML/{path}"


def test_there_are_sixty_and_no_rule_is_broken_twice() -> None:
    assert len({(expected, path) for _, path, _, expected in MUTANTS}) == len(MUTANTS) == 60
