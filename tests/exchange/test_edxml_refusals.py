import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.reader import read
from app.platform.errors import MalformedError, RefusedError, TooLargeError, UnsupportedError

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
EDOC = (MESSAGES / "edoc_new.edxml").read_text("utf-8")
STATUS = (MESSAGES / "status_03.edxml").read_text("utf-8")
HEADER = "/edXML/edXMLEnvelope/edXMLHeader"
MESSAGE = f"{HEADER}/MessageHeader"
FILE = "/edXML/AttachmentEncoded/Attachment"
PDF = "JVBERi0xLjEK"


def refusal(text: str | bytes, limits: Limits | None = None) -> errors.EdxmlError:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(errors.EdxmlError) as caught:
        read(data, limits=limits or Limits())
    return caught.value


def changed(old: str, new: str, text: str = EDOC) -> str:
    assert old in text
    return text.replace(old, new, 1)


def tag(name: str, text: str) -> str:
    return f"<edXML:{name}>{text}</edXML:{name}>"


UNREADABLE: list[tuple[str | bytes, type[errors.EdxmlError]]] = [
    ("", errors.NotXmlError),
    ('{"not": "xml"}', errors.NotXmlError),
    (EDOC[:-20], errors.NotXmlError),
    (EDOC.encode("utf-16"), errors.NotXmlError),
    (changed("Công văn", "C\x00ng văn"), errors.NotXmlError),
    (changed("Công văn", "&kind;"), errors.NotXmlError),
    (changed("?>", "?><!DOCTYPE edXML>"), errors.DoctypeError),
    (changed("?>", '?><!DOCTYPE edXML [<!ENTITY kind "x">]>'), errors.DoctypeError),
    (changed("?>", '?><!-- <a> --><!DOCTYPE edXML SYSTEM "file:///x">'), errors.DoctypeError),
    (changed("<AttachmentEncoded>", "<edXML:AttachmentEncoded>"), errors.UnboundPrefixError),
    (f"1212{EDOC}", errors.TextBeforeDeclarationError),
    (f"\n{EDOC}", errors.TextBeforeDeclarationError),
    ('<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"/>', errors.FlatEnvelopeError),
    ("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", errors.OlderVersionError),
    (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>',
        errors.OlderVersionError,
    ),
    ('<eDoc xmlns="http://www.e-doc.vn/Schema/"/>', errors.OlderVersionError),
    ("<edXML/>", errors.UnknownRootError),
    ('<html xmlns="http://www.w3.org/1999/xhtml"/>', errors.UnknownRootError),
]  # fmt: skip


GOLDEN: list[tuple[str, type[errors.EdxmlError]]] = [
    ("edoc_variant_d.edxml", errors.UnboundPrefixError),
    ("edoc_variant_e.edxml", errors.TextBeforeDeclarationError),
    ("edoc_variant_g.edxml", errors.FlatEnvelopeError),
    ("edoc_variant_h.edxml", errors.OlderVersionError),
    ("edoc_variant_h_mime.edxml", errors.OlderVersionError),
]


@pytest.mark.parametrize(("name", "expected"), GOLDEN)
def test_a_golden_variant_that_is_not_taken_is_refused_by_its_own_name(
    name: str, expected: type[errors.EdxmlError]
) -> None:
    assert type(refusal((MESSAGES / "refused" / name).read_bytes())) is expected


def test_every_refused_golden_message_is_on_the_list() -> None:
    found = {path.name for path in (MESSAGES / "refused").glob("*.edxml")}
    assert found == {name for name, _ in GOLDEN}


@settings(deadline=None)
@given(st.integers(0, len(EDOC) - 1), st.integers(0, 40), st.text(max_size=5))
def test_a_damaged_packet_is_read_or_refused_and_nothing_else(
    at: int, length: int, text: str
) -> None:
    damaged = (EDOC[:at] + text + EDOC[at + length :]).encode("utf-8", "surrogatepass")
    with contextlib.suppress(errors.EdxmlError):
        read(damaged, limits=Limits())


@pytest.mark.parametrize(("data", "expected"), UNREADABLE)
def test_what_is_not_a_packet_is_refused_by_its_own_name(
    data: str | bytes, expected: type[errors.EdxmlError]
) -> None:
    assert type(refusal(data)) is expected


def test_an_entity_bomb_is_refused_before_it_is_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{"&" + before + ";"}{"&" + before + ";"}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert isinstance(refusal(f"{bomb}]><x>&i;</x>"), errors.DoctypeError)


