from dataclasses import replace
from pathlib import Path

import pytest

from app.codes import AgencyCode, DocumentId
from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import (
    Attachment,
    DocumentType,
    Organisation,
    Packet,
    StatusPacket,
)
from app.exchange.vxp.edxml.reader import read

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
STATUS = (MESSAGES / "status_03.edxml").read_text("utf-8")


@pytest.mark.parametrize("text", ["a\x00", "a\x0b", "\ufffe", "\ud800", "\x1f"])
def test_text_that_xml_cannot_hold_is_refused_when_a_packet_is_made(text: str) -> None:
    with pytest.raises(errors.UnwritableTextError) as caught:
        DocumentType(name=text)
    assert caught.value.pointer == "/name"


def a_packet(attachments: tuple[Attachment, ...] = (), number: str = "42") -> Packet:
    home = Organisation(AgencyCode("H38.12"))
    return Packet(home, (home,), number, "VP", DocumentId("x,2026,42"), attachments=attachments)


def test_two_attachments_of_one_id_are_refused_when_a_packet_is_made() -> None:
    file = Attachment("a", "a.txt", b"x")
    with pytest.raises(errors.RepeatedContentIdError):
        a_packet((file, file))


@pytest.mark.parametrize("number", ["", " \n", "null"])
def test_a_packet_without_its_number_is_not_made(number: str) -> None:
    with pytest.raises(errors.MissingElementError):
        a_packet(number=number)


def test_a_packet_without_recipients_is_not_made() -> None:
    home = Organisation(AgencyCode("H38.12"))
    with pytest.raises(errors.MissingElementError) as caught:
        Packet(home, (), "42", "VP", DocumentId("x"))
    assert caught.value.pointer == "/recipients"


@pytest.mark.parametrize("name", ["agency", "document_id"])
def test_a_status_without_its_addressee_or_document_is_not_made(name: str) -> None:
    found = read(STATUS.encode(), limits=Limits())
    assert isinstance(found, StatusPacket)
    with pytest.raises(errors.MissingElementError) as caught:
        replace(found, response_for=replace(found.response_for, **{name: None}))
    assert caught.value.pointer == f"/response_for/{name}"


def test_an_empty_file_is_refused_when_a_packet_is_made() -> None:
    with pytest.raises(errors.EmptyAttachmentError):
        Attachment("a", "a.txt", b"")


def test_a_negative_number_is_refused_when_a_packet_is_made() -> None:
    with pytest.raises(errors.WrongNumberError):
        DocumentType(code=-1)
