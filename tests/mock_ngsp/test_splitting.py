"""Packets taken apart while they arrive, however they are cut and whatever stands where."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mock_ngsp.spool import Content, Folder
from mock_ngsp.vxp.base64_text import Base64Check, encoded, encoded_size
from mock_ngsp.vxp.edxml import NAMESPACE, Attached, Q
from mock_ngsp.vxp.refusals import AxisRefusalError
from mock_ngsp.vxp.splitting import Splitter
from tests.mock_ngsp.driving import DOCUMENT

ATTACHED = [Attached("a001", decodes=True), Attached("a002", decodes=True)]
SECTION = re.compile(rb"<AttachmentEncoded>.*</AttachmentEncoded>", re.DOTALL)


def split(packet: bytes, size: int = 1 << 20) -> tuple[bytes, bytes, list[Attached]]:
    written = bytearray()
    splitter = Splitter(written.extend)
    for start in range(0, len(packet), size):
        splitter.feed(packet[start : start + size])
    return splitter.head(), bytes(written), splitter.attached


@pytest.mark.parametrize("size", [1, 2, 3, 64, 1000, 5000])
def test_a_packet_is_read_alike_however_it_is_cut(size: int) -> None:
    head, section, attached = split(DOCUMENT, size)
    assert (head, section, attached) == split(DOCUMENT)
    assert attached == ATTACHED
    assert b"AttachmentEncoded" not in head
    assert etree.fromstring(head).tag == f"{Q}edXML"


def test_attachments_are_written_as_they_were_but_for_line_ends() -> None:
    _, section, _ = split(DOCUMENT)
    found = SECTION.search(DOCUMENT)
    assert found is not None
    assert canonical(section) == canonical(found[0].replace(b"\n", b"\r\n"))
    assert section.count(b"\r\n") == section.count(b"\n") > 0


def canonical(section: bytes) -> str:
    root = etree.fromstring(b'<r xmlns="%b">%b</r>' % (NAMESPACE.encode(), section))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="c14n2").decode()


def test_prefixes_comments_and_empty_elements_are_not_written() -> None:
    named = rb'<edXML:\1 xmlns:edXML="%b">' % NAMESPACE.encode()
    packet = re.sub(rb"<(AttachmentEncoded)>", named, DOCUMENT)
    packet = packet.replace(b"</AttachmentEncoded>", b"<!-- x --></edXML:AttachmentEncoded>")
    packet = re.sub(rb"<(/?)Attachment>", rb"<\1edXML:Attachment>", packet)
    packet = re.sub(rb"(<Description)>[^<]*</Description>(\s*<C)", rb"\1></Description>\2", packet)
    head, section, attached = split(packet)
    assert attached == ATTACHED
    assert set(re.findall(rb"edXML:(\w+)", section)) == {
        b"ContentTransferEncoded",
        NAMESPACE.encode().partition(b":")[0],
    } - {b"http"}
    assert b"<!--" not in section
    assert section.count(b"<Description/>") == 2
    assert head == split(DOCUMENT)[0]


def test_a_root_with_a_prefix_gives_unprefixed_attachments_their_namespace() -> None:
    found = SECTION.search(DOCUMENT)
    assert found is not None
    inner = found[0].replace(b"<Attach", b"<e:Attach").replace(b"</Attach", b"</e:Attach")
    inner = re.sub(rb"<(/?)(Content|Descr)", rb"<\1e:\2", inner)
    packet = b'<e:edXML xmlns:e="%b"><e:edXMLEnvelope/>%b</e:edXML>' % (NAMESPACE.encode(), inner)
    head, section, attached = split(packet)
    assert attached == ATTACHED
    assert section.startswith(b'<AttachmentEncoded xmlns="%b">' % NAMESPACE.encode())
    assert head.endswith(b"<e:edXMLEnvelope/></e:edXML>")
    etree.fromstring(section)


def test_strange_elements_and_attributes_inside_attachments_survive() -> None:
    strange = (
        b'<Attachment id="a &amp; &quot;b&quot;" xml:lang="vi" x:y="1&#10;2" xmlns:x="urn:x">'
        b'<x:Note>a &lt; b &gt; &amp;&#13;</x:Note><Plain xmlns=""/>'
    )
    _, section, _ = split(DOCUMENT.replace(b"<Attachment>", strange, 1))
    root = etree.fromstring(b'<r xmlns="%b">%b</r>' % (NAMESPACE.encode(), section))
    (attachment, _) = root.iter(f"{Q}Attachment")
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    assert dict(attachment.items()) == {"id": 'a & "b"', xml: "vi", "{urn:x}y": "1\n2"}
    assert attachment.findtext("{urn:x}Note") == "a < b > &\r"
    assert attachment.find("Plain") is not None


def test_elements_may_stand_inside_each_other_however_deep() -> None:
    deep = b"<x>" * 100_000 + b"</x>" * 100_000
    end = DOCUMENT.rindex(b"</")
    began = process_time()
    head, section, attached = split(DOCUMENT[:end] + deep + DOCUMENT[end:])
    assert process_time() - began < 5
    assert (attached, section) == (ATTACHED, split(DOCUMENT)[1])
    assert head.count(b"<x>") == 100_000 - head.count(b"<x/>")


def test_a_head_beyond_measure_is_refused() -> None:
    packet = DOCUMENT.replace(b"<edXML:Subject>", b"<edXML:Subject>" + b"x" * 17_000_000)
    with pytest.raises(AxisRefusalError) as told:
        split(packet)
    assert told.value.code == "1042"


@given(st.binary(max_size=64), st.integers(1, 9))
def test_base64_is_recognised_and_written_piece_by_piece(content: bytes, size: int) -> None:
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    text = b"".join(encoded(pieces))
    assert len(text) == encoded_size(len(content))
    check = Base64Check()
    for start in range(0, len(text), size):
        check.feed(text[start : start + size] + b"\r\n")
    assert check.decodes == bool(content)


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [b" \n"],
        [b"A"],
        [b"AAA"],
        [b"===="],
        [b"A==="],
        [b"AA=", b"A"],
        [b"AA=", b"=AAA"],
        [b"A*AA"],
    ],
)
def test_what_is_no_base64_is_recognised(parts: list[bytes]) -> None:
    check = Base64Check()
    for part in parts:
        check.feed(part)
    assert not check.decodes


def test_removed_content_gives_nothing() -> None:
    content = Content.of(b"abc")
    assert content.whole() == b"abc"
    content.remove()
    assert (content.whole(), content.gone) == (b"", True)


def test_a_folder_that_was_cleared_is_made_anew() -> None:
    folder = Folder()
    first = folder.new().parent
    folder.clear()
    assert not first.exists()
    second = folder.new().parent
    assert second.exists()
    folder.clear()