@pytest.mark.parametrize(
    "data", ["<" * 1001, "=" * 1001, b"\x00" * 5001, "<a>" * 900 + "=" * 2000 + "<b/>" * 200]
)
def test_a_packet_over_a_limit_is_refused_before_it_is_parsed(data: str | bytes) -> None:
    found = refusal(data, Limits(packet_bytes=5000, markup=1000))
    assert isinstance(found, errors.PacketTooLargeError)


WRONG_PLACES: list[tuple[str, type[errors.EdxmlError], str]] = [
    (
        changed(tag("OrganId", "000.00.12.H38"), ""),
        errors.MissingElementError,
        f"{MESSAGE}/From/OrganId",
    ),
    (
        changed(tag("OrganId", "000.00.71.H53"), tag("OrganId", "null")),
        errors.MissingElementError,
        f"{MESSAGE}/To[2]/OrganId",
    ),
    (
        changed(tag("OrganId", "000.00.71.H53"), tag("OrganId", "../H53")),
        errors.WrongAgencyCodeError,
        f"{MESSAGE}/To[2]/OrganId",
    ),
    (
        EDOC.replace("edXML:To>", "edXML:Cc>"),
        errors.MissingElementError,
        f"{MESSAGE}/To",
    ),
    (
        EDOC.replace("edXML:MessageHeader>", "edXML:Header>"),
        errors.MissingElementError,
        MESSAGE,
    ),
    (EDOC.replace("edXML:Code>", "edXML:Cod>"), errors.MissingElementError, f"{MESSAGE}/Code"),
    (
        changed(tag("CodeNumber", "42"), ""),
        errors.MissingElementError,
        f"{MESSAGE}/Code/CodeNumber",
    ),
    (
        changed(tag("CodeNotation", "SKTDL-VP"), "<edXML:CodeNotation/>"),
        errors.MissingElementError,
        f"{MESSAGE}/Code/CodeNotation",
    ),
    (
        EDOC.replace("edXML:DocumentId>", "edXML:Id>"),
        errors.MissingElementError,
        f"{MESSAGE}/DocumentId",
    ),
    (
        changed("42/SKTDL-VP</edXML:DocumentId>", "4\n2</edXML:DocumentId>"),
        errors.WrongDocumentIdError,
        f"{MESSAGE}/DocumentId",
    ),
    (changed("<edXML:Content>", tag("Subject", "một trích yếu khác") + "<edXML:Content>"),
     errors.RepeatedElementError, f"{MESSAGE}/Subject[2]"),
    (changed("2026/03/02<", "2026/13/02<"), errors.WrongDateError,
     f"{MESSAGE}/PromulgationInfo/PromulgationDate"),
    (changed("2026/03/16", "mai"), errors.WrongDateError, f"{MESSAGE}/DueDate"),
    (changed("2026/03/02 09:15:00", "2026/03/02 25:15:00"), errors.WrongDateError,
     f"{HEADER}/TraceHeaderList/TraceHeader/Timestamp"),
    (changed("2026/03/02 09:15:00", "0001/01/02 00:00:00"), errors.WrongDateError,
     f"{HEADER}/TraceHeaderList/TraceHeader/Timestamp"),
    (changed(tag("Type", "18"), tag("Type", "mười")), errors.WrongNumberError,
     f"{MESSAGE}/DocumentType/Type"),
    (changed(tag("PageAmount", "1"), tag("PageAmount", "-1")), errors.WrongNumberError,
     f"{MESSAGE}/OtherInfo/PageAmount"),
    (changed(tag("Priority", "1"), tag("Priority", "<edXML:Value>1</edXML:Value>")),
     errors.MissingElementError, f"{MESSAGE}/OtherInfo/Priority"),
    (changed(tag("Priority", "1"), tag("Priority", "9")), errors.UnknownValueError,
     f"{MESSAGE}/OtherInfo/Priority"),
    (changed(tag("SteeringType", "1"), tag("SteeringType", "7")), errors.UnknownValueError,
     f"{MESSAGE}/SteeringType"),
    (changed(tag("BussinessDocType", "0"), tag("BussinessDocType", "4")),
     errors.UnknownValueError, f"{HEADER}/TraceHeaderList/Bussiness/BussinessDocType"),
    (changed(tag("Paper", "0"), tag("Paper", "2")), errors.UnknownValueError,
     f"{HEADER}/TraceHeaderList/Bussiness/Paper"),
    (changed("<ContentId>cid:a002</ContentId>", "<ContentId>cid:a003</ContentId>"),
     errors.MissingAttachmentError,
     "/edXML/edXMLEnvelope/edXMLBody/edXMLManifest/Reference[2]"),
    (changed("<ContentId>cid:a002</ContentId>", "<ContentId>a001</ContentId>"),
     errors.RepeatedContentIdError, f"{FILE}[2]/ContentId"),
    (changed("<ContentId>cid:a002</ContentId>", ""), errors.MissingElementError,
     f"{FILE}[2]/ContentId"),
    (changed(PDF, "*** "), errors.UndecodableAttachmentError,
     f"{FILE}[2]/ContentTransferEncoded"),
    (changed("JVBERi0xLjEK", "JVBERi0xLjE"), errors.UndecodableAttachmentError,
     f"{FILE}[2]/ContentTransferEncoded"),
]  # fmt: skip


