import base64
import io
import zipfile
from pathlib import Path

import pytest

from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet
from app.exchange.vxp.edxml.reader import read

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
EDOC = (MESSAGES / "edoc_new.edxml").read_text("utf-8")
FILE = "/edXML/AttachmentEncoded/Attachment"


def refusal(text: str, limits: Limits | None = None) -> errors.EdxmlError:
    with pytest.raises(errors.EdxmlError) as caught:
        read(text.encode(), limits=limits or Limits())
    return caught.value


def changed(old: str, new: str) -> str:
    assert old in EDOC
    return EDOC.replace(old, new, 1)


def zipped(*contents: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.bin", content)
    return packed.getvalue()


def with_first_file(content: bytes) -> str:
    start = EDOC.index("UEsDB")
    end = EDOC.index("</edXML:ContentTransferEncoded>", start)
    return EDOC[:start] + base64.b64encode(content).decode() + EDOC[end:]


BAD_FILES: list[tuple[bytes, type[errors.EdxmlError]]] = [
    (b"", errors.EmptyAttachmentError),
    (zipped(b""), errors.EmptyAttachmentError),
    (zipped(b"abc")[:-30], errors.UndecodableAttachmentError),
    (zipped(b"abc").replace(b"0.bin", b"1.bin", 1), errors.UndecodableAttachmentError),
    (zipped(b"abc", method=zipfile.ZIP_LZMA), errors.UndecodableAttachmentError),
    (zipped(b"\x00" * 1_000_000), errors.ZipBombError),
    (zipped(b"ab" * 1000, method=zipfile.ZIP_STORED), errors.AttachmentTooLargeError),
    (b"%PDF" * 500, errors.AttachmentTooLargeError),
]


@pytest.mark.parametrize(("content", "expected"), BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_file_that_cannot_be_taken_is_named(
    content: bytes, expected: type[errors.EdxmlError]
) -> None:
    found = refusal(with_first_file(content), Limits(unpacked_bytes=1999, harmless_bytes=1000))
    assert (type(found), found.pointer) == (expected, f"{FILE}[1]/ContentTransferEncoded")


def test_an_archive_that_lies_about_its_size_yields_no_more_than_it_claims() -> None:
    honest = zipped(b"\x01" * 5000)
    lying = honest.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert isinstance(refusal(with_first_file(lying)), errors.UndecodableAttachmentError)


def test_a_small_file_may_shrink_as_much_as_it_likes() -> None:
    packet = read(with_first_file(zipped(b"\x00" * 1_000_000)).encode(), limits=Limits())
    assert isinstance(packet, Packet)
    assert packet.attachments[0].source.size == 1_000_000


def test_a_lenient_reading_passes_over_an_empty_file_but_no_file_that_is_not_there() -> None:
    packet = read(with_first_file(zipped(b"")).encode(), limits=Limits(), is_lenient=True)
    assert isinstance(packet, Packet)
    assert [one.name for one in packet.attachments] == ["42-SKTDL-VP.pdf"]
    with pytest.raises(errors.EmptyAttachmentError):
        read(with_first_file(b"").encode(), limits=Limits(), is_lenient=True)


def test_more_attachments_than_allowed_are_refused() -> None:
    found = refusal(EDOC, Limits(attachments=1))
    assert isinstance(found, errors.TooManyAttachmentsError)


def test_an_attachment_without_content_is_refused() -> None:
    start = EDOC.index("<edXML:ContentTransferEncoded")
    end = EDOC.index("</Attachment>", start)
    assert isinstance(refusal(EDOC[:start] + EDOC[end:]), errors.EmptyAttachmentError)


def test_two_contents_in_one_attachment_are_refused() -> None:
    again = "<ContentTransferEncoded>AA==</ContentTransferEncoded>"
    assert isinstance(
        refusal(changed("</Attachment>", f"{again}</Attachment>")), errors.RepeatedElementError
    )
