"""Packets that are not in memory: read as those in memory are, and given back byte for byte."""

import base64
import hashlib
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.errors import EdxmlError
from app.exchange.vxp.edxml.layout import WORTH
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet, StatusPacket
from app.exchange.vxp.edxml.reader import Reading, read, read_content
from app.exchange.vxp.edxml.skeleton import Skeleton, cut_out
from app.exchange.vxp.edxml.writer import compose
from app.platform.contents import Content, reader_of
from app.platform.spools import Spool

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
EDOC = (MESSAGES / "edoc_new.edxml").read_text("utf-8")
OPEN, CLOSE = "<edXML:ContentTransferEncoded", "</edXML:ContentTransferEncoded>"
STEP = 256 * 1024


def reading(data: str | bytes, limits: Limits | None = None) -> Reading:
    raw = data if isinstance(data, bytes) else data.encode()
    return read_content(Content.of(raw), limits=limits or Limits(), spool=Spool())


def refusal(data: str, limits: Limits | None = None) -> EdxmlError:
    with pytest.raises(EdxmlError) as caught:
        reading(data, limits)
    return caught.value


def skeleton(data: str) -> Skeleton:
    return cut_out(reader_of(data.encode()), len(data.encode()), Limits())


def with_letters(letters: str) -> str:
    end = EDOC.rindex(CLOSE)
    return EDOC[: EDOC.rindex(">", 0, end) + 1] + letters + EDOC[end:]


def pdf(size: int) -> bytes:
    return b"%PDF" + random.Random(size).randbytes(size - 4)


def last_file(packet: Packet | StatusPacket) -> bytes:
    assert isinstance(packet, Packet)
    return packet.attachments[-1].content


@pytest.mark.parametrize("path", sorted(MESSAGES.glob("*.edxml")), ids=lambda path: path.stem)
def test_a_golden_message_reads_the_same_from_anywhere(path: Path) -> None:
    data = path.read_bytes()
    found = reading(data)
    assert found.packet == read(data, limits=Limits())
    assert found.raw.data == data


@settings(deadline=None, max_examples=30)
@given(
    st.integers(WORTH - 3, WORTH + 3), st.sampled_from(["", "\n", "=", "\t ", "A", "&#13;", "é"])
)
def test_whatever_the_letters_are_the_packet_is_given_back_byte_for_byte(
    size: int, behind: str
) -> None:
    data = with_letters(base64.b64encode(pdf(size)).decode() + behind).encode()
    try:
        found = reading(data)
    except EdxmlError:
        return
    assert found.raw.data == data
    assert hashlib.sha256(found.raw.data).hexdigest() == found.raw.sha256
    assert last_file(found.packet) == pdf(size)


def test_letters_that_spell_the_end_in_another_way_are_kept_as_they_came() -> None:
    file = pdf(WORTH + 1)
    letters = base64.b64encode(file).decode()
    assert letters.endswith("=")
    pad = letters.index("=")
    other = chr(ord(letters[pad - 1]) + 1)
    data = with_letters(letters[: pad - 1] + other + letters[pad:]).encode()
    found = reading(data)
    assert (last_file(found.packet), found.raw.data, found.raw.segments) == (file, data, ())


@pytest.mark.parametrize("shift", range(0, 75, 3))
def test_an_element_may_lie_across_the_steps_of_reading(shift: int) -> None:
    letters = base64.b64encode(pdf(2 * STEP + 1)).decode()
    data = with_letters("&#13;\r\n".join(re.findall(".{1,80000}", letters)))
    at = data.rindex(OPEN)
    filler = STEP - len(data[:at].encode()) + shift - len(OPEN) - 7
    padded = data.replace("?>", f"?><!--{'x' * filler}-->", 1)
    assert last_file(reading(padded).packet) == pdf(2 * STEP + 1)


def test_the_letters_of_every_writer_are_cut_out() -> None:
    for start in ("<ContentTransferEncoded>", "<x:ContentTransferEncoded a='b' >"):
        found = skeleton(f"{start}QUJD\r\n&#13;REVG</a>")
        assert (len(found.data), len(found.cuts)) == (len(start) + 27, 1)


@pytest.mark.parametrize(
    "text",
    ["<ContentTransferEncoded/>QUJD<", "<Other>QUJD<", "<ContentTransferEncodedX>QUJD<",
     "<ContentTransferEncoded>!QUJD<", "ContentTransferEncoded>QUJD<"],
)  # fmt: skip
def test_nothing_else_is_cut_out(text: str) -> None:
    assert skeleton(text).data == text.encode()


def test_a_text_that_only_looks_like_an_attachment_is_put_back() -> None:
    said = "<![CDATA[<ContentTransferEncoded>QUJD]]>"
    subject = re.compile("(?<=<edXML:Subject>).*(?=</edXML:Subject>)")
    packet = reading(subject.sub(said, EDOC)).packet
    assert isinstance(packet, Packet)
    assert packet.subject == "<ContentTransferEncoded>QUJD"
    long = subject.sub(said.replace("QUJD", "QUJD" * 1000), EDOC)
    assert isinstance(refusal(long), errors.PacketTooLargeError)


def test_a_comment_among_the_letters_does_not_matter() -> None:
    letters = base64.b64encode(pdf(90)).decode()
    data = with_letters(f"{letters[:10]}<!-- giua -->{letters[10:50]}<![CDATA[{letters[50:]}]]>")
    assert last_file(reading(data).packet) == pdf(90)


def test_a_mark_of_somebody_else_is_a_text_like_any_other() -> None:
    assert isinstance(
        refusal(with_letters("cut-0123456789abcdef-0;")), errors.UndecodableAttachmentError
    )


def test_a_header_over_its_limit_is_refused_however_little_the_files_are() -> None:
    limits = Limits(header_bytes=len(EDOC))
    assert isinstance(
        refusal(EDOC.replace("?>", f"?><!--{'x' * len(EDOC)}-->"), limits),
        errors.PacketTooLargeError,
    )


def test_a_fault_behind_broken_lines_names_its_own_line() -> None:
    lines = base64.encodebytes(pdf(10_000)).decode()
    broken = with_letters(lines).replace("</edXML>", "</edXM>")
    found = refusal(broken)
    assert isinstance(found, errors.NotXmlError)
    assert found.extensions["line"] == broken[: broken.index("</edXM>")].count("\n") + 1


def test_a_large_packet_is_composed_of_its_files_and_little_else() -> None:
    packet = reading(with_letters(base64.b64encode(pdf(10 * WORTH)).decode())).packet
    assert isinstance(packet, Packet)
    written = compose(packet)
    assert written.own_size < WORTH
    assert [one.sha256 for one in written.sources] == [packet.attachments[-1].source.sha256]
    assert reading(written.data).packet == packet