ANSWERED = tag("ResponseFor", tag("DocumentId", "x"))
TWO = tag("OrganId", "H38.61") + tag("OrganId", "H38.62")
REPLACED = tag("ReplacementInfo", tag("DocumentId", "x") + tag("OrganIdList", TWO))
RECEIVER = tag("Receiver", tag("OrganId", "H38.61") + tag("ReceiverType", "1"))


@pytest.mark.parametrize(
    ("place", "one", "held"),
    [
        ("<edXML:SteeringType>", ANSWERED, 2),
        ("<edXML:Paper>", tag("ReplacementInfoList", REPLACED), 1),
        ("<edXML:Paper>", tag("BussinessDocumentInfo", tag("ReceiverList", RECEIVER * 2)), 1),
    ],
)
def test_a_packet_may_name_so_many_others_and_no_more(place: str, one: str, held: int) -> None:
    limits = Limits(named=2)
    text = changed(place, one * held + place)
    read(text.encode(), limits=limits)
    more = changed("<edXML:SteeringType>", ANSWERED + "<edXML:SteeringType>", text)
    assert (refusal(more, limits).slug, refusal(more, limits).pointer) == (
        "edxml-packet-too-large",
        HEADER,
    )


@pytest.mark.parametrize(("text", "expected", "pointer"), WRONG_PLACES)
def test_one_wrong_place_is_named_by_error_and_xpath(
    text: str, expected: type[errors.EdxmlError], pointer: str
) -> None:
    found = refusal(text)
    assert (type(found), found.pointer) == (expected, pointer)
    assert found.errors[0].pointer == pointer


WRONG_STATUSES = [
    ("<edXML:StatusCode>03</edXML:StatusCode>", "<edXML:StatusCode/>",
     errors.MissingElementError, "StatusCode"),
    (tag("StatusCode", "03"), tag("StatusCode", "07"), errors.UnknownStatusError, "StatusCode"),
    (tag("StatusCode", "03"), tag("StatusCode", "3"), errors.UnknownStatusError, "StatusCode"),
    (tag("OrganId", "000.00.12.H38"), "", errors.MissingElementError, "ResponseFor/OrganId"),
    (tag("DocumentId", "000.00.12.H38,2026/03/02,42/SKTDL-VP"), "",
     errors.MissingElementError, "ResponseFor/DocumentId"),
    (tag("OrganId", "000.00.71.H53"), "", errors.MissingElementError, "From/OrganId"),
    (tag("Timestamp", "2026/03/02 10:02:41"), "", errors.MissingElementError, "Timestamp"),
    ("2026/03/02 10:02:41", "hôm qua", errors.WrongDateError, "Timestamp"),
    ("2026/03/02 10:02:41", "0001/01/01 00:00:00", errors.WrongDateError, "Timestamp"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected", "pointer"), WRONG_STATUSES)
def test_a_wrong_status_packet_names_the_element(
    old: str, new: str, expected: type[errors.EdxmlError], pointer: str
) -> None:
    found = refusal(changed(old, new, STATUS))
    assert (type(found), found.pointer) == (expected, f"{MESSAGE}/{pointer}")


def test_every_error_has_a_name_two_languages_and_a_category() -> None:
    kinds = errors.EdxmlError.__subclasses__()
    categories = (MalformedError, RefusedError, TooLargeError, UnsupportedError)
    assert len({kind.slug for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert issubclass(kind, categories)
        assert kind.slug.startswith("edxml-")
        assert all((kind.title, kind.title_en, kind.why, kind.why_en))


def test_a_refusal_repeats_nothing_of_the_packet() -> None:
    found = refusal(changed("2026/03/16", "Phạm Thị Giả Định"))
    assert "Phạm" not in found.detail + found.detail_en + str(found) + repr(found.errors)
